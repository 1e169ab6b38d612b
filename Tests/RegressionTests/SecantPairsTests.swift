import TestSupport
import Testing

@testable import Regression

@Suite("Secant pairs")
struct SecantPairsTests {
  /// A quadratic x'Ax / 2 - b'x whose curvatures are those of another, which its steps are computed by, times 0.8 to 1.7.
  private struct Quadratic {
    let size = 40
    let columns: [[Double]]
    let target: [Double]

    init(seed: UInt64) {
      let numbers = MadeUpData(rows: size, columns: 5, seed: seed).columns
      // A diagonal of 0.8 to 1.4, and a matrix of rank 3 beside it.
      let diagonal = numbers[0].map { 1.1 + max(-0.3, min(0.3, 0.2 * $0)) }
      let vectors = numbers[1...3].map { $0.map { 0.05 * $0 } }
      columns = diagonal.indices.map { j in
        var column = [Double](repeating: 0, count: diagonal.count)
        column[j] = diagonal[j]
        for vector in vectors { add(vector[j], vector, to: &column) }
        return column
      }
      target = numbers[4]
    }

    func gradient(_ x: [Double]) -> [Double] {
      var result = target.map { -$0 }
      for (column, value) in zip(columns, x) { add(value, column, to: &result) }
      return result
    }
  }

  /// The squared gradients on the way down, of steps of 1 as the pairs have them.
  private func descent(
    _ quadratic: Quadratic, steps: Int, _ pairs: inout SecantPairs
  ) -> [Double] {
    var x = [Double](repeating: 0, count: quadratic.size)
    var gradient = quadratic.gradient(x)
    var norms = [dot(gradient, gradient)]
    for _ in 0..<steps {
      let step = pairs.solve(gradient.map { -$0 }) { $0 }
      add(1, step, to: &x)
      let next = quadratic.gradient(x)
      pairs.append(step: step, change: zip(next, gradient).map { $0 - $1 })
      gradient = next
      norms.append(dot(gradient, gradient))
    }
    return norms
  }

  @Test("each change of the gradient leads back to its step", arguments: [1, 2, 3])
  func secants(seed: UInt64) {
    let quadratic = Quadratic(seed: seed)
    var pairs = SecantPairs()
    _ = descent(quadratic, steps: 6, &pairs)
    // Any steps at all, after those of the descent.
    var all: [(step: [Double], change: [Double])] = []
    let origin = quadratic.gradient([Double](repeating: 0, count: quadratic.size))
    for step in MadeUpData(rows: quadratic.size, columns: 5, seed: seed + 10).columns {
      let change = zip(quadratic.gradient(step), origin).map { $0 - $1 }
      pairs.append(step: step, change: change)
      all.append((step, change))
    }
    for (step, change) in all {
      expectAgreement(pairs.solve(change) { $0 }, step, relativeTolerance: 1e-10)
    }
  }

  @Test(
    "steps come down as those of conjugate gradients, not of a fixed matrix", arguments: [1, 2, 3])
  func pace(seed: UInt64) {
    let quadratic = Quadratic(seed: seed)
    var pairs = SecantPairs()
    let norms = descent(quadratic, steps: 10, &pairs)
    // Curvatures are 0.8 to 1.7 of what steps take them for: conjugate gradients leave no more than
    // (sqrt(2.1) - 1) / (sqrt(2.1) + 1) = 0.18 a step (Nocedal and Wright, formula 5.36), and twice that to begin with; a
    // step of 1 by the fixed matrix would leave up to 0.7.
    #expect(norms[10] < [Double](repeating: 0.18 * 0.18, count: 9).reduce(4 * norms[0], *))
  }

  @Test("a step without curvature is forgotten")
  func flat() {
    var pairs = SecantPairs()
    pairs.append(step: [1, 0], change: [0, 0])
    pairs.append(step: [1, 0], change: [-2, 0])
    #expect(pairs.solve([3, 4]) { $0 } == [3, 4])
    // The same step again tells nothing more.
    pairs.append(step: [1, 0], change: [2, 0])
    pairs.append(step: [2, 0], change: [4, 0])
    expectAgreement(pairs.solve([3, 4]) { $0 }, [1.5, 4], relativeTolerance: 1e-14)
  }
}

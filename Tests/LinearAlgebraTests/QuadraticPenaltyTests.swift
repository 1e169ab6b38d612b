import LinearAlgebra
import Testing

@Suite("Quadratic penalty")
struct QuadraticPenaltyTests {
  /// Hats among other blocks, with a block to eliminate before them and without.
  static let parts: [[Part]] = [
    [.intercept, .dense(2, .double), .hats(6), .levels(3), .hats(4)],
    [.levels(70), .intercept, .hats(6), .dense(2, .double), .hats(4)],
  ]

  /// A penalty on all columns and on the differences of the hats' neighbors, and its matrix.
  private func penalty(_ design: DesignMatrix) -> (QuadraticPenalty, Matrix) {
    var generator = SeededGenerator(seed: 11)
    let squares = generator.vector(design.columnCount, in: 0.1...1)
    var matrix = Matrix(diagonal: squares)
    var runs: [QuadraticPenalty.Differences] = []
    for index in design.blocks.indices {
      guard case .hats = design.blocks[index] else { continue }
      let columns = design.columns(ofBlock: index)
      runs.append(.init(edges: QuadraticPenalty.Edge.path(columns), strength: 3))
      for j in columns.dropLast() {
        for (a, b, sign) in [(j, j, 1.0), (j + 1, j + 1, 1), (j, j + 1, -1), (j + 1, j, -1)] {
          matrix[a, b] += 3 * sign
        }
      }
    }
    return (QuadraticPenalty(squares: squares, differences: runs), matrix)
  }

  @Test("is the matrix that its squares and differences make", arguments: parts.indices)
  func matrix(mix: Int) throws {
    let design = try PlainDesign(Self.parts[mix], rows: 200, seed: 6).design
    let (penalty, matrix) = penalty(design)
    var generator = SeededGenerator(seed: 12)
    let (a, b) = (generator.vector(penalty.count), generator.vector(penalty.count))
    #expect(largestDifference(penalty.times(b), matrix.times(b)) < 1e-14)
    let product = zip(a, matrix.times(b)).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(penalty.product(a, b) - product) < 1e-13)
    #expect(penalty.scaled(by: 2).times(b) == penalty.times(b).map { 2 * $0 })
    let gram = design.gram(weights: generator.vector(200, in: 0...1))
    let sum = zip(gram.dense().elements, matrix.elements).map { $0 + $1 }
    #expect(largestDifference(gram.adding(penalty).dense().elements, sum) < 1e-15)
  }

  @Test("its trace with an inverse is that of the whole inverse", arguments: parts.indices)
  func trace(mix: Int) throws {
    let design = try PlainDesign(Self.parts[mix], rows: 200, seed: 6).design
    let (penalty, matrix) = penalty(design)
    var generator = SeededGenerator(seed: 13)
    let factor = try design.gram(weights: generator.vector(200, in: 0...1)).adding(penalty)
      .factored()
    let inverse = factor.inverse()
    var trace = 0.0
    for i in 0..<penalty.count {
      for j in 0..<penalty.count { trace += inverse[i, j] * matrix[j, i] }
    }
    #expect(abs(penalty.trace(with: factor.partialInverse()) - trace) < 1e-10 * trace)
    #expect(largestDifference(factor.partialInverse().diagonal, inverse.diagonal) < 1e-12)
  }

  @Test("joins any two columns: the Laplacian of a graph")
  func graph() throws {
    // A square of four cells and its diagonal matrix of degrees less neighbors.
    let edges: [QuadraticPenalty.Edge] = [.init(1, 2), .init(3, 4), .init(1, 3), .init(2, 4)]
    let penalty = QuadraticPenalty(
      squares: [0, 1, 1, 1, 1], differences: [.init(edges: edges, strength: 2)])
    #expect(penalty.times([9, 1, 0, 0, 0]) == [0, 5, -2, -2, 0])
    let gram = GramMatrix(Matrix(rows: 5, columns: 5)).adding(penalty).dense()
    #expect(gram.row(1) == [0, 5, -2, -2, 0])
    #expect(gram.row(4) == [0, 0, -2, -2, 5])
    var laplacian = gram
    for j in 0..<5 { laplacian[j, j] -= penalty.squares[j] }
    // The eigenvalues of a cycle of four are 0, 2, 2 and 4 times the strength; the first column is in no edge.
    let values = laplacian.symmetricEigenvalues()
    #expect(largestDifference(values, [0, 0, 4, 4, 8]) < 1e-13)
  }

  @Test("is nothing only where nothing costs")
  func isZero() {
    #expect(QuadraticPenalty(squares: [0, 0]).isZero)
    #expect(!QuadraticPenalty(squares: [0, 1]).isZero)
    let run = QuadraticPenalty.Differences(edges: [.init(0, 1)], strength: 1)
    #expect(!QuadraticPenalty(squares: [0, 0], differences: [run]).isZero)
  }
}

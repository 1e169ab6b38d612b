import LinearAlgebra
import Testing

@testable import FeatureEncoding

@Suite("Pair centering")
struct PairCenteringTests {
  /// A table of seeded leads and coefficients: some rows and columns have no leads, some cells no coefficient.
  private func madeUp(seed: Int) -> (pair: PairEncoding, coefficients: [Double]) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let (height, width) = (3 + seed % 9, 3 + seed % 6)
    let empty = (row: Int.random(in: 0..<height, using: &generator), column: seed % width)
    let leads = (0...height).map { row in
      (0...width).map { column in
        row == empty.row || column == empty.column
          ? 0 : Int.random(in: 0...(seed % 4 == 0 ? 2000 : 30), using: &generator)
      }
    }
    let found = pair(
      .cuts((1..<height).map { Double($0) }),
      .levels((1..<width).map { "\($0)" }, hasMissing: true),
      leads: leads)
    let coefficients = (0..<found.coefficientCount).map { _ in
      Double.random(in: -2...2, using: &generator)
    }
    return (found, coefficients)
  }

  @Test("the rest has the mean 0 over the leads of each row and of each column")
  func means() {
    for seed in 1...40 {
      let (pair, coefficients) = madeUp(seed: seed)
      let rest = PairCentering(pair).rest.times(coefficients)
      let (height, width) = (pair.rows.groupCount, pair.columns.groupCount)
      func mean(_ cells: [Int]) -> Double {
        let leads = cells.reduce(0) { $0 + pair.leads[$1] }
        return leads > 0 ? cells.reduce(0) { $0 + pair.leads[$1] * rest[$1] } / leads : 0
      }
      for row in 0..<height {
        #expect(abs(mean((0..<width).map { row * width + $0 })) < 1e-8, "seed \(seed)")
      }
      for column in 0..<width {
        #expect(abs(mean((0..<height).map { $0 * width + column })) < 1e-8, "seed \(seed)")
      }
    }
  }

  @Test("effects of row and column and the rest are the table, but for rounding")
  func sum() {
    for seed in 1...40 {
      let (pair, coefficients) = madeUp(seed: seed)
      let centering = PairCentering(pair)
      let rest = centering.rest.times(coefficients)
      let (rows, columns) = (
        centering.rowEffects.times(coefficients), centering.columnEffects.times(coefficients)
      )
      let width = pair.columns.groupCount
      for (cell, code) in pair.codes.enumerated() where pair.leads[cell] > 0 {
        let value = code > 0 ? coefficients[code - 1] : 0
        #expect(abs(rows[cell / width] + columns[cell % width] + rest[cell] - value) < 1e-12)
      }
    }
  }

  @Test("a table that rows and columns make leaves no rest")
  func additive() {
    let pair = pair(
      .cuts([1, 2]), .cuts([1, 2]),
      leads: [[20, 10, 30, 0], [11, 40, 12, 0], [13, 10, 50, 0], [0, 0, 0, 0]])
    let width = pair.columns.groupCount
    var coefficients = [Double](repeating: 0, count: pair.coefficientCount)
    for (cell, code) in pair.codes.enumerated() where code > 0 {
      coefficients[code - 1] = [0.3, -1, 2, 7][cell / width] + [0.5, 0, -2, 7][cell % width]
    }
    #expect(PairCentering(pair).rest.times(coefficients).allSatisfy { abs($0) < 1e-8 })
  }

  @Test("groups without leads have no effect and no rest")
  func empty() {
    let pair = pair(
      .cuts([1]), .cuts([1, 2]), leads: [[20, 0, 30, 0], [11, 0, 12, 0], [0, 0, 0, 0]])
    let centering = PairCentering(pair)
    let width = pair.columns.groupCount
    for j in 0..<pair.coefficientCount {
      #expect(centering.rowEffects[2, j] == 0)
      #expect(centering.columnEffects[1, j] == 0 && centering.columnEffects[3, j] == 0)
      for cell in pair.codes.indices where cell / width == 2 || [1, 3].contains(cell % width) {
        #expect(centering.rest[cell, j] == 0)
      }
    }
  }

  @Test("means of the effects are those over leads")
  func effectMeans() {
    let (pair, _) = madeUp(seed: 5)
    let centering = PairCentering(pair)
    let width = pair.columns.groupCount
    let total = pair.leads.reduce(0, +)
    for j in 0..<pair.coefficientCount {
      var (row, column) = (0.0, 0.0)
      for (cell, leads) in pair.leads.enumerated() {
        row += leads * centering.rowEffects[cell / width, j] / total
        column += leads * centering.columnEffects[cell % width, j] / total
      }
      #expect(abs(centering.rowMean[j] - row) < 1e-12)
      #expect(abs(centering.columnMean[j] - column) < 1e-12)
    }
  }

  @Test("two flags of equally many leads are parted as by hand")
  func byHand() {
    // G = [1 0; 0 1] over 10 leads each: the rest is +-1/2 but for a constant that rows and columns share.
    let pair = pair(
      .flag(falseWord: "no", trueWord: "yes"), .flag(falseWord: "no", trueWord: "yes"),
      leads: [[10, 10, 0], [10, 10, 0], [0, 0, 0]])
    let centering = PairCentering(pair)
    let rest = centering.rest.times([1, 0, 0, 1])
    let expected = [0.5, -0.5, 0, -0.5, 0.5, 0, 0, 0, 0]
    for (a, b) in zip(rest, expected) { #expect(abs(a - b) < 1e-8) }
    let (rows, columns) = (
      centering.rowEffects.times([1, 0, 0, 1]), centering.columnEffects.times([1, 0, 0, 1])
    )
    #expect(abs(rows[0] + columns[0] - 0.5) < 1e-8 && abs(rows[1] + columns[0] - 0.5) < 1e-8)
  }
}

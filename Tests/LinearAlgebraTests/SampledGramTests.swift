import LinearAlgebra
import Testing

@Suite("Gram matrix of a sample")
struct SampledGramTests {
  @Test("stands for all rows as it is, by its share of them")
  func share() throws {
    let plain = try PlainDesign(
      [.intercept, .dense(2, .double), .levels(5), .levels(80)], rows: 500, seed: 4)
    var generator = SeededGenerator(seed: 6)
    let weights = generator.vector(500, in: 0.1...1)
    let whole = plain.design.gram(weights: weights.map { 8 * $0 })
    let found = plain.design.gram(weights: weights).extrapolated(share: 0.125)
    #expect(!whole.eliminated.isEmpty)
    #expect(largestDifference(found.dense().elements, whole.dense().elements) < 1e-9)
  }

  @Test("is the matrix where the sample is all rows")
  func allRows() throws {
    let plain = try PlainDesign(
      [.dense(2, .double), .intercept, .levels(5), .hats(6), .sets(7), .levels(80)], rows: 500,
      seed: 4)
    var generator = SeededGenerator(seed: 6)
    let gram = plain.design.gram(weights: generator.vector(500, in: 0.1...1))
    let found = gram.extrapolated(
      to: gram.dense().row(2), groups: plain.design.columnGroups, ones: 2, share: 1, rows: 500)
    #expect(largestDifference(found.dense().elements, gram.dense().elements) < 1e-11)
  }

  @Test("has the sums of all rows, and the levels of a field sum to the intercept as they do there")
  func sums() throws {
    var generator = SeededGenerator(seed: 9)
    // Each row has a level of both fields, one of the core and one that is eliminated.
    let design = try DesignMatrix(
      blocks: [
        .intercept, .dense(DenseBlock(columns: [generator.vector(4000)], precision: .double)),
        .levels(LevelBlock(codes: generator.codes(4000, of: 30), levelCount: 30)),
        .levels(LevelBlock(codes: generator.codes(4000, of: 90), levelCount: 90)),
      ], rowCount: 4000)
    let weights = generator.vector(4000, in: 0.1...1)
    let sums = design.gram(weights: weights).dense().row(0)
    let found = extrapolated(design, weights, stride: 8).dense()
    #expect(largestDifference(found.row(0), sums) < 1e-9)
    for field in [2..<32, 32..<122] {
      for i in field {
        for j in field { #expect(found[i, j] == (i == j ? sums[i] : 0)) }
      }
      for column in 0..<122 {
        let sum = field.reduce(0) { $0 + found[$1, column] }
        #expect(abs(sum - sums[column]) < 1e-9 * (1 + abs(sums[column])))
      }
    }
  }

  @Test(
    "is nearer to that of all rows where fields have nothing to do with each other, and no farther where one tells the other"
  )
  func noise() throws {
    var generator = SeededGenerator(seed: 9)
    let (rows, stride) = (16_000, 8)
    let codes = generator.codes(rows, of: 90)
    // Thirds of the levels of the first field, and levels of their own.
    for (others, most) in [
      (codes.map { ($0 + 2) / 3 }, 1.0), (generator.codes(rows, of: 30), 0.3),
    ] {
      let design = try DesignMatrix(
        blocks: [
          .intercept, .levels(LevelBlock(codes: others, levelCount: 30)),
          .levels(LevelBlock(codes: codes, levelCount: 90)),
        ], rowCount: rows)
      let weights = generator.vector(rows, in: 0.1...1)
      let whole = design.gram(weights: weights).dense()
      let sample = design.rows(Array(Swift.stride(from: 0, to: rows, by: stride)))
        .gram(weights: Swift.stride(from: 0, to: rows, by: stride).map { weights[$0] })
      let plain = sample.extrapolated(share: 1 / Double(stride)).dense()
      let found = extrapolated(design, weights, stride: stride).dense()
      func error(_ matrix: Matrix) -> Double {
        zip(matrix.elements, whole.elements).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
          .squareRoot()
      }
      #expect(error(found) < most * error(plain))
    }
  }

  private func extrapolated(
    _ design: DesignMatrix, _ weights: [Double], stride: Int
  ) -> GramMatrix {
    let rows = Array(Swift.stride(from: 0, to: design.rowCount, by: stride))
    let own = rows.map { weights[$0] }
    let (sum, squares) = (own.reduce(0, +), own.reduce(0) { $0 + $1 * $1 })
    return design.rows(rows).gram(weights: own).extrapolated(
      to: design.gram(weights: weights).dense().row(0), groups: design.columnGroups, ones: 0,
      share: 1 / Double(stride), rows: sum * sum / squares)
  }
}

extension SeededGenerator {
  /// Codes from 1 to `count`, of which low ones are more frequent.
  fileprivate mutating func codes(_ rows: Int, of count: Int) -> [UInt32] {
    (0..<rows).map { _ in
      let u = Double.random(in: 0..<1, using: &self)
      return 1 + UInt32(u * u * Double(count))
    }
  }
}

import LinearAlgebra
import Testing

@Suite("Design matrix")
struct DesignMatrixTests {
  @Test("its product with coefficients is that of a plain loop", arguments: mixes.indices)
  func times(mix: Int) throws {
    for n in [0, 1, 2, 257, 1500] {
      let plain = try PlainDesign(mixes[mix], rows: n, seed: UInt64(n))
      var generator = SeededGenerator(seed: 1)
      let v = generator.vector(plain.design.columnCount)
      #expect(largestDifference(plain.design.times(v), plain.times(v)) < 1e-14)
    }
  }

  @Test("its transposed product with residuals is that of a plain loop", arguments: mixes.indices)
  func transposedTimes(mix: Int) throws {
    for n in [0, 1, 2, 257, 1500] {
      let plain = try PlainDesign(mixes[mix], rows: n, seed: UInt64(n))
      var generator = SeededGenerator(seed: 2)
      let r = generator.vector(n)
      #expect(largestDifference(plain.design.transposedTimes(r), plain.transposedTimes(r)) < 1e-13)
    }
  }

  @Test("columns come back as numbers, in the order of the blocks", arguments: mixes.indices)
  func columns(mix: Int) throws {
    let plain = try PlainDesign(mixes[mix], rows: 40, seed: 3)
    let columns = plain.columns
    #expect(plain.design.columnCount == columns.count)
    for j in columns.indices { #expect(plain.design.column(j) == columns[j]) }
  }

  @Test("a subset has the rows asked for, in that order, and repeatedly if asked so")
  func rows() throws {
    let plain = try PlainDesign(mixes[6], rows: 300, seed: 4)
    let indices = [299, 0, 17, 17, 3]
    let part = plain.design.rows(indices)
    #expect(part.rowCount == 5)
    let columns = plain.columns
    for j in columns.indices { #expect(part.column(j) == indices.map { columns[j][$0] }) }
  }

  @Test("blocks of different length are refused, with the block")
  func ragged() {
    #expect(throws: DesignError.rowCountDiffers(block: 2, found: 2, expected: 3)) {
      try DesignMatrix(
        blocks: [
          .intercept, .dense(DenseBlock(columns: [[1, 2, 3]])),
          .levels(LevelBlock(codes: [1, 0], levelCount: 1)),
        ], rowCount: 3)
    }
  }

  @Test("a number that is not finite is refused, with its place", arguments: [false, true])
  func notFinite(single: Bool) {
    let large = single ? 1e39 : Double.nan
    #expect(throws: DesignError.notFinite(block: 1, row: 2, column: 1)) {
      try DesignMatrix(
        blocks: [
          .intercept,
          .dense(
            DenseBlock(
              columns: [[1, 2, 3], [4, 5, large]], precision: single ? .single : .double)),
        ], rowCount: 3)
    }
  }
}

import LinearAlgebra
import Testing

@Suite("Set block")
struct SetBlockTests {
  @Test("a code that a set names twice counts once, and equal sets are one in any order")
  func distinct() throws {
    let block = SetBlock(
      places: [0, 1, 2, 3, 1], sets: [[], [2, 0, 2], [0, 2], [1]], codeCount: 3)
    let design = try DesignMatrix(blocks: [.sets(block)], rowCount: 5)
    #expect(design.times([1, 10, 100]) == [0, 101, 101, 10, 101])
    #expect(design.transposedTimes([1, 2, 3, 4, 5]) == [10, 4, 10])
    #expect(design.column(1) == [0, 0, 0, 1, 0])
    let gram = design.gram(weights: [1, 1, 1, 2, 1]).dense()
    #expect(gram.elements == [3, 0, 3, 0, 2, 0, 3, 0, 3])
  }

  @Test("places of rows of a table are those of either width")
  func places() {
    let sets = SetNumbering(sets: [[], [2, 0], [1], [0, 2]], codeCount: 3)
    for block in [
      sets.block(places: [3, 0, 2, 1] as [UInt16], rows: [1, 0, 0, 2, 3]),
      sets.block(places: [3, 0, 2, 1] as [UInt32], rows: [1, 0, 0, 2, 3]),
    ] {
      let found = (0..<block.rowCount).map { row in (0..<3).map { block[row, $0] } }
      #expect(found == [[0, 0, 0], [1, 0, 1], [1, 0, 1], [0, 1, 0], [1, 0, 1]])
    }
  }

  @Test("patterns are columns by the bits of a byte")
  func patterns() throws {
    let patterns: [UInt8] = [0, 1, 2, 3, 4, 7, 7, 5]
    let design = try DesignMatrix(
      blocks: [.sets(SetBlock(patterns: patterns, columnCount: 3))], rowCount: 8)
    for bit in 0..<3 {
      #expect(design.column(bit) == patterns.map { Double($0 >> UInt8(bit) & 1) })
    }
    #expect(design.times([1, 10, 100]) == [0, 1, 10, 11, 100, 111, 111, 101])
    let most = SetBlock(patterns: [63], columnCount: SetBlock.patternColumns)
    #expect((0..<6).allSatisfy { most[0, $0] == 1 })
    let none = SetBlock(patterns: [], columnCount: 2)
    #expect(none.rowCount == 0 && none.codeCount == 2)
  }

  @Test("a block of no codes has no columns, and one of no rows no products")
  func empty() throws {
    let none = SetBlock(places: [0, 0], sets: [[]], codeCount: 0)
    let design = try DesignMatrix(blocks: [.intercept, .sets(none)], rowCount: 2)
    #expect(design.columnCount == 1)
    #expect(design.gram(weights: [1, 2]).dense().elements == [3])
    #expect(design.times([4]) == [4, 4])
    let noRows = SetBlock(places: [], sets: [[1]], codeCount: 2)
    let other = try DesignMatrix(blocks: [.sets(noRows), .intercept], rowCount: 0)
    #expect(other.gram(weights: []).dense().elements == [Double](repeating: 0, count: 9))
  }

  @Test("is never eliminated, however many codes it has")
  func notEliminated() throws {
    let design = try PlainDesign([.intercept, .sets(300), .levels(64)], rows: 50, seed: 1).design
    #expect(design.gram(weights: .init(repeating: 1, count: 50)).eliminated == 301..<365)
  }

  @Test("a weight of two is a row given twice")
  func repetition() throws {
    let design = try PlainDesign(mixes[17], rows: 300, seed: 9).design
    let indices = (0..<300).flatMap { Array(repeating: $0, count: $0 % 3) }
    let weighted = design.gram(weights: (0..<300).map { Double($0 % 3) }).dense()
    let repeated = design.rows(indices)
      .gram(weights: .init(repeating: 1, count: indices.count)).dense()
    #expect(largestDifference(weighted.elements, repeated.elements) < 1e-14)
  }
}

import LinearAlgebra
import Testing

@testable import FeatureEncoding

@Suite("Mark blocks")
struct MarkBlocksTests {
  /// Whether a row has a mark.
  private static func has(_ row: Int, _ mark: Int) -> Bool {
    (row * 7 + mark * mark) % (mark + 3) == 0
  }

  private func design(marks count: Int, rows: Int) throws -> DesignMatrix {
    let marks = (0..<count).map { mark -> MarkBlocks.Mark in
      { rows, bits in
        for (place, row) in rows.enumerated() where Self.has(row, mark) {
          unsafe bits.bytes[place] |= 1 << bits.bit
        }
      }
    }
    return try DesignMatrix(
      blocks: MarkBlocks(marks, rowCount: rows, precision: .single).blocks, rowCount: rows)
  }

  @Test(
    "each mark is a column of 0 and 1, be they few or many",
    arguments: [0, 1, 6, 7, MarkBlocks.mostBits, MarkBlocks.mostBits + 1])
  func columns(count: Int) throws {
    let design = try design(marks: count, rows: 5000)
    #expect(design.columnCount == count)
    for mark in 0..<count {
      #expect(design.column(mark) == (0..<5000).map { Self.has($0, mark) ? 1 : 0 })
    }
  }

  @Test("few are bytes, of which a row has one for six marks")
  func storage() throws {
    let few = try design(marks: 13, rows: 10)
    #expect(few.blocks.map(\.columnCount) == [6, 6, 1] && few.denseColumnCount == 0)
    let many = try design(marks: MarkBlocks.mostBits + 1, rows: 10)
    #expect(many.denseColumnCount == MarkBlocks.mostBits + 1)
  }
}

import Testing

@testable import LinearAlgebra

@Suite("Parts of a design matrix")
struct DesignPartsTests {
  @Test("blocks of few codes are joined where rows are many, and every product stays what it was")
  func joined() throws {
    // 41 * 31, 21 * (up to 13 sets) * 6, and two that have room for no other.
    let parts: [Part] = [
      .levels(5), .intercept, .levels(30), .dense(3, .double), .sets(5), .levels(250), .hats(4),
      .levels(300), .levels(20), .levels(40),
    ]
    let plain = try PlainDesign(parts, rows: 50_500, seed: 3)
    let design = plain.design
    #expect(design.passParts.count < design.blocks.count - 2)
    #expect(
      design.passParts.flatMap { $0.columns.flatMap { Array($0) } }.sorted()
        == Array(0..<design.columnCount))
    for part in design.passParts {
      #expect(part.columns.reduce(0) { $0 + $1.count } == part.block.columnCount)
    }
    var generator = SeededGenerator(seed: 4)
    let vector = generator.vector(design.columnCount)
    let residuals = generator.vector(design.rowCount)
    let products = plain.times(vector)
    #expect(largestDifference(design.times(vector), products) < 1e-13)
    let sums = design.transposedTimes(residuals)
    #expect(largestDifference(sums, plain.transposedTimes(residuals)) < 1e-10)
    // Of fewer rows none are joined; of further blocks behind them the first ones are as they were.
    let some = design.rows(Array(0..<1000))
    #expect(some.passParts.count == some.blocks.count)
    #expect(largestDifference(some.times(vector), Array(products[..<1000])) < 1e-13)
    let codes = (0..<design.rowCount).map { UInt32($0 % 3) }
    let longer = design.appending([LevelBlock(codes: codes, levelCount: 2)])
    #expect(longer.passParts.count == design.passParts.count + 1)
    let more = longer.transposedTimes(residuals)
    #expect(largestDifference(Array(more.prefix(design.columnCount)), sums) < 1e-12)
    let last = (1...2).map { code in
      zip(codes, residuals).reduce(0) { $1.0 == code ? $0 + $1.1 : $0 }
    }
    #expect(largestDifference(Array(more.suffix(2)), last) < 1e-10)
  }
}

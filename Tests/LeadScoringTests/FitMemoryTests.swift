import FeatureEncoding
import Tables
import Testing

@testable import LeadScoring

@Suite("Memory of a fit")
struct FitMemoryTests {
  /// An encoder of two categories and a number.
  private func encoder(levels first: Int, _ second: Int) throws -> FeatureEncoder {
    let rows = 10 * max(first, second)
    func category(_ name: String, _ count: Int) -> Column {
      Column(
        name: name,
        values: .category(
          Categories(
            codes: (0..<rows).map { UInt32($0 % count) + 1 }, levels: (0..<count).map { "v\($0)" }))
      )
    }
    let table = try Table(columns: [
      category("campaign", first), category("town", second),
      Column(name: "size", values: .numeric(Numbers((0..<rows).map { Double($0 % 7) }))),
    ])
    return try FeatureEncoder(
      learning: table, columns: ["campaign", "town", "size"], rows: Array(0..<rows),
      weights: [Double](repeating: 1, count: rows), dateReference: .day(0))
  }

  @Test("is that of the coefficients squared, but for the largest field's levels")
  func bytes() throws {
    // 1 for the intercept, 1 for the number, 100 levels, and 300 that are eliminated.
    #expect(FitMemory(try encoder(levels: 300, 100)).bytes == 8 * (6 * 102 * 102 + 2 * 102 * 300))
    #expect(FitMemory(try encoder(levels: 100, 300)).bytes == 8 * (6 * 102 * 102 + 2 * 102 * 300))
  }

  @Test("a fit that needs more than there is gets refused with the columns that ask for it")
  func refused() throws {
    let memory = FitMemory(try encoder(levels: 300, 100))
    try memory.check(available: memory.bytes)
    do {
      try memory.check(available: memory.bytes - 1)
      Issue.record("not refused")
    } catch {
      let text = "\(error)"
      #expect(text.hasPrefix("a fit of 402 coefficients takes about 1 GB of memory"), "\(text)")
      #expect(text.contains("--exclude") && text.contains("\"campaign\" (300), \"town\" (100)"))
    }
  }
}

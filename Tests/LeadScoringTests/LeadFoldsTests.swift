import CKernels
import Tables
import Testing

@testable import LeadScoring

@Suite("Folds of leads")
struct LeadFoldsTests {
  private let columns = ["size", "pages", "country", "opted_in", "last_seen"]

  private func folds(
    _ text: String, columns: [String]? = nil, seed: UInt64 = 1, most: Int = 10
  ) throws -> (folds: LeadFolds?, outcomes: [Double]) {
    let table = try MadeUpLeads.file(text).table
    guard case .category(let words)? = table["outcome"]?.values else {
      Issue.record("the outcome is a category")
      return (nil, [])
    }
    let outcomes = words.codes.map { words.levels[Int($0) - 1] == "won" ? 1.0 : 0 }
    return (
      LeadFolds(
        table, columns: columns ?? self.columns, rows: Array(0..<table.rowCount),
        outcomes: outcomes,
        seed: seed, most: most), outcomes
    )
  }

  @Test("kernels mix values into hashes as plain arithmetic does")
  func kernels() {
    var random = SplitMix(state: 5)
    let rows = (0..<999).filter { $0 % 7 != 3 }
    let numbers = (0..<999).map { row in
      [.nan, -Double.nan, 0, -0.0, .infinity, Double(random.next() % 100) / 8][row % 6]
    }
    let flags = (0..<999).map { _ in UInt8(random.next() % 3) }
    let codes = (0..<999).map { _ in UInt32(random.next() % 5) }
    let levels = (0..<5).map { _ in random.next() }
    let start = rows.map { _ in random.next() }
    let places = rows.map { Int64($0) }
    func mixed(_ value: (Int) -> UInt64) -> [UInt64] {
      zip(start, rows).map { mixedBits($0 ^ value($1)) }
    }
    var found = start
    unsafe Numbers(numbers).withCells {
      unsafe winnow_mix_numbers($0, 0, places, rows.count, &found)
    }
    #expect(found == mixed { numbers[$0].isNaN ? 1 : (numbers[$0] + 0).bitPattern })
    let shorts = (0..<999).map { row in
      row % 6 == 0 ? Int16.min : Int16(truncatingIfNeeded: random.next())
    }
    for kept in [
      Numbers(.shorts(shorts, .hundredths)), Numbers(.words(shorts.map { Int32($0) }, .seconds)),
    ] {
      for first in [0, 5] {
        // Rows that are listed, and those that follow each other from one on.
        found = start
        unsafe kept.withCells {
          unsafe winnow_mix_numbers($0, first, places, rows.count, &found)
        }
        #expect(found == mixed { kept[$0].isNaN ? 1 : (kept[$0] + 0).bitPattern })
        found = start
        unsafe kept.withCells { unsafe winnow_mix_numbers($0, first, nil, rows.count, &found) }
        #expect(
          found
            == zip(start, kept[first..<first + rows.count]).map {
              mixedBits($0 ^ ($1.isNaN ? 1 : ($1 + 0).bitPattern))
            })
      }
    }
    found = start
    winnow_mix_flags(flags, places, rows.count, &found)
    #expect(found == mixed { UInt64(flags[$0]) })
    found = start
    winnow_mix_levels_32(codes, levels, places, rows.count, &found)
    #expect(found == mixed { levels[Int(codes[$0])] })
    found = start
    winnow_mix_levels_16(codes.map { UInt16($0) }, levels, places, rows.count, &found)
    #expect(found == mixed { levels[Int(codes[$0])] })
  }

  @Test("a sample has about so many leads, equal ones together, whatever their order")
  func samples() throws {
    let text = MadeUpLeads.small(rows: 2000)
    let twice = MadeUpLeads.changingRows(of: text) { rows in rows.flatMap { [$0, $0] }.reversed() }
    func sample(_ text: String, seed: UInt64 = 1, size: Int) throws -> [Int]? {
      let table = try MadeUpLeads.file(text).table
      return LeadHashes(table, columns: columns)
        .sample(of: Array(0..<table.rowCount), seed: seed, size: size)
    }
    let once = try #require(try sample(text, size: 500))
    #expect((400...600).contains(once.count))
    let both = try #require(try sample(twice, size: 1000))
    let copies: [Int] = once.reversed().flatMap { (place: Int) -> [Int] in
      [3998 - 2 * place, 3999 - 2 * place]
    }
    #expect(both == copies)
    #expect(try sample(text, seed: 2, size: 500) != once)
    // Hardly more than are asked for are all taken.
    #expect(try sample(text, size: 1700) == nil)
  }

  @Test("the order of rows means nothing")
  func rowOrder() throws {
    let text = MadeUpLeads.small(rows: 300)
    let reversed = MadeUpLeads.changingRows(of: text) { $0.reversed() }
    let first = try #require(try folds(text).folds)
    let second = try #require(try folds(reversed).folds)
    #expect(first.numbers == second.numbers.reversed())
  }

  @Test("the order of columns means nothing")
  func columnOrder() throws {
    let text = MadeUpLeads.small(rows: 100)
    #expect(
      try folds(text).folds?.numbers == folds(text, columns: columns.reversed()).folds?.numbers)
  }

  @Test("a lead given twice has both copies in the fold that the one was in")
  func repetition() throws {
    let text = MadeUpLeads.small(rows: 200)
    let doubled = MadeUpLeads.changingRows(of: text) { rows in rows.flatMap { [$0, $0] } }
    let once = try #require(try folds(text).folds)
    let twice = try #require(try folds(doubled).folds)
    #expect(twice.numbers == once.numbers.flatMap { [$0, $0] })
  }

  @Test("each fold has its share of each outcome, to one lead")
  func balance() throws {
    let (found, outcomes) = try folds(MadeUpLeads.small(rows: 500))
    let folds = try #require(found)
    #expect(folds.count == 10)
    for outcome in [0.0, 1] {
      let counts = (0..<10).map { fold in
        outcomes.indices.count { outcomes[$0] == outcome && Int(folds.numbers[$0]) == fold }
      }
      let (least, most) = (counts.min() ?? 0, counts.max() ?? 0)
      #expect(most - least <= 2, "\(counts)")
    }
  }

  @Test("very many leads are dealt to fewer folds")
  func usual() {
    #expect(LeadFolds.usualCount(leads: 100_000) == 10)
    #expect(LeadFolds.usualCount(leads: 100_001) == 5)
  }

  @Test("another seed deals otherwise, the same seed the same")
  func seeds() throws {
    let text = MadeUpLeads.small(rows: 200)
    #expect(try folds(text, seed: 1).folds?.numbers == folds(text, seed: 1).folds?.numbers)
    #expect(try folds(text, seed: 1).folds?.numbers != folds(text, seed: 2).folds?.numbers)
  }

  @Test("few different leads of an outcome make few folds, one makes none")
  func fewLeads() throws {
    let head = "size,outcome\n"
    let lost = (1...40).map { "\($0),lost\n" }.joined()
    #expect(try folds(head + lost + "1,won\n2,won\n3,won\n", columns: ["size"]).folds?.count == 3)
    #expect(try folds(head + lost + "1,won\n1,won\n", columns: ["size"]).folds == nil)
  }
}

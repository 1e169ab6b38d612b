import CKernels
import Evaluation
import Parallelism
import Synchronization
import Tables

/// Which fold of a cross-validation each lead is in: by what it holds, never by where it stands.
///
/// Equal leads share a fold, so that near-copies cannot foretell each other; a lead of weight two is
/// where its two copies would be; and the order of rows means nothing. Within each outcome, leads are
/// dealt to the folds in the order of a seeded hash, so that folds are alike.
struct LeadFolds: Sendable {
  /// The fold of each row.
  let numbers: [UInt8]

  /// How many folds there are.
  let count: Int

  /// Deals rows of a table.
  ///
  /// - Parameters:
  ///   - columns: The columns that make leads equal or different.
  ///   - rows: The rows of the table, in the order of `outcomes`.
  ///   - most: The most folds; fewer if an outcome has fewer different leads, but at least 2. Nil is `usualCount`.
  /// - Returns: Nil where an outcome has fewer than two different leads.
  init?(
    _ table: Table, columns: [String], rows: [Int], outcomes: [Double], seed: UInt64,
    most: Int? = nil
  ) {
    let hashes = Self.hashes(table, columns: columns, rows: rows, seed: seed)
    let classes = Parallel.map(2) { outcome in
      SortedLeads(hashes, rows: outcomes.indices.filter { outcomes[$0] == Double(outcome) })
    }
    let different = classes.map(\.different).min() ?? 0
    count = min(most ?? Self.usualCount(leads: rows.count), different)
    guard count >= 2 else { return nil }
    var numbers = [UInt8](repeating: 0, count: rows.count)
    for leads in classes {
      var group = 0
      for (place, row) in leads.rows.enumerated() {
        if place > 0, leads.hashes[place] != leads.hashes[place - 1] { group += 1 }
        numbers[Int(row)] = UInt8(group % count)
      }
    }
    self.numbers = numbers
  }

  /// The folds of so many leads: where they are very many, a fit of four fifths is as good as one of nine tenths.
  static func usualCount(leads: Int) -> Int { leads > 100_000 ? 5 : 10 }

  /// A seeded hash of what each of the rows holds in some columns.
  private static func hashes(
    _ table: Table, columns: [String], rows: [Int], seed: UInt64
  ) -> [UInt64] {
    let found = HashedValues.all(table, columns: columns)
    let first = mixedBits(seed)
    return unsafe filled(rows.count) { range, target in
      let rows = rows[range]
      precondition(rows.allSatisfy { $0 >= 0 && $0 < table.rowCount }, "rows of the table")
      unsafe target.initialize(repeating: first, count: range.count)
      for values in found { unsafe values.mix(rows, into: target) }
    }
  }
}

/// A hash of what each row of a table holds in some columns, by which samples are chosen.
///
/// Equal leads are all in a sample or none of them is, and the order of rows means nothing. Hashes are made for the first
/// sample, and kept for further ones.
final class LeadHashes: Sendable {
  private let table: Table
  private let columns: [String]
  private let known = Mutex<[UInt64]?>(nil)

  private static let tile = 2048

  /// - Parameter columns: The columns that make leads equal or different.
  init(_ table: Table, columns: [String]) {
    self.table = table
    self.columns = columns
  }

  /// One for each row of the table.
  private var hashes: [UInt64] {
    known.withLock { known in
      let hashes = known ?? made()
      known = hashes
      return hashes
    }
  }

  private func made() -> [UInt64] {
    let found = HashedValues.all(table, columns: columns)
    return unsafe filled(table.rowCount) { range, target in
      unsafe target.initialize(repeating: 0, count: range.count)
      // As few rows as stay in a core's cache until all columns have been there.
      for first in stride(from: range.lowerBound, to: range.upperBound, by: Self.tile) {
        let rows = first..<min(first + Self.tile, range.upperBound)
        for values in found { unsafe values.mix(rows, into: target + first - range.lowerBound) }
      }
    }
  }

  /// Positions among some rows of about so many leads; nil where there are hardly more.
  ///
  /// - Parameter seed: Another seed, another sample.
  func sample(of rows: [Int], seed: UInt64, size: Int) -> [Int]? {
    guard let choice = Choice(of: size, among: rows.count, seed: seed) else { return nil }
    let hashes = hashes
    return indices(below: rows.count) { choice.takes(hashes[rows[$0]]) }
  }

  /// The same sample, of a table's columns for which there will be no other: no hash is kept.
  static func sample(
    of rows: [Int], in table: Table, columns: [String], seed: UInt64, size: Int
  ) -> [Int]? {
    guard let choice = Choice(of: size, among: rows.count, seed: seed) else { return nil }
    let found = HashedValues.all(table, columns: columns)
    return indices(below: rows.count) { positions in
      let some = rows[positions]
      precondition(some.allSatisfy { $0 >= 0 && $0 < table.rowCount }, "rows of the table")
      return unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: positions.count) {
        hashes in
        guard let base = hashes.baseAddress else { return 0 }
        unsafe hashes.initialize(repeating: 0)
        for values in found { unsafe values.mix(some, into: base) }
        return bits(of: hashes.indices) { unsafe choice.takes(hashes[$0]) }
      }
    }
  }

  /// Which hashes are in a sample.
  private struct Choice: Sendable {
    private let border, key: UInt64

    /// Nil where there are hardly more leads than are wanted.
    init?(of size: Int, among count: Int, seed: UInt64) {
      guard count > size + size / 4 else { return nil }
      border = UInt64(Double(size) / Double(count) * 0x1p64)
      key = mixedBits(~seed)
    }

    func takes(_ hash: UInt64) -> Bool { mixedBits(hash ^ key) < border }
  }
}

/// Leads in the order of their hashes.
private struct SortedLeads: Sendable {
  private(set) var hashes: [UInt64]
  private(set) var rows: [UInt32]

  init(_ all: [UInt64], rows chosen: [Int]) {
    hashes = chosen.map { all[$0] }
    rows = chosen.map { UInt32($0) }
    RadixSort.sort(&hashes, with: &rows)
  }

  /// The number of different hashes.
  var different: Int { hashes.indices.count { $0 == 0 || hashes[$0] != hashes[$0 - 1] } }
}

private func hash(_ text: some Sequence<UInt8>) -> UInt64 {
  // FNV-1a: fast enough for the levels, which are few.
  text.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
}

/// The values of a column that are mixed into hashes of rows.
private enum HashedValues: Sendable {
  /// All that are no number are one missing value, and -0 is 0.
  case numbers(Numbers)
  case flags([UInt8])
  /// Codes, and what stands for each.
  case levels(LevelCodes, [UInt64])
  case texts(Texts)

  /// Those of some columns of a table, by the order of their names.
  static func all(_ table: Table, columns: [String]) -> [HashedValues] {
    let columns = columns.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .compactMap { table[$0] }
    return Parallel.map(columns.count) { HashedValues(columns[$0]) }
  }

  private init(_ column: Column) {
    self =
      switch column.values {
      case .numeric(let numbers), .date(let numbers): .numbers(numbers)
      case .flag(let flags): .flags(flags.codes)
      case .category(let categories): Self.levels(categories)
      case .text(let texts): .texts(texts)
      }
  }

  private static func levels(_ categories: Categories) -> HashedValues {
    precondition(categories.codes.largest <= categories.levels.count, "a code of no level")
    return .levels(categories.codes, [1] + categories.levels.map { hash($0.utf8) })
  }

  /// Mixes the values of rows into a hash a row.
  ///
  /// - Precondition: The column has these rows.
  @unsafe func mix(_ rows: ArraySlice<Int>, into hashes: UnsafeMutablePointer<UInt64>) {
    unsafe rows.withUnsafeBufferPointer { places in
      unsafe places.withMemoryRebound(to: Int64.self) { places in
        unsafe mix(from: 0, places.baseAddress, count: places.count, into: hashes)
      }
    }
  }

  /// Mixes the values of rows that follow each other into a hash a row.
  ///
  /// - Precondition: The column has these rows.
  @unsafe func mix(_ rows: Range<Int>, into hashes: UnsafeMutablePointer<UInt64>) {
    unsafe mix(from: rows.lowerBound, nil, count: rows.count, into: hashes)
  }

  /// - Parameter rows: Counted from the first one; nil is as many as there are hashes.
  @unsafe private func mix(
    from first: Int, _ rows: UnsafePointer<Int64>?, count: Int,
    into hashes: UnsafeMutablePointer<UInt64>
  ) {
    switch self {
    case .numbers(let numbers):
      unsafe numbers.withCells { unsafe winnow_mix_numbers($0, first, rows, count, hashes) }
    case .flags(let codes):
      unsafe codes.withUnsafeBufferPointer { codes in
        guard let base = codes.baseAddress else { return }
        unsafe winnow_mix_flags(base + first, rows, count, hashes)
      }
    case .levels(let codes, let levels):
      switch codes.storage {
      case .shorts(let codes):
        unsafe codes.withUnsafeBufferPointer { codes in
          guard let base = codes.baseAddress else { return }
          unsafe winnow_mix_levels_16(base + first, levels, rows, count, hashes)
        }
      case .words(let codes):
        unsafe codes.withUnsafeBufferPointer { codes in
          guard let base = codes.baseAddress else { return }
          unsafe winnow_mix_levels_32(base + first, levels, rows, count, hashes)
        }
      }
    case .texts(let texts):
      for place in 0..<count {
        let row = unsafe rows.map { unsafe Int($0[place]) } ?? place
        unsafe hashes[place] = mixedBits(hashes[place] ^ hash(texts[first + row]))
      }
    }
  }
}

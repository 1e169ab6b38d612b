import Parallelism
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
  ///   - most: The most folds; fewer if an outcome has fewer different leads, but at least 2.
  /// - Returns: Nil where an outcome has fewer than two different leads.
  init?(
    _ table: Table, columns: [String], rows: [Int], outcomes: [Double], seed: UInt64, most: Int = 10
  ) {
    let hashes = Self.hashes(table, columns: columns, rows: rows, seed: seed)
    let classes = [0.0, 1.0].map { outcome in
      outcomes.indices.filter { outcomes[$0] == outcome }.sorted { hashes[$0] < hashes[$1] }
    }
    let different = classes.map { rows in
      rows.indices.count { $0 == 0 || hashes[rows[$0]] != hashes[rows[$0 - 1]] }
    }
    count = min(most, different.min() ?? 0)
    guard count >= 2 else { return nil }
    var numbers = [UInt8](repeating: 0, count: rows.count)
    for members in classes {
      var group = -1
      var last: UInt64?
      for member in members {
        if hashes[member] != last { group += 1 }
        last = hashes[member]
        numbers[member] = UInt8(group % count)
      }
    }
    self.numbers = numbers
  }

  /// A seeded hash of what each of the rows holds in some columns.
  private static func hashes(
    _ table: Table, columns: [String], rows: [Int], seed: UInt64
  ) -> [UInt64] {
    let found = columns.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .compactMap { table[$0] }.map(HashedValues.init)
    let first = mixedBits(seed)
    return unsafe filled(rows.count) { range, target in
      unsafe target.initialize(repeating: first, count: range.count)
      for values in found { unsafe values.mix(rows[range], into: target) }
    }
  }

  /// Positions among `rows` of about so many leads, chosen by what they hold; nil where there are hardly
  /// more.
  ///
  /// Equal leads are all in the sample or none of them is, and the order of rows means nothing.
  static func sample(
    _ table: Table, columns: [String], rows: [Int], seed: UInt64, size: Int
  ) -> [Int]? {
    guard rows.count > size + size / 4 else { return nil }
    let border = UInt64(Double(size) / Double(rows.count) * 0x1p64)
    let hashes = hashes(table, columns: columns, rows: rows, seed: ~seed)
    return rows.indices.filter { hashes[$0] < border }
  }
}

private func hash(_ text: some Sequence<UInt8>) -> UInt64 {
  // FNV-1a: fast enough for the levels, which are few.
  text.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
}

/// The values of a column that are mixed into hashes of rows.
private enum HashedValues: Sendable {
  case numbers([Double])
  case flags([UInt8])
  /// Codes, and what stands for each.
  case levels([UInt32], [UInt64])
  case texts(Texts)

  init(_ column: Column) {
    self =
      switch column.values {
      case .numeric(let numbers), .date(let numbers): .numbers(numbers)
      case .flag(let flags): .flags(flags.codes)
      case .category(let categories):
        .levels(categories.codes, [1] + categories.levels.map { hash($0.utf8) })
      case .text(let texts): .texts(texts)
      }
  }

  /// Mixes the values of rows into a hash a row.
  func mix(_ rows: ArraySlice<Int>, into hashes: UnsafeMutablePointer<UInt64>) {
    func mix(_ value: (Int) -> UInt64) {
      for (index, row) in rows.enumerated() {
        unsafe hashes[index] = mixedBits(hashes[index] ^ value(row))
      }
    }
    switch self {
    // All NaN are one missing value, and -0 is 0.
    case .numbers(let numbers): mix { numbers[$0].isNaN ? 1 : (numbers[$0] + 0).bitPattern }
    case .flags(let codes): mix { UInt64(codes[$0]) }
    case .levels(let codes, let levels): mix { levels[Int(codes[$0])] }
    case .texts(let texts): mix { hash(texts[$0]) }
    }
  }
}

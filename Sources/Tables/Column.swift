/// A named column of a table: one value for each row.
public struct Column: Sendable {
  /// The name in the header, trimmed and unique in its table.
  public let name: String

  /// The values, as many as the table has rows.
  public let values: Values

  /// Creates a column.
  public init(name: String, values: Values) {
    self.name = name
    self.values = values
  }

  /// The values of a column, by kind.
  public enum Values: Sendable {
    /// Numbers; a missing one is NaN, and none is infinite.
    case numeric(Numbers)

    /// Words from a list of levels.
    case category(Categories)

    /// Two-valued words or 0 and 1, with the spelling they had.
    case flag(Flags)

    /// Days since 1970-01-01 (UTC), with the time of day as a fraction; a missing one is NaN.
    case date(Numbers)

    /// Text with too many different values for a list of levels.
    case text(Texts)
  }

  /// The kind of a column's values.
  public var kind: ColumnKind {
    switch values {
    case .numeric: .numeric
    case .category: .category
    case .flag: .flag
    case .date: .date
    case .text: .text
    }
  }

  /// The number of rows.
  public var count: Int {
    switch values {
    case .numeric(let numbers), .date(let numbers): numbers.count
    case .category(let categories): categories.codes.count
    case .flag(let flags): flags.codes.count
    case .text(let texts): texts.count
    }
  }
}

/// What a column's values are.
public enum ColumnKind: String, Sendable, Codable, CaseIterable {
  case numeric, category, flag, date, text
}

/// Codes into a list of levels.
public struct Categories: Sendable {
  /// A code a row: 0 is missing, `k` is `levels[k - 1]`.
  public let codes: LevelCodes

  /// The levels, in the order of their first row.
  public let levels: [String]

  /// Creates categories; every code is at most the number of levels.
  public init(codes: LevelCodes, levels: [String]) {
    self.codes = codes
    self.levels = levels
  }

  /// The same of codes in 32 bits.
  public init(codes: [UInt32], levels: [String]) {
    self.init(codes: LevelCodes(codes), levels: levels)
  }
}

/// Flags, and how the file spelled them.
public struct Flags: Sendable {
  /// A code a row: 0 is missing, 1 is false, 2 is true.
  public let codes: [UInt8]

  /// How false is spelled: `0`, `no`, `FALSCH`; the first spelling met.
  public let falseWord: String

  /// How true is spelled: `1`, `yes`, `WAHR`; the first spelling met.
  public let trueWord: String

  /// Creates flags.
  public init(codes: [UInt8], falseWord: String, trueWord: String) {
    self.codes = codes
    self.falseWord = falseWord
    self.trueWord = trueWord
  }
}

/// Text cells in one buffer, without a `String` each.
public struct Texts: Sendable {
  /// The UTF-8 bytes of all cells, one after another.
  public private(set) var bytes: [UInt8]

  /// Where each cell ends in `bytes`; it begins where the one before ends.
  ///
  /// Cells behind the last of them are missing.
  @usableFromInline private(set) var ends: [Int]

  /// The number of cells.
  public private(set) var count: Int

  /// Creates texts; `ends` rises to `bytes.count`.
  public init(bytes: [UInt8], ends: [Int]) {
    self.bytes = bytes
    self.ends = ends
    count = ends.count
  }

  /// Creates as many cells, all of which are missing: they take no memory.
  public init(missing count: Int) {
    bytes = []
    ends = []
    self.count = count
  }

  /// Adds as many cells, all of which are missing.
  public mutating func append(missing more: Int) { count += more }

  /// Adds cells.
  public mutating func append(_ more: Texts) {
    guard count > 0 else {
      self = more
      return
    }
    let start = bytes.count
    ends.append(contentsOf: repeatElement(start, count: count - ends.count))
    for end in more.ends { ends.append(start + end) }
    bytes.append(contentsOf: more.bytes)
    count += more.count
  }

  /// Where the cell of row `row` is in `bytes`.
  @inlinable public func range(at row: Int) -> Range<Int> {
    precondition(row >= 0 && row < count, "a row that the texts do not have")
    guard row < ends.count else { return bytes.count..<bytes.count }
    return (row == 0 ? 0 : ends[row &- 1])..<ends[row]
  }

  /// The bytes of the cell of row `row`; empty where it is missing.
  public subscript(row: Int) -> ArraySlice<UInt8> { bytes[range(at: row)] }

  /// The cell of row `row` as a string.
  public func string(at row: Int) -> String { String(decoding: self[row], as: UTF8.self) }
}

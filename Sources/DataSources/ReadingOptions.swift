import Tables

/// What a reader is told about a file; whatever is nil, it finds out.
public struct ReadingOptions: Sendable {
  /// The byte between two fields.
  public var separator: UInt8?

  /// The byte around fields that hold separators; `"` unless told.
  public var quote: UInt8?

  /// How numbers are written: `1.5` or `1,5`.
  public var decimalMark: DecimalMark?

  /// How dates such as 01/02/2025 are read.
  public var dateOrder: DateOrder?

  /// How characters are stored.
  public var encoding: TextEncoding?

  /// Whether the first record names the columns.
  public var hasHeader: Bool?

  /// The lines to leave out before anything is read.
  public var skippedLines = 0

  /// Whether rows that cannot be read are counted and left out, where they are an error otherwise.
  public var skipsBadRows = false

  /// Words that mean "missing" besides the standard ones (`MissingWords.standard`), in any case.
  public var missingWords: [String] = []

  /// Kinds that columns must have, by name; a cell that does not fit is then an error.
  public var kinds: [String: ColumnKind] = [:]

  /// Columns whose cells nobody wants: they are in the table, without a value.
  public var unread: Set<String> = []

  /// Whether text columns with too many values for levels keep their cells; otherwise all are empty.
  ///
  /// A column that `kinds` calls text keeps them in any case.
  public var keepsText = false

  /// The most different words of a category; a column with more is text.
  public var maximumLevels = 200_000

  /// The bytes of memory that a training on the file may take; nil is any number.
  ///
  /// Where all rows would take more, the table holds a sample of them (`LeadFile.whole`).
  public var memoryBudget: Int?

  /// Where temporary files are to be, unless TMPDIR says it; nil is the system's folder.
  public var scratchFolder: String?

  /// The fewest rows of a sample, whatever the budget.
  var fewestSampledRows = 100_000

  /// The longest cell, in bytes.
  public var maximumCellBytes = 16 << 20

  /// The most columns.
  public var maximumColumns = 20_000

  /// About how many bytes of text are worked on at a time; nil chooses.
  var blockBytes: Int?

  /// Creates options that leave everything to the reader.
  public init() {}
}

/// The character before the fraction of a number.
public enum DecimalMark: String, Sendable, Codable, CaseIterable {
  case point, comma

  /// The other mark.
  var other: DecimalMark { self == .point ? .comma : .point }
}

/// The order of day, month and year in a date of numbers only.
public enum DateOrder: String, Sendable, Codable, CaseIterable {
  case dayFirst = "day-first"
  case monthFirst = "month-first"
  case yearFirst = "year-first"
}

/// How a file stores characters.
public enum TextEncoding: String, Sendable, Codable, CaseIterable {
  case utf8 = "UTF-8"
  case windows1252 = "Windows-1252"
  case utf16LittleEndian = "UTF-16 (little-endian)"
  case utf16BigEndian = "UTF-16 (big-endian)"
}

import Tables

/// A file of leads that was read whole.
public struct LeadFile: Sendable {
  /// The rows, in the order of the file; a sample of them where all would take too much memory.
  public let table: Table

  /// All rows, where the table holds a sample; nil where it holds them.
  public let whole: WholeFile?

  /// How the file was understood.
  public let detection: Detection

  /// The rows that were left out because they could not be read.
  public let skippedRows: BadRows

  /// SHA-256 of the file's bytes as stored, in lower-case hexadecimal.
  public let sha256: String
}

/// A row that could not be read.
public struct BadRow: Sendable, Equatable {
  /// The line where the row begins, from 1.
  public let line: Int

  /// What is wrong with it.
  public let fault: RowFault
}

/// How many rows could not be read, and the first of them.
public struct BadRows: Sendable, Equatable {
  /// How many there were.
  public internal(set) var count = 0

  /// The first of them, at most `BadRows.limit`.
  public private(set) var first: [BadRow] = []

  /// How many are kept.
  public static let limit = 20

  /// Notes one more.
  mutating func add(_ row: BadRow) {
    count += 1
    if first.count < Self.limit { first.append(row) }
  }

  /// Notes those of a later part of the file.
  mutating func add(_ later: BadRows) {
    count += later.count
    first.append(contentsOf: later.first.prefix(Self.limit - first.count))
  }
}

/// What is wrong with a row.
public enum RowFault: Sendable, Equatable, CustomStringConvertible {
  /// Too few or too many fields.
  case fieldCount(found: Int, expected: Int)

  /// A quote inside a field that does not begin with one; the place is the line's byte, from 1.
  case strayQuote(line: Int, column: Int)

  /// Text between a closing quote and the next separator.
  case textAfterQuote(line: Int, column: Int)

  /// A quote that is never closed.
  case unclosedQuote(line: Int, column: Int)

  /// A cell larger than `ReadingOptions.maximumCellBytes`.
  case cellTooLong(bytes: Int, limit: Int)

  /// A line that is not a flat JSON object.
  case notAnObject(String)

  public var description: String {
    switch self {
    case .fieldCount(let found, let expected):
      "\(found) \(found == 1 ? "field" : "fields") where \(expected) \(expected == 1 ? "is" : "are") expected"
    case .strayQuote(let line, let column):
      "a quote inside an unquoted field (line \(line), byte \(column))"
    case .textAfterQuote(let line, let column):
      "text after a closing quote (line \(line), byte \(column))"
    case .unclosedQuote(let line, let column):
      "a quote that is never closed (line \(line), byte \(column))"
    case .cellTooLong(let bytes, let limit):
      "a cell of \(bytes) bytes, more than the limit of \(limit)"
    case .notAnObject(let reason):
      reason
    }
  }
}

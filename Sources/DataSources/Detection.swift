import Tables

/// How a file was understood.
public struct Detection: Sendable {
  /// What kind of text it is.
  public enum Format: String, Sendable { case csv = "CSV", jsonLines = "JSON Lines" }

  /// What kind of text it is.
  public let format: Format

  /// Whether it was compressed with gzip.
  public let isCompressed: Bool

  /// The byte between fields; meaningless in JSON Lines.
  public let separator: UInt8

  /// The byte around fields.
  public let quote: UInt8

  /// How characters are stored.
  public let encoding: TextEncoding

  /// Whether the first record named the columns.
  public let hasHeader: Bool

  /// The mark of the file's numbers; nil where no number shows one.
  public let decimalMark: DecimalMark?

  /// The order of the file's dates; nil where no date shows one.
  public let dateOrder: DateOrder?

  /// The columns that were read.
  public let columnCount: Int

  /// The rows that were read; nil where reading has only begun.
  public let rowCount: Int?

  /// Columns whose name in the header was empty or taken, and the names they got.
  public let renamedColumns: [RenamedColumn]

  /// Whether a last column without name and cells was left out.
  public let droppedLastColumn: Bool

  /// A sentence a person can check: `separator ";", decimal comma, Windows-1252, 24 columns, 1,000,000 rows`.
  public var summary: String {
    var parts: [String] = []
    switch format {
    case .csv: parts.append("separator \(Self.name(of: separator))")
    case .jsonLines: parts.append("JSON Lines")
    }
    if quote != UInt8(ascii: "\"") { parts.append("quote \(Self.name(of: quote))") }
    if format == .csv, let decimalMark { parts.append("decimal \(decimalMark.rawValue)") }
    if let dateOrder, dateOrder != .yearFirst {
      parts.append("dates \(dateOrder == .dayFirst ? "day first" : "month first")")
    }
    parts.append(encoding.rawValue)
    if isCompressed { parts.append("gzip") }
    if !hasHeader { parts.append("no header") }
    parts.append("\(grouped(columnCount)) \(columnCount == 1 ? "column" : "columns")")
    if let rowCount {
      parts.append("\(grouped(rowCount)) \(rowCount == 1 ? "row" : "rows")")
    }
    return parts.joined(separator: ", ")
  }

  /// A byte as a message shows it: `";"`, `tab`.
  static func name(of byte: UInt8) -> String {
    switch byte {
    case 9: "tab"
    case 32: "space"
    case 33...126: "\"\(Character(UnicodeScalar(byte)))\""
    default: "byte \(byte)"
    }
  }
}

/// A column that got another name than its header's.
public struct RenamedColumn: Sendable, Equatable {
  /// The column's place, from 1.
  public let position: Int

  /// The name in the header, trimmed.
  public let header: String

  /// The name it got.
  public let name: String
}

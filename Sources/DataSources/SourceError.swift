import Tables

/// Why leads could not be read.
public enum SourceError: Error, Equatable, Sendable, CustomStringConvertible {
  case cannotOpen(file: String, reason: String)
  case cannotRead(file: String, reason: String)
  case empty(file: String)
  case notText(file: String, what: String, advice: String)
  case brokenGzip(file: String, reason: String)
  case badRow(file: String, row: BadRow, hint: String)
  case tooManyColumns(file: String, found: Int, limit: Int)
  case unreadableCell(file: String, line: Int, column: String, text: String, kind: ColumnKind)
  case ambiguousNumbers(file: String, column: String, text: String)
  case ambiguousDates(file: String, column: String, text: String)
  case unknownColumn(file: String, column: String, columns: [String])
  case notAFlag(file: String, column: String, words: [String])
  case tooManyLevels(file: String, column: String, limit: Int)
  case changedWhileReading(file: String)
  case scratch(ScratchError)

  public var description: String {
    switch self {
    case .cannotOpen(let file, let reason): "cannot open \(file): \(reason)"
    case .cannotRead(let file, let reason): "cannot read \(file): \(reason)"
    case .empty(let file):
      "\(file) is empty: expected a header line and a line for each lead"
    case .notText(let file, let what, let advice): "\(file) is \(what): \(advice)"
    case .brokenGzip(let file, let reason):
      "\(file) cannot be decompressed: \(reason); fetch or compress the file again"
    case .badRow(let file, let row, let hint):
      "\(file), line \(row.line): \(row.fault); \(hint)"
    case .tooManyColumns(let file, let found, let limit):
      "\(file) has \(found) columns, more than the limit of \(limit): is the separator right?"
    case .unreadableCell(let file, let line, let column, let text, let kind):
      "\(file), line \(line), column \"\(column)\": \"\(Self.shortened(text))\" is not \(Self.article(kind))"
    case .ambiguousNumbers(let file, let column, let text):
      "\(file), column \"\(column)\": \(text) can be read in two ways, with a decimal point or a decimal comma, "
        + "and nothing in the file decides; say --decimal point or --decimal comma"
    case .ambiguousDates(let file, let column, let text):
      "\(file), column \"\(column)\": \(text) can be read in two ways, with the day or the month first, "
        + "and nothing in the file decides; say --dates day-first or --dates month-first"
    case .unknownColumn(let file, let column, let columns):
      "\(file) has no column \"\(column)\"; it has \(Self.listed(columns))"
    case .notAFlag(let file, let column, let words):
      "\(file), column \"\(column)\" is not a yes/no column; it has \(Self.listed(words))"
    case .tooManyLevels(let file, let column, let limit):
      "\(file), column \"\(column)\" has more than \(limit) different words, too many for a category"
    case .changedWhileReading(let file):
      "\(file) changed while it was read; try again when nothing writes to it"
    case .scratch(let error): error.description
    }
  }

  /// The first words of a list, in quotes.
  static func listed(_ words: [String]) -> String {
    let shown = words.prefix(40).map { "\"\(shortened($0))\"" }.joined(separator: ", ")
    return words.count > 40 ? shown + " and \(words.count - 40) more" : shown
  }

  /// A cell short enough for a message.
  static func shortened(_ text: String) -> String {
    text.count > 60 ? text.prefix(57) + "..." : text
  }

  private static func article(_ kind: ColumnKind) -> String {
    switch kind {
    case .numeric: "a number"
    case .category: "a category"
    case .flag: "yes or no"
    case .date: "a date"
    case .text: "text"
    }
  }
}

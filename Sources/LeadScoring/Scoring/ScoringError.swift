import Tables

/// Why leads cannot be scored.
public enum ScoringError: Error, Equatable, CustomStringConvertible {
  case missingColumns([String], file: String, found: [String])
  case ambiguousColumn(String, candidates: [String])
  case sharedColumn(String, wanted: [String])
  case unknownColumn(String, option: String, found: [String])
  case unreadableCells(
    column: String, kind: ColumnKind, count: Int, present: Int, line: Int, text: String)

  public var description: String {
    switch self {
    case .missingColumns(let names, let file, let found):
      "\(file) lacks \(names.count == 1 ? "the column" : "the columns") "
        + names.map { "\"\($0)\"" + suggestion(for: $0, among: found) }.joined(separator: ", ")
        + ", which the model reads; say --map \(names[0])=COLUMN if it has another name; found: "
        + listed(found)
    case .ambiguousColumn(let name, let candidates):
      "the model reads a column \"\(name)\", and the file has \(candidates.joined(separator: " and ")); "
        + "say which with --map \(name)=COLUMN"
    case .sharedColumn(let found, let wanted):
      "the file's column \"\(found)\" could be the model's \(wanted.map { "\"\($0)\"" }.joined(separator: " and its ")), "
        + "but can be only one of them; say which with --map \(wanted[0])=\(found), and where the other is"
    case .unknownColumn(let name, let option, let found):
      "there is no column \"\(name)\" for \(option)\(suggestion(for: name, among: found)); found: "
        + listed(found)
    case .unreadableCells(let column, let kind, let count, let present, let line, let text):
      "\(count) of \(present) cells of column \"\(column)\" are not \(Self.plural(kind)), the first \"\(text)\" in "
        + "line \(line); the model was trained on \(Self.plural(kind)), so these leads cannot be scored by it; is "
        + "it the same column, and is the decimal mark or the order of dates another (--decimal, --dates)?"
    }
  }

  /// What the cells of a kind of column are.
  private static func plural(_ kind: ColumnKind) -> String {
    switch kind {
    case .numeric: "numbers"
    case .date: "dates"
    case .flag: "yes or no"
    case .category, .text: "words"
    }
  }
}

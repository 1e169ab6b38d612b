/// What a user can do about a bad row.
enum RowHint {
  /// The end of an error message.
  static func text(for row: BadRow, isFirst: Bool) -> String {
    switch row.fault {
    case .fieldCount where isFirst:
      "if the lines above it are no part of the table, say --skip-lines 1; is the separator right?"
    case .fieldCount: "correct the line, or leave such rows out with --skip-bad-rows"
    case .cellTooLong: "is a quote missing?"
    case .strayQuote, .textAfterQuote, .unclosedQuote:
      "double the quotes inside a quoted field, or leave such rows out with --skip-bad-rows"
    case .notAnObject: "correct the line, or leave such rows out with --skip-bad-rows"
    }
  }
}

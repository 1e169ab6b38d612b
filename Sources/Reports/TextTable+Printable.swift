extension TextTable {
  /// The most characters of a cell, and the most Unicode scalars: a character can have any number of marks.
  private static let mostCharacters = 60
  private static let mostScalars = 240

  /// A cell without what would break a line or steer a terminal, and not endlessly long.
  static func printable(_ cell: String) -> String {
    let scalars = cell.unicodeScalars.prefix(mostScalars)
    let clean = harmless(String(scalars))
    let isWhole = scalars.endIndex == cell.unicodeScalars.endIndex
    if isWhole, clean.count <= mostCharacters { return clean }
    return clean.prefix(mostCharacters - 3) + "..."
  }

  /// A text in which U+FFFD stands for each character that would break a line or steer a terminal.
  static func harmless(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    // The joiner of emoji changes nothing but their picture.
    if scalar == "\u{200D}" { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }
}

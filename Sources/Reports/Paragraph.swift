/// Sentences as lines of a terminal.
enum Paragraph {
  /// The most characters of a line of words.
  static let width = 100

  /// The lines of a text after a label; where one line has no room for it, the others begin below the
  /// text's first word.
  ///
  /// A word longer than a line stays whole, and what would break a line or steer a terminal is shown as U+FFFD.
  static func lines(_ label: String, _ text: String) -> [String] {
    let rows = broken(TextTable.harmless(text), width: width - label.count)
    let blanks = String(repeating: " ", count: label.count)
    return rows.enumerated().map { index, row in (index == 0 ? label : blanks) + row }
  }

  /// A text in pieces of at most `width` characters, cut at blanks.
  static func broken(_ text: String, width: Int) -> [String] {
    var rows: [String] = []
    var row = ""
    for word in text.split(separator: " ") {
      if !row.isEmpty, row.count + 1 + word.count > width {
        rows.append(row)
        row = ""
      }
      row += (row.isEmpty ? "" : " ") + word
    }
    return rows + [row]
  }
}

/// Rows of cells with aligned columns, for a terminal.
public struct TextTable {
  /// On which side a column's cells line up.
  public enum Alignment: Sendable {
    /// For words.
    case left

    /// For numbers.
    case right
  }

  private let alignments: [Alignment]
  private var rows: [[String]]

  /// Creates a table with a row of headings.
  public init(_ columns: [(heading: String, alignment: Alignment)]) {
    alignments = columns.map(\.alignment)
    rows = [columns.map(\.heading)]
  }

  /// Adds a row; it has as many cells as there are columns.
  public mutating func add(_ cells: [String]) {
    precondition(cells.count == alignments.count, "a cell a column")
    rows.append(cells.map(Self.printable))
  }

  /// The lines of the table, each indented by two blanks, without blanks at the ends.
  public var lines: [String] {
    let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.indices.map { column -> String in
        let blanks = String(repeating: " ", count: widths[column] - row[column].count)
        return alignments[column] == .left ? row[column] + blanks : blanks + row[column]
      }
      var line = "  " + cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// A cell without what would break a line or steer a terminal, and not endlessly long.
  static func printable(_ cell: String) -> String {
    let clean = String(
      String.UnicodeScalarView(cell.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
    return clean.count > 60 ? clean.prefix(57) + "..." : clean
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}

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
    rows = [columns.map { Self.printable($0.heading) }]
  }

  /// Adds a row; it has as many cells as there are columns.
  public mutating func add(_ cells: [String]) {
    precondition(cells.count == alignments.count, "a cell a column")
    rows.append(cells.map(Self.printable))
  }

  /// The lines of the table, each indented by two blanks, without blanks at the ends.
  ///
  /// Words in the last column go on in a further line where one has no room for them.
  public var lines: [String] {
    let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let start = widths.dropLast().reduce(2) { $0 + $1 + 2 }
    let room = Paragraph.width - start
    let wraps = alignments.last == .left && room >= Self.leastRoom
    return rows.flatMap { row -> [String] in
      guard wraps, let last = row.last, last.count > room else { return [line(row, widths)] }
      let pieces = Paragraph.broken(last, width: room)
      let blanks = String(repeating: " ", count: start)
      return [line(row.dropLast() + pieces.prefix(1), widths)]
        + pieces.dropFirst().map { blanks + $0 }
    }
  }

  /// The least room in which words go on in further lines.
  private static let leastRoom = 20

  private func line(_ row: [String], _ widths: [Int]) -> String {
    let cells = zip(row, zip(widths, alignments)).map { cell, column -> String in
      let blanks = String(repeating: " ", count: max(0, column.0 - cell.count))
      return column.1 == .left ? cell + blanks : blanks + cell
    }
    var line = "  " + cells.joined(separator: "  ")
    while line.last == " " { line.removeLast() }
    return line
  }
}

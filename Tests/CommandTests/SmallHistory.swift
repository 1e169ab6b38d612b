import Foundation

/// A small history, and the files a company might make of it.
///
/// Its columns have a number, a word with blanks in its name, a flag, a date, and a name that a
/// spreadsheet would run.
struct SmallHistory {
  let folder: TemporaryFolder

  /// The path of the history and of a model of it.
  let history: String
  let model: String

  /// How a file writes what it holds.
  struct Style {
    var separator = ","
    var isGerman = false
    var header = ["lead_id", "Company Size", "country", "opted_in", "created_at", "=cmd|x"]
    var withOutcome = true
  }

  /// Writes the history and trains a model of it.
  init(options: [String] = []) throws {
    folder = try TemporaryFolder()
    history = try folder.write(Self.text(Style()), to: "history.csv")
    model = folder.file("model.json")
    let run = try Program.run(
      ["train", history, "--model", model, "--penalty", "1", "--validation", "none"] + options)
    guard run.status == 0 else {
      throw CocoaError(.fileReadUnknown, userInfo: ["why": run.remarks])
    }
  }

  /// The rows of the history as text.
  static func text(_ style: Style, rows: Range<Int> = 0..<90) -> String {
    var lines = [(style.header + (style.withOutcome ? ["outcome"] : [])).map(quoted)]
    for row in rows {
      let size = Double((row * 37) % 91) + Double(row % 4) / 4
      let number = row % 13 == 5 ? "" : "\(size)"
      let day = (row * 11) % 28 + 1
      let country = ["Germany", "France", "Spain"][(row * row) % 3]
      let isIn = row % 4 < 2
      let command = ["=1+1", "@SUM(A1)", "+1+1", "-2+3"][row % 4]
      let won = (row * 7 + Int(size)) % 5 < 2
      let cells = [
        "K\(row)", style.isGerman ? number.replacingOccurrences(of: ".", with: ",") : number,
        country,
        style.isGerman ? (isIn ? "ja" : "nein") : isIn ? "yes" : "no",
        style.isGerman
          ? String(format: "%02d.06.2025", day) : String(format: "2025-06-%02d", day), command,
      ]
      let outcome = style.isGerman ? (won ? "gewonnen" : "verloren") : won ? "won" : "lost"
      lines.append((cells + (style.withOutcome ? [outcome] : [])).map(quoted))
    }
    return lines.map { $0.joined(separator: style.separator) + "\n" }.joined()
  }

  private static func quoted(_ cell: String) -> String {
    cell.contains(where: { ",;|".contains($0) }) ? "\"\(cell)\"" : cell
  }

  /// Scores a text, written as a file of a name.
  func score(_ text: String, as name: String = "leads.csv", _ options: String...) throws
    -> Program.Outcome
  {
    try Program.run(["score", folder.write(text, to: name), "--model", model] + options)
  }
}

/// The rows of CSV output, cell by cell.
func csvRows(_ text: String) -> [[String]] {
  var rows: [[String]] = [[]]
  var cell = ""
  var isQuoted = false
  var isAfterQuote = false
  for character in text {
    switch character {
    case "\"":
      if !isQuoted, isAfterQuote { cell.append("\"") }
      isQuoted.toggle()
      isAfterQuote = !isQuoted
      continue
    case "," where !isQuoted:
      rows[rows.count - 1].append(cell)
      cell = ""
    case "\n" where !isQuoted, "\r\n" where !isQuoted:
      rows[rows.count - 1].append(cell)
      cell = ""
      rows.append([])
    default: cell.append(character)
    }
    isAfterQuote = false
  }
  return rows.filter { !$0.isEmpty }
}

import Foundation
import Testing

@Suite("Columns of words and lists")
struct TextColumnsTests {
  /// Leads whose title and interests decide, with titles in many spellings.
  private static let history: String = {
    var text = "lead_id,title,tags,outcome\n"
    let subjects = ["Sales", "IT", "Legal", "Data", "HR"]
    for row in 0..<600 {
      let subject = subjects[row % 5]
      let area = "A\(row % 23)"
      let title = row % 2 == 0 ? "VP \(subject), \(area)" : "Intern - \(subject) \(area)"
      let tags = ["web|mail", "mail|fair", "web", "fair|web|mail", "call", "call|web"][
        (row / 2) % 6]
      let isWon = (row * 31 % 100) < (row % 2 == 0 ? 75 : 20)
      text += "K\(row),\"\(title)\",\(tags),\(isWon ? "won" : "lost")\n"
    }
    return text
  }()

  private func train(_ folder: TemporaryFolder, _ options: [String]) throws -> Program.Outcome {
    let history = try folder.write(Self.history, to: "history.csv")
    return try Program.run(
      [
        "train", history, "--model", folder.file("m.json"), "--form", "curves", "--validation",
        "none",
      ] + options)
  }

  @Test("a title that training never saw is scored by its words, and shown as it is")
  func unseenTitles() throws {
    let folder = try TemporaryFolder()
    let trained = try train(folder, [])
    try #require(trained.status == 0, "\(trained.remarks)")
    let leads = try folder.write(
      "lead_id,title,tags\nx,\"Vp (strategy), Z1\",call\ny,\"Z1 strategy intern\",call\n",
      to: "leads.csv")
    let scored = try Program.run("score", leads, "--model", folder.file("m.json"))
    #expect(scored.status == 0, "\(scored.remarks)")
    let rows = csvRows(scored.output)
    let (first, second) = (Double(rows[1][1]) ?? .nan, Double(rows[2][1]) ?? .nan)
    #expect(first > second + 0.25)
    #expect(rows[1][4].contains("title = Vp (strategy), Z1 (+"))
    let shown = try Program.run("inspect", folder.file("m.json"), "--all")
    #expect(shown.output.contains("(word) vp"))
    #expect(shown.output.contains(" words "))
  }

  @Test("--kind COL=list and COL=category say what a column is")
  func kinds() throws {
    let folder = try TemporaryFolder()
    // Six different cells are too few to tell by themselves.
    let plain = try train(folder, [])
    #expect(!plain.output.contains("1 list"))
    let asked = try train(folder, ["--kind", "tags=list,title=category"])
    #expect(asked.status == 0, "\(asked.remarks)")
    #expect(asked.output.contains("1 list") && !asked.output.contains("1 words"))
    let words = asked.output.split { $0.isWhitespace }.joined(separator: " ")
    #expect(words.contains("column \"tags\" is read as a list"))
    let wrong = try train(folder, ["--kind", "tags=lists"])
    #expect(wrong.status == 64)
    #expect(wrong.remarks.contains("kinds are numeric, category, list, flag, date and text"))
  }
}

import Foundation
import Testing

@Suite("winnow evaluate and compare")
struct CompareCommandTests {
  private static let models = ["version-1", "version-2"].map {
    Program.package.appendingPathComponent("models/\($0).json").path
  }

  private func json(_ run: Program.Outcome) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  @Test("a model is no better than itself: exit 2, and what more leads could show")
  func sameModel() throws {
    let run = try Program.run(
      "compare", Self.models[1], Self.models[1], "--on", Program.dataset("later.csv"))
    #expect(run.status == 2, "\(run.remarks)")
    #expect(run.output.contains("cannot tell") || run.output.contains("keep"))
  }

  @Test("leads that a model learned from are pointed out", arguments: ["compare", "evaluate"])
  func trainingData(command: String) throws {
    let history = Program.dataset("history.csv")
    let run = try Program.run(
      command == "compare"
        ? ["compare", Self.models[0], Self.models[1], "--on", history]
        : ["evaluate", history, "--model", Self.models[0]])
    #expect(run.output.contains("was trained on this very file"), "\(run.output)\(run.remarks)")
  }

  @Test("leads of the same time may be the same")
  func sameWindow() throws {
    let run = try Program.run(
      "evaluate", Program.dataset("later.csv"), "--model", Self.models[0], "--json")
    #expect(run.status == 0, "\(run.remarks)")
    let warnings = try #require(try json(run)["warnings"] as? [String])
    #expect(warnings.contains { $0.contains("some may be the same") })
  }

  @Test("a bootstrap adds its intervals, which its seed decides, and changes nothing else")
  func bootstrap() throws {
    let words = ["evaluate", Program.dataset("later.csv"), "--model", Self.models[0]]
    let draws = ["--bootstrap", "200", "--seed", "3"]
    let plain = try Program.run(words)
    let drawn = try Program.run(words + draws)
    #expect(drawn.status == 0, "\(drawn.remarks)")
    let added = drawn.output.split(separator: "\n").filter { $0.contains("... by bootstrap") }
    #expect(added.count == 2)
    #expect(added.first?.contains("the middle 95 % of 200 draws of leads") == true)
    #expect(
      drawn.output.split(separator: "\n").filter { !added.contains($0) }
        == plain.output.split(separator: "\n"))
    #expect(try Program.run(words + draws + ["--threads", "1"]).output == drawn.output)

    let report = try json(try Program.run(words + draws + ["--json"]))
    let bootstrap = try #require(report["bootstrap"] as? [String: Any])
    #expect(bootstrap["draws"] as? Int == 200)
    #expect(bootstrap["seed"] as? Int == 3)
    #expect(try Program.run(words + ["--bootstrap", "99"]).status == 64)
    #expect(try json(try Program.run(words + ["--json"]))["bootstrap"] == nil)
  }

  @Test(
    "what cannot be compared is exit 1, never a verdict",
    arguments: [
      ["compare", "MODEL", "MODEL", "--on", "nowhere.csv"],
      ["compare", "MODEL", "nowhere.json", "--on", "LATER"],
      ["compare", "LATER", "MODEL", "--on", "LATER"],
      ["compare", "MODEL", "MODEL", "--on", "NEW"],
      ["compare", "MODEL", "MODEL", "--on", "LATER", "--map", "employes=x"],
      ["evaluate", "NEW", "--model", "MODEL"],
      ["evaluate", "nowhere.csv", "--model", "MODEL"],
    ])
  func failures(words: [String]) throws {
    let paths = [
      "MODEL": Self.models[0], "LATER": Program.dataset("later.csv"),
      "NEW": Program.dataset("new_leads.csv"),
    ]
    let run = try Program.run(words.map { paths[$0] ?? $0 })
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    #expect(run.remarks.contains("Error: "), "\(run.remarks)")
  }

  @Test("outcomes under another name and in other words are read as told, and else refused")
  func otherWords() throws {
    let folder = try TemporaryFolder()
    let small = try SmallHistory()
    let other = SmallHistory.text(SmallHistory.Style()).replacing(",outcome", with: ",Ende")
      .replacing(",won", with: ",Treffer")
    let path = try folder.write(other, to: "h.csv")
    let missing = try Program.run("evaluate", path, "--model", small.model)
    #expect(missing.status == 1)
    #expect(missing.remarks.contains("lacks the column \"outcome\""), "\(missing.remarks)")
    let unknown = try Program.run("evaluate", path, "--model", small.model, "--outcome", "Ende")
    #expect(unknown.status == 1)
    #expect(unknown.remarks.contains("\"Treffer\""), "\(unknown.remarks)")
    let told = try Program.run(
      "evaluate", path, "--model", small.model, "--outcome", "Ende", "--converted", "Treffer",
      "--json")
    #expect(told.status == 0, "\(told.remarks)")
    let mapped = try Program.run(
      "evaluate", path, "--model", small.model, "--map", "outcome=Ende", "--converted", "Treffer",
      "--json")
    let plain = try Program.run("evaluate", small.history, "--model", small.model, "--json")
    let metrics = try [told, mapped, plain].map {
      try #require(try json($0)["metrics"] as? NSDictionary)
    }
    #expect(metrics[0] == metrics[1])
    #expect(metrics[0] == metrics[2])
  }

  @Test("outcomes written as 1.0 and 0.0 are those that training read")
  func decimalOutcomes() throws {
    let folder = try TemporaryFolder()
    let text = SmallHistory.text(SmallHistory.Style()).replacing(",won", with: ",1.0")
      .replacing(",lost", with: ",0.0")
    let path = try folder.write(text, to: "h.csv")
    let model = folder.file("m.json")
    let train = try Program.run(
      "train", path, "--model", model, "--penalty", "1", "--validation", "none")
    #expect(train.status == 0, "\(train.remarks)")
    let run = try Program.run("evaluate", path, "--model", model)
    #expect(run.status == 0, "\(run.remarks)")
  }

  @Test(
    "missing outcomes are open at evaluation as at training", arguments: ["", "NA", "-", "n/a"])
  func missingOutcomes(word: String) throws {
    let small = try SmallHistory()
    let text = SmallHistory.text(SmallHistory.Style()) + "K900,12,Spain,yes,2025-06-01,x,\(word)\n"
    let path = try small.folder.write(text, to: "h.csv")
    let run = try Program.run("evaluate", path, "--model", small.model, "--json")
    #expect(run.status == 0, "\(run.remarks)")
    #expect(try json(run)["open"] as? Int == 1)
  }

  @Test("weights of the history count, under their name or a mapped one")
  func weights() throws {
    let folder = try TemporaryFolder()
    var row = -1
    let text = SmallHistory.text(SmallHistory.Style()).split(separator: "\n").map {
      line -> String in
      row += 1
      return "\(line),\(row == 0 ? "copies" : "\(row % 3)")"
    }.joined(separator: "\n")
    let path = try folder.write(text, to: "h.csv")
    let model = folder.file("m.json")
    let train = try Program.run(
      "train", path, "--model", model, "--penalty", "1", "--validation", "none", "--weight",
      "copies")
    #expect(train.status == 0, "\(train.remarks)")
    let first = try Program.run("evaluate", path, "--model", model, "--json")
    let renamed = try folder.write(text.replacing("copies", with: "Anzahl"), to: "r.csv")
    let second = try Program.run(
      "evaluate", renamed, "--model", model, "--json", "--map", "copies=Anzahl")
    #expect(second.status == 0, "\(second.remarks)")
    let metrics = try [first, second].map { try #require(try json($0)["metrics"] as? NSDictionary) }
    #expect(metrics[0] == metrics[1])
    #expect(metrics[0]["leads"] as? Double == 90)
    let compared = try Program.run(
      "compare", model, model, "--on", renamed, "--map", "copies=Anzahl")
    #expect(compared.status == 2, "\(compared.remarks)")
  }

  @Test("columns named as the program names its own are columns like others")
  func inwardNames() throws {
    let folder = try TemporaryFolder()
    let text = SmallHistory.text(SmallHistory.Style())
      .replacing("Company Size", with: "date of creation").replacing(
        "=cmd|x", with: "text of country")
    let path = try folder.write(text, to: "h.csv")
    let model = folder.file("m.json")
    let train = try Program.run(
      "train", path, "--model", model, "--penalty", "1", "--validation", "none")
    #expect(train.status == 0, "\(train.remarks)")
    let evaluated = try Program.run("evaluate", path, "--model", model)
    #expect(evaluated.status == 0, "\(evaluated.remarks)")
    let scored = try Program.run("score", path, "--model", model, "--keep", "country")
    #expect(scored.status == 0, "\(scored.remarks)")
    #expect(csvRows(scored.output)[1][5] == "Germany")
  }
}

import Foundation
import Testing

@Suite("winnow tiers and inspect")
struct TiersCommandTests {
  private let small: SmallHistory

  init() throws { small = try SmallHistory() }

  private func model(_ path: String) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path)))
        as? [String: Any])
  }

  @Test("new borders change tiers and nothing else, and scores follow them")
  func changes() throws {
    let before = try model(small.model)
    let target = small.folder.file("new.json")
    let run = try Program.run(
      "tiers", small.model, "--set", "Hot=0.45,Warm=0.35", "--rest", "Cold", "--needs",
      "Hot=Company Size", "--output", target)
    #expect(run.status == 0, "\(run.remarks)")
    let after = try model(target)
    for key in before.keys where !["tiers", "goldenLeads"].contains(key) {
      let kept = NSDictionary(object: try #require(before[key]), forKey: key as NSString)
      #expect(kept.isEqual(to: [key: try #require(after[key])]), "\(key)")
    }
    let scored = try Program.run(
      "score", small.history, "--model", target, "--keep", "Company Size")
    #expect(scored.status == 0, "\(scored.remarks)")
    var seen: Set<String> = []
    for row in csvRows(scored.output).dropFirst() {
      let probability = Double(row[1]) ?? .nan
      let expected =
        probability >= 0.45 && !row[5].isEmpty ? "Hot" : probability >= 0.35 ? "Warm" : "Cold"
      #expect(row[3] == expected)
      seen.insert(expected)
    }
    #expect(seen.contains("Hot") && seen.count > 1)
  }

  @Test("a required field that training never saw is read too")
  func newField() throws {
    let target = small.folder.file("new.json")
    let run = try Program.run(
      "tiers", small.model, "--set", "SQL=0", "--needs", "SQL=contact_email", "--output", target)
    #expect(run.status == 0, "\(run.remarks)")
    var row = -1
    let leads = SmallHistory.text(SmallHistory.Style(), rows: 0..<4).split(separator: "\n").map {
      line -> String in
      row += 1
      return "\(line),\(row == 0 ? "contact_email" : row % 2 == 0 ? "a@b.example" : "")"
    }.joined(separator: "\n")
    let path = try small.folder.write(leads, to: "leads.csv")
    let scored = try Program.run("score", path, "--model", target)
    #expect(
      csvRows(scored.output).dropFirst().map { $0[3] } == [
        "unqualified", "SQL", "unqualified", "SQL",
      ])
    let without = try Program.run("score", small.history, "--model", target)
    #expect(without.status == 1)
    #expect(without.remarks.contains("contact_email"), "\(without.remarks)")
  }

  @Test("--on says what happened to leads of a history in the new tiers")
  func onHistory() throws {
    let target = small.folder.file("new.json")
    let run = try Program.run(
      "tiers", small.model, "--set", "All=0", "--on", small.history, "--output", target, "--json")
    #expect(run.status == 0, "\(run.remarks)")
    let tiers = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let first = try #require((tiers["tiers"] as? [[String: Any]])?.first)
    let evidence = try #require(first["evidence"] as? [String: Any])
    #expect(evidence["leads"] as? Int == 90)
    #expect(run.remarks.contains("was trained on this very file"))
  }

  @Test("without a change the tiers are shown and the file stays")
  func show() throws {
    let before = try small.folder.bytes("model.json")
    let run = try Program.run("tiers", small.model)
    #expect(run.status == 0)
    #expect(run.output.contains("SQL"))
    #expect(try small.folder.bytes("model.json") == before)
  }

  @Test(
    "wrong borders leave the file as it was",
    arguments: [
      ["64", "--set", "A=0.2,B=0.4"], ["64", "--set", "A=1.2"], ["64", "--set", "A=0.5,A=0.2"],
      ["64", "--set", "A"], ["1", "--needs", "XQL=mail"], ["1", "--needs", "mail"],
      ["1", "--rest", "SQL"], ["64", "--output", "x.json"],
    ])
  func refused(statusAndOptions: [String]) throws {
    let before = try small.folder.bytes("model.json")
    let run = try Program.run(["tiers", small.model] + statusAndOptions.dropFirst())
    #expect(String(run.status) == statusAndOptions[0], "\(run.remarks)")
    #expect(run.output.isEmpty)
    #expect(try small.folder.bytes("model.json") == before)
  }

  @Test("inspect --json prints the model file, byte for byte")
  func inspectJSON() throws {
    for path in [
      small.model, Program.package.appendingPathComponent("models/version-2.json").path,
    ] {
      let run = try Program.run("inspect", path, "--json")
      #expect(run.status == 0)
      #expect(Data(run.output.utf8) == (try Data(contentsOf: URL(fileURLWithPath: path))))
    }
  }

  @Test("inspect shows fields, levels and tiers, all levels where asked")
  func inspect() throws {
    let path = Program.package.appendingPathComponent("models/version-2.json").path
    let short = try Program.run("inspect", path)
    let long = try Program.run("inspect", path, "--all")
    #expect(short.status == 0 && long.status == 0)
    #expect(short.output.contains("employees") && short.output.contains("SQL"))
    #expect(long.output.count > short.output.count)
  }
}

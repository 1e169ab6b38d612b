import Foundation
import Testing

@Suite("winnow score")
struct ScoreCommandTests {
  private let small: SmallHistory
  private let leads: String
  private let scores: String

  init() throws {
    small = try SmallHistory()
    var style = SmallHistory.Style()
    style.withOutcome = false
    leads = SmallHistory.text(style, rows: 100..<140)
    let run = try small.score(leads)
    try #require(run.status == 0, "\(run.remarks)")
    scores = run.output
  }

  /// The probabilities of CSV output.
  private func probabilities(_ output: String) -> [String] {
    csvRows(output).dropFirst().map { $0[1] }
  }

  @Test("one row a lead, in the order of the file, under the id's own name")
  func order() {
    let rows = csvRows(scores)
    #expect(rows[0] == ["lead_id", "probability", "score", "tier", "reasons"])
    #expect(rows.dropFirst().map { $0[0] } == (100..<140).map { "K\($0)" })
    for row in rows.dropFirst() {
      let probability = Double(row[1]) ?? .nan
      #expect((0...1).contains(probability))
      #expect(Int(row[2]) == Int((probability * 100).rounded()))
      #expect(
        row[4].wholeMatch(of: /'?\S.* = .* \([+-]\d+\.\d\d\)(; .* = .* \([+-]\d+\.\d\d\)){0,2}/)
          != nil)
    }
  }

  @Test("standard input and a compressed file give the same scores")
  func sources() throws {
    let piped = try Program.run("score", "-", "--model", small.model, input: Data(leads.utf8))
    #expect(piped.status == 0, "\(piped.remarks)")
    #expect(piped.output == scores)
    let path = try small.folder.write(leads, to: "zipped.csv")
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    gzip.arguments = ["gzip", path]
    try gzip.run()
    gzip.waitUntilExit()
    let zipped = try Program.run("score", path + ".gz", "--model", small.model)
    #expect(zipped.status == 0, "\(zipped.remarks)")
    #expect(zipped.output == scores)
  }

  @Test(
    "JSON Lines give the same scores")
  func jsonLinesInput() throws {
    let rows = csvRows(leads)
    let lines = try rows.dropFirst().map { row in
      var object: [String: Any] = [:]
      for (name, cell) in zip(rows[0], row) where !cell.isEmpty {
        object[name] = name == "Company Size" ? (Double(cell) ?? 0) as Any : cell
      }
      return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
    }
    let json = try small.score(lines.joined(separator: "\n") + "\n", as: "leads.jsonl")
    #expect(json.status == 0, "\(json.remarks)")
    #expect(probabilities(json.output) == probabilities(scores))
  }

  @Test("a German file of the same leads gives the same scores")
  func germanFile() throws {
    var style = SmallHistory.Style(separator: ";", isGerman: true)
    style.withOutcome = false
    let run = try small.score(SmallHistory.text(style, rows: 100..<140))
    #expect(run.status == 0, "\(run.remarks)")
    #expect(run.remarks.contains("separator \";\", decimal comma"))
    #expect(probabilities(run.output) == probabilities(scores))
  }

  @Test("another separator gives the same bytes", arguments: ["\t", "|", ";"])
  func separators(separator: String) throws {
    var style = SmallHistory.Style(separator: separator)
    style.withOutcome = false
    let run = try small.score(SmallHistory.text(style, rows: 100..<140))
    #expect(run.output == scores, "\(run.remarks)")
  }

  @Test("a column spelled otherwise is read, and said so")
  func looseName() throws {
    let run = try small.score(leads.replacing("Company Size", with: "company_size"))
    #expect(run.status == 0)
    #expect(
      run.remarks.contains("column \"company_size\" is read as the model's \"Company Size\""),
      "\(run.remarks)")
    #expect(probabilities(run.output) == probabilities(scores))
  }

  @Test("a column that is not there is an error with a suggestion, and --map mends it")
  func renamedColumn() throws {
    let renamed = leads.replacing("Company Size", with: "Comapny Size")
    let run = try small.score(renamed)
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    #expect(
      run.remarks.contains(
        "lacks the column \"Company Size\" (did you mean \"Comapny Size\"?), which the model reads; say "
          + "--map Company Size=COLUMN if it has another name"), "\(run.remarks)")
    let mapped = try small.score(renamed, as: "b.csv", "--map", "Company Size=Comapny Size")
    #expect(mapped.output == scores, "\(mapped.remarks)")
    let wrong = try small.score(renamed, as: "b.csv", "--map", "Size=Comapny Size")
    #expect(wrong.status == 1)
    #expect(wrong.remarks.contains("there is no column \"Size\" for --map"), "\(wrong.remarks)")
  }

  @Test("cells that a spreadsheet would run are made harmless, in names and reasons too")
  func formulas() throws {
    let run = try small.score(leads, as: "leads.csv", "--keep", "all", "--reasons", "9")
    #expect(run.status == 0, "\(run.remarks)")
    let rows = csvRows(run.output)
    for cell in rows.joined() where !cell.isEmpty {
      let first = cell.first ?? " "
      #expect(!"=@\t\r".contains(first), "\(cell)")
      #expect(!"+-".contains(first) || Double(cell) != nil, "\(cell)")
    }
    #expect(rows[0].contains("'=cmd|x"))
    #expect(
      rows.dropFirst().allSatisfy { row in
        ["'=1+1", "'@SUM(A1)", "'+1+1", "'-2+3"].contains { row.contains($0) }
      })
  }

  @Test("kept columns follow, as they were; one whose name is taken gets a mark")
  func kept() throws {
    let run = try small.score(
      leads.replacing("country", with: "country").replacing("lead_id,", with: "lead_id,score,")
        .replacing(#/K(\d+),/#) { "K\($0.1),s\($0.1)," }, as: "leads.csv", "--keep",
      "score,country",
      "--reasons", "0")
    #expect(run.status == 0, "\(run.remarks)")
    let rows = csvRows(run.output)
    #expect(rows[0] == ["lead_id", "probability", "score", "tier", "score (input)", "country"])
    #expect(rows[1][4] == "s100")
    #expect(["Germany", "France", "Spain"].contains(rows[1][5]))
    #expect(probabilities(run.output) == probabilities(scores))
    let unknown = try small.score(leads, as: "leads.csv", "--keep", "contry")
    #expect(unknown.status == 1)
    #expect(unknown.remarks.contains("(did you mean \"country\"?)"))
  }

  @Test("an id named as a column of the output gets a mark")
  func takenIdentifier() throws {
    let run = try small.score(
      leads.replacing("lead_id", with: "probability"), as: "leads.csv", "--id", "probability",
      "--format", "jsonl")
    #expect(run.status == 0, "\(run.remarks)")
    let first = try #require(run.output.split(separator: "\n").first)
    let row = try #require(
      try JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any])
    #expect(row["probability (input)"] as? String == "K100")
    #expect(row["probability"] is Double)
  }

  @Test("JSON Lines hold exact numbers, and reasons that sum to the logit")
  func jsonLines() throws {
    let run = try small.score(leads, as: "leads.csv", "--format", "jsonl", "--reasons", "50")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 40)
    for line in lines {
      let row = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(
        Set(row.keys) == [
          "lead_id", "probability", "score", "tier", "reasons", "logit", "baseline",
        ])
      let logit = try #require(row["logit"] as? Double)
      let probability = try #require(row["probability"] as? Double)
      #expect(abs(1 / (1 + exp(-logit)) - probability) < 1e-15)
      let shares = try #require(row["reasons"] as? [[String: Any]]).compactMap {
        $0["share"] as? Double
      }
      let baseline = try #require(row["baseline"] as? Double)
      #expect(abs(shares.reduce(baseline, +) - logit) < 1e-12)
    }
  }

  @Test("one thread and two give the same bytes, in either format", arguments: ["csv", "jsonl"])
  func threads(format: String) throws {
    let many = SmallHistory.text(SmallHistory.Style(), rows: 0..<9000)
    let runs = try ["1", "2"].map {
      try small.score(
        many, as: "many.csv", "--threads", $0, "--format", format, "--keep", "country")
    }
    #expect(runs[0].status == 0, "\(runs[0].remarks)")
    #expect(runs[0].output == runs[1].output)
    #expect(runs[0].output.split(separator: "\n").count >= 9000)
  }

  @Test("a run that fails late leaves the target as it was, and nothing beside it")
  func lateFailure() throws {
    let many = SmallHistory.text(SmallHistory.Style(), rows: 0..<12_000) + "K1,too,few\n"
    let target = try small.folder.write("what stood here", to: "scores.csv")
    let run = try small.score(many, as: "many.csv", "--output", target)
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    #expect(run.remarks.contains("line 12002: 3 fields where 7 are expected"), "\(run.remarks)")
    #expect(try small.folder.bytes("scores.csv") == Data("what stood here".utf8))
    let files = try FileManager.default.contentsOfDirectory(atPath: small.folder.url.path)
    #expect(Set(files) == ["history.csv", "model.json", "leads.csv", "many.csv", "scores.csv"])
    let skipped = try small.score(many, as: "many.csv", "--output", target, "--skip-bad-rows")
    #expect(skipped.status == 0)
    #expect(skipped.remarks.contains("1 row could not be read and is left out"))
  }

  @Test("a result never replaces what it is made from")
  func overwriting() throws {
    let path = try small.folder.write(leads, to: "leads.csv")
    for target in [path, small.model, small.folder.url.path + "/./leads.csv"] {
      let run = try Program.run("score", path, "--model", small.model, "--output", target)
      #expect(run.status == 64)
      #expect(run.remarks.contains("is a file that this run reads"))
    }
    #expect(try small.folder.bytes("leads.csv") == Data(leads.utf8))
    let train = try Program.run("train", small.history, "--model", small.history)
    #expect(train.status == 64)
  }

  @Test("a column of another kind of cells is refused, not scored as missing")
  func otherKind() throws {
    let wrong = leads.replacing(#/(K\d+),[\d.]*,/#) { "\($0.1),large," }
    let target = small.folder.file("wrong-scores.csv")
    let run = try small.score(wrong, as: "wrong.csv", "--output", target)
    #expect(run.status == 1)
    #expect(
      run.remarks.contains(
        "40 of 40 cells of column \"Company Size\" are not numbers, the first \"large\" in line 2"),
      "\(run.remarks)")
    #expect(!FileManager.default.fileExists(atPath: target))
  }

  @Test("what meant missing at training does so at scoring")
  func missingWords() throws {
    let folder = try TemporaryFolder()
    let text = SmallHistory.text(SmallHistory.Style()).replacing("Spain", with: "Select")
    let history = try folder.write(text, to: "h.csv")
    let model = folder.file("m.json")
    let trained = try Program.run(
      "train", history, "--model", model, "--missing", "Select", "--penalty", "1", "--validation",
      "none")
    #expect(trained.status == 0, "\(trained.remarks)")
    #expect(
      String(decoding: try folder.bytes("m.json"), as: UTF8.self).contains("\"missingWords\""))
    let some = try folder.write(leads.replacing("Spain", with: "Select"), to: "select.csv")
    let none = try folder.write(leads.replacing("Spain", with: ""), to: "empty.csv")
    let runs = try [some, none].map {
      try Program.run("score", $0, "--model", model, "--reasons", "0")
    }
    #expect(runs[0].status == 0, "\(runs[0].remarks)")
    #expect(runs[0].output == runs[1].output)
  }

  @Test("a file with a header alone has no scores, and says so")
  func noLeads() throws {
    let header = String(leads.prefix { $0 != "\n" }) + "\n"
    let run = try small.score(header)
    #expect(run.status == 0)
    #expect(run.output == "lead_id,probability,score,tier,reasons\n")
    #expect(run.remarks.contains("there are no leads to score"))
  }

  @Test("--quiet says nothing but the result")
  func quiet() throws {
    #expect(try small.score(leads, as: "leads.csv", "--quiet").remarks.isEmpty)
  }
}

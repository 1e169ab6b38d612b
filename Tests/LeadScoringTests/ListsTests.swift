import DataSources
import FeatureEncoding
import Foundation
import Testing

@testable import LeadScoring

@Suite("Lists of values")
struct ListsTests {
  private static let text = TextHistory.lists(rows: 3000, seed: 8)

  private func train(
    _ text: String, _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws -> LeadTraining {
    try Training.run(text) {
      $0.form = .curves
      $0.validation = .none
      change(&$0)
    }
  }

  @Test(
    "each entry has the planted effect, whatever stands between entries",
    arguments: ["; ", "|", ","])
  func planted(separator: String) throws {
    let text = TextHistory.lists(rows: 3000, seed: 8, separator: separator)
    let training = try train(text)
    let term = try #require(training.model.terms.first { $0.name == "interests" })
    #expect(term.kindName == "list")
    var effects: [String: Double] = [:]
    for row in term.rows { effects[row.label] = row.coefficient.value }
    for (entry, truth) in TextHistory.interests {
      let found = try #require(effects[entry])
      #expect(abs(found - truth) < 0.4, "\(entry): \(found)")
    }
    #expect(try #require(effects["(missing)"]) < -0.2)
    #expect(
      Set(effects.keys) == Set(TextHistory.interests.map(\.key)).union(["(missing)", "(other)"]))
    #expect(training.remarks.contains { $0.contains("is read as a list") })
    #expect(training.model.penalty.terms?.contains { $0.part == .entries } == true)
  }

  @Test("entries of few leads share other and are not named")
  func rare() throws {
    let rare = MadeUpLeads.changingRows(of: Self.text) { rows in
      rows.enumerated().map {
        $0.offset % 20 == 1 ? "\"CRM; Odd \($0.offset)\",5,lost" : $0.element
      }
    }
    let model = try train(rare).model
    let term = try #require(model.terms.first { $0.name == "interests" })
    let other = try #require(term.rows.first { $0.label == "(other)" })
    #expect(other.leads >= 150)
    #expect(other.coefficient.value < -0.5)
    #expect(!String(decoding: try model.json(), as: UTF8.self).contains("Odd"))
    #expect(
      try model.logit(of: ["interests": "Web; never seen"])
        == model.logit(of: ["interests": "something ;Web"]))
  }

  @Test("a file is of version 3, lists the entries, and comes back equal")
  func file() throws {
    let model = try train(Self.text).model
    let json = try model.json()
    #expect(try LeadModel(json: json, path: "m.json") == model)
    let text = String(decoding: json, as: UTF8.self)
    #expect(text.contains("\"version\": 3"))
    #expect(text.contains("\"kind\": \"list\"") && text.contains("\"separator\": \";\""))
    #expect(text.contains("\"entry\": \"CRM\""))
  }

  @Test(
    "a file that says nonsense of a list is refused",
    arguments: [
      ("\"separator\": \";\"", "\"separator\": \"\"", "separates no list"),
      ("\"separator\": \";\"", "\"separator\": \"; \"", "separates no list"),
      ("\"separator\": \";\"", "\"separated\": \";\"", "has no \"separator\""),
      ("\"entry\": \"CRM\"", "\"entry\": \" CRM\"", "no entry"),
      ("\"entry\": \"CRM\"", "\"entry\": \"CRM;Web\"", "no entry"),
      ("\"entry\": \"CRM\"", "\"entry\": \"\"", "no entry"),
      ("\"entry\": \"CRM\"", "\"entry\": \"Web\"", "repeat"),
      ("\"entry\": \"CRM\"", "\"word\": \"CRM\"", "has no \"entry\""),
      ("\"entries\": [", "\"entrances\": [", "has no \"entries\""),
      ("\"entries\": [", "\"entries\": [[],", "wrong type"),
      ("\"kind\": \"list\"", "\"kind\": \"lists\"", "unknown kind"),
    ])
  func hostile(place: String, other: String, reason: String) throws {
    let text = String(decoding: try train(Self.text).model.json(), as: UTF8.self)
    let range = try #require(text.range(of: place))
    let error = try #require(throws: ModelError.self) {
      try LeadModel(
        json: Array(text.replacingCharacters(in: range, with: other).utf8), path: "m.json")
    }
    #expect(error.description.contains(reason), "\(error)")
  }

  @Test("--kind decides in both directions")
  func kinds() throws {
    let refused = try train(Self.text) { $0.lists = ListColumns(refused: ["interests"]) }
    let term = try #require(refused.model.terms.first { $0.name == "interests" })
    #expect(term.kindName == "category")
    #expect(!refused.remarks.contains { $0.contains("is read as a list") })
    // Six cells are too few to be told from a category of odd names.
    let few =
      "tags,size,outcome\n"
      + (0..<400).map { row in
        let tags = ["a;b", "b;c", "a;c", "a", "b", "c"][row % 6]
        return "\(tags),\(row % 37),\((row * 7 + row / 5) % 3 == 0 ? "won" : "lost")\n"
      }.joined()
    let options = ["interests", "tags"]
    #expect(try train(few).model.terms.first { $0.name == "tags" }?.kindName == "category")
    let asked = try train(few) { $0.lists = ListColumns(asked: Set(options)) }.model
    #expect(asked.terms.first { $0.name == "tags" }?.kindName == "list")
  }

  @Test("the order of rows and of a cell's entries changes nothing by more than 1e-9")
  func order() throws {
    let reversed = MadeUpLeads.changingRows(of: Self.text) { rows in
      rows.reversed().map { row in
        let cells = row.split(separator: "\"", omittingEmptySubsequences: false)
        return "\"" + cells[1].split(separator: "; ").reversed().joined(separator: ";") + "\""
          + cells[2]
      }
    }
    let (first, second) = (try train(Self.text).model, try train(reversed).model)
    #expect(first.allCoefficients.count == second.allCoefficients.count)
    for (a, b) in zip(first.allCoefficients, second.allCoefficients) { #expect(abs(a - b) < 1e-9) }
  }

  @Test("reasons sum, a list is one of them, and a cell of marks alone is missing")
  func reasons() throws {
    let model = try train(Self.text).model
    let odd = "interests,size\n\"CRM; Web\",5\n,1\n; ;,2\nunheard of,3\nWeb;Web;CRM,5\n"
    try MadeUpLeads.onDisk(odd) { path in
      var options = ReadingOptions()
      options.separator = UInt8(ascii: ",")
      let stream = try LeadStream(path: path, options: options)
      let scorer = try LeadScorer(model, columns: stream.columnNames, file: path, day: 20_000)
      var logits: [Double] = []
      let averages = model.terms.map(\.average)
      let summary = try LeadFileScoring(scorer, stream: stream).run(render: { $0 }) { block in
        for row in block.logits.indices {
          let reasons = block.reasons(row: row, most: 10, averages: averages)
          #expect(reasons.count <= 2)
          let sum = reasons.reduce(model.baseline) { $0 + $1.share }
          #expect(abs(sum - block.logits[row]) < 1e-12)
        }
        logits += block.logits
      }
      #expect(logits[0] == logits[4])
      #expect(summary.counts[0].missing == 2 && summary.counts[0].unseen == 1)
    }
  }
}

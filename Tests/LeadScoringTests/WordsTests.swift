import DataSources
import FeatureEncoding
import Foundation
import Tables
import Testing

@testable import LeadScoring

@Suite("Words of titles")
struct WordsTests {
  private static let text = TextHistory.titles(rows: 3000, seed: 3)

  private func train(
    _ text: String, validation: ValidationMethod = .none,
    _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws -> LeadModel {
    try Training.model(text) {
      $0.form = .curves
      $0.validation = validation
      change(&$0)
    }
  }

  /// The mean log loss of a model on the leads of a text.
  private func loss(_ model: LeadModel, on text: String) throws -> Double {
    let table = try MadeUpLeads.file(text).table
    let logits = LogitScorer(model).logits(
      of: table, rows: Array(0..<table.rowCount), terms: model.terms)
    let outcomes = text.split(separator: "\n").dropFirst().map { $0.hasSuffix("won") }
    let losses = zip(logits, outcomes).map { log1p(exp($1 ? -$0 : $0)) }
    return losses.reduce(0, +) / Double(losses.count)
  }

  @Test("foretell new leads better than levels alone where the words decide")
  func planted() throws {
    let later = TextHistory.titles(rows: 4000, seed: 4)
    let words = try train(Self.text)
    // With other words in each title there are levels only.
    let strip: (String) -> String = { text in
      MadeUpLeads.changingRows(of: text) { rows in
        rows.map { row in
          let cells = row.split(separator: "\"", omittingEmptySubsequences: false)
          return "\"" + cells[1].filter { $0.isLetter } + "\"" + cells[2]
        }
      }
    }
    let levels = try train(strip(Self.text))
    guard case .words? = words.terms.first?.field.rule,
      case .category? = levels.terms.first?.field.rule
    else {
      Issue.record("the titles should have words in one model alone")
      return
    }
    let (withWords, withLevels) = (
      try loss(words, on: later), try loss(levels, on: strip(later))
    )
    #expect(withWords < withLevels - 0.02, "\(withWords) against \(withLevels)")
  }

  @Test("'VP of Marketing' and 'Marketing VP' share what is known of their words")
  func shared() throws {
    let model = try train(Self.text)
    func logit(_ title: String) throws -> Double { try model.logit(of: ["job_title": title]) }
    let (first, second) = (try logit("VP of Marketing"), try logit("Marketing VP"))
    #expect(abs(first - second) < 0.6)
    #expect(try first > logit("Intern of Legal") + 1.5)
    // Titles that training never saw have the effects of their words, in any spelling and order.
    let unseen = try logit("(marketing) -- vp, Antarctica")
    #expect(try unseen > logit("Something else") + 1)
    #expect(try unseen == logit("VP MARKETING Antarctica"))
    #expect(try logit("Something else") == logit("Quite another thing"))
  }

  @Test("the words' effects are the planted ones, with errors of the right size")
  func recovered() throws {
    let term = try #require(try train(Self.text).terms.first)
    var effects: [String: Coefficient] = [:]
    for row in term.rows where row.label.hasPrefix("(word) ") {
      effects[String(row.label.dropFirst(7))] = row.coefficient
    }
    let vp = try #require(effects["vp"])
    let intern = try #require(effects["intern"])
    #expect(abs(vp.value - intern.value - 3.3) < 0.8)
    for effect in effects.values {
      #expect(effect.standardError > 0.01 && effect.standardError < 1)
    }
  }

  @Test("a file is of version 3, lists the words, comes back equal and is checked")
  func file() throws {
    let model = try train(Self.text)
    let json = try model.json()
    #expect(try LeadModel(json: json, path: "m.json") == model)
    let text = String(decoding: json, as: UTF8.self)
    #expect(text.contains("\"version\": 3"))
    #expect(text.contains("\"word\": \"marketing\""))
    #expect(text.contains("\"unseenRule\": \"as other, with its words\""))
    #expect(try LeadModel(json: json, path: "m.json").json() == json)
    // A word of fewer than 20 leads is no part of it.
    for record in model.terms[0].rows where record.label.hasPrefix("(word) ") {
      #expect(record.leads >= 20)
    }
    for row in model.terms[0].rows { #expect(row.leads >= 10 || row.label.hasPrefix("(")) }
  }

  @Test(
    "a file that says nonsense of words is refused",
    arguments: [
      ("\"word\": \"marketing\"", "\"word\": \"Marketing\"", "no word"),
      ("\"word\": \"marketing\"", "\"word\": \"mar keting\"", "no word"),
      ("\"word\": \"marketing\"", "\"word\": \"\"", "no word"),
      ("\"word\": \"marketing\"", "\"word\": \"vp\"", "repeat"),
      ("\"word\": \"marketing\"", "\"entry\": \"marketing\"", "has no \"word\""),
      ("\"word\": \"marketing\"", "\"word\": 7", "wrong type"),
      ("\"word\": \"marketing\"", "\"word\": \"marketings\"", "contradicts itself"),
      ("\"words\": [", "\"wordings\": [", "contradicts itself"),
      ("\"words\": [", "\"words\": [7,", "wrong type"),
      ("\"spread\": ", "\"spread\": -", "negative"),
    ])
  func hostile(place: String, other: String, reason: String) throws {
    // The golden lead's last words are those that a change must touch to be seen.
    let model = try train(Self.text)
    let text = String(decoding: try model.json(), as: UTF8.self)
    let range = try #require(
      text.range(of: place, options: place.contains("marketing") ? [] : .backwards)
        ?? text.range(of: place))
    var changed = text.replacingCharacters(in: range, with: other)
    if other.contains("marketings") {
      // A lead of that word proves the change.
      changed = changed.replacingOccurrences(
        of: "\"job_title\": \"support vp\"", with: "\"job_title\": \"marketing vp\"")
    }
    let error = try #require(throws: ModelError.self) {
      try LeadModel(json: Array(changed.utf8), path: "m.json")
    }
    #expect(error.description.contains(reason), "\(error)")
  }

  @Test("words so heavy that their sum overflows are refused")
  func overflow() throws {
    let text = String(decoding: try train(Self.text).json(), as: UTF8.self)
    let start = try #require(text.range(of: "\"words\": ["))
    let heavy = text[start.upperBound...].replacing(
      try Regex("\"coefficient\": [-0-9.e]+"), with: "\"coefficient\": 1e308", maxReplacements: 3)
    #expect(throws: ModelError.self) {
      try LeadModel(
        json: Array((text[..<start.upperBound] + heavy).utf8), path: "m.json")
    }
  }

  private static let odd = """
    job_title,size
    VP of Marketing,50
    ,20
    "Vp,MARKETING!",
    Geschäftsführer,30
    \u{0}?,1
    NA,10
    Head of Nothing At All,90
    A title of sixty-one letters and more is shown by its first fifty-seven,1
    """

  @Test("reasons and baseline sum to the logit, from a stream as from a table")
  func reasons() throws {
    let model = try train(Self.text)
    try MadeUpLeads.onDisk(Self.odd) { path in
      let stream = try LeadStream(path: path, options: ReadingOptions())
      let scorer = try LeadScorer(model, columns: stream.columnNames, file: path, day: 20_000)
      var logits: [Double] = []
      var texts: [String] = []
      let averages = model.terms.map(\.average)
      let title = ReasonText(model.terms[0])
      let summary = try LeadFileScoring(scorer, stream: stream).run(render: { $0 }) { block in
        for row in block.logits.indices {
          let reasons = block.reasons(row: row, most: 10, averages: averages)
          let sum = reasons.reduce(model.baseline) { $0 + $1.share }
          #expect(abs(sum - block.logits[row]) < 1e-12)
          if let column = block.table["job_title"] {
            texts.append(title.value(of: column, row: row))
          }
        }
        logits += block.logits
      }
      for (row, cell) in ["VP of Marketing", nil, "Vp,MARKETING!", "Geschäftsführer"].enumerated() {
        var cells = ["size": ["50", "20", nil, "30"][row]].compactMapValues { $0 }
        cells["job_title"] = cell
        #expect(try abs(model.logit(of: cells) - logits[row]) < 1e-12)
      }
      #expect(texts[0] == "VP of Marketing" && texts[1] == "(missing)" && texts[5] == "(missing)")
      #expect(texts[7] == "A title of sixty-one letters and more is shown by its fir...")
      #expect(summary.counts[0].missing == 2)
      #expect(summary.counts[0].unseen == 2)
    }
  }

  @Test("the order of rows changes no coefficient by more than 1e-9")
  func order() throws {
    let reversed = MadeUpLeads.changingRows(of: Self.text) { $0.reversed() }
    let (first, second) = (try train(Self.text), try train(reversed))
    #expect(first.allCoefficients.count == second.allCoefficients.count)
    for (a, b) in zip(first.allCoefficients, second.allCoefficients) { #expect(abs(a - b) < 1e-9) }
    for (a, b) in zip(first.allStandardErrors, second.allStandardErrors) {
      #expect(abs(a - b) < 1e-9)
    }
  }

  @Test("a weight of two is a row given twice")
  func weights() throws {
    let text = TextHistory.titles(rows: 1200, seed: 5, weighted: true)
    let weighted = try train(text) { $0.weight = "copies" }
    let repeated = try train(TextHistory.repeatingWeights(of: text))
    #expect(weighted.allCoefficients.count == repeated.allCoefficients.count)
    for (a, b) in zip(weighted.allCoefficients, repeated.allCoefficients) {
      #expect(abs(a - b) < 1e-7)
    }
    #expect(abs(weighted.terms[0].spread - repeated.terms[0].spread) < 1e-7)
    #expect(abs(weighted.terms[0].average - repeated.terms[0].average) < 1e-7)
  }

  @Test("shares are the fit's, and their mean over leads is the term's average")
  func shares() throws {
    let file = try MadeUpLeads.file(Self.text)
    var options = TrainingOptions()
    options.form = .curves
    options.validation = .none
    let set = try TrainingSet(file.table, options: options)
    let judged = try Judgement(set, options: options) { _ in }
    let made = CurveTerms(
      judged.fitted.problem, coefficients: judged.fitted.fit.coefficients,
      inference: judged.fitted.inference,
      table: set.table)
    let scorer = LogitScorer(
      intercept: made.intercept.value, terms: made.terms, pairs: made.pairs,
      reference: judged.fitted.problem.encoder.dateReference)
    let logits = scorer.logits(of: set.table, rows: set.rows, terms: made.terms)
    for (logit, eta) in zip(logits, judged.fitted.fit.eta) { #expect(abs(logit - eta) < 1e-5) }
    let alone = LogitScorer(
      intercept: 0, terms: [made.terms[0]], reference: judged.fitted.problem.encoder.dateReference)
    let shares = alone.logits(of: set.table, rows: set.rows, terms: [made.terms[0]])
    let mean = shares.reduce(0, +) / Double(shares.count)
    #expect(abs(mean - made.terms[0].average) < 1e-9)
    let square = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(shares.count)
    #expect(abs(square.squareRoot() - made.terms[0].spread) < 1e-9)
  }

  @Test("levels take part in pairs, and words stay beside them")
  func pairs() throws {
    // Some titles are frequent enough to be groups of a pair.
    let text = MadeUpLeads.changingRows(of: Self.text) { rows in
      rows.enumerated().map { index, row in
        guard index % 3 == 0, let cut = row.lastIndex(of: "\"") else { return row }
        return ["\"VP of Sales", "\"Legal Intern"][index % 2] + row[cut...]
      }
    }
    let file = try MadeUpLeads.file(text)
    var options = TrainingOptions()
    options.form = .curves
    options.validation = .none
    options.interactions = [Interaction("job_title", "size")]
    let set = try TrainingSet(file.table, options: options)
    let judged = try Judgement(set, options: options) { _ in }
    let made = CurveTerms(
      judged.fitted.problem, coefficients: judged.fitted.fit.coefficients,
      inference: judged.fitted.inference,
      table: set.table)
    #expect(made.pairs.count == 1)
    let scorer = LogitScorer(
      intercept: made.intercept.value, terms: made.terms, pairs: made.pairs,
      reference: judged.fitted.problem.encoder.dateReference)
    let logits = scorer.logits(of: set.table, rows: set.rows, terms: made.terms)
    for (logit, eta) in zip(logits, judged.fitted.fit.eta) { #expect(abs(logit - eta) < 1e-5) }
    let model = try Training.model(text) {
      $0 = options
      $0.name = "pairs"
    }
    #expect(try LeadModel(json: model.json(), path: "m.json") == model)
  }

  @Test("identifiers stay out, and the linear form knows no words")
  func others() throws {
    let numbered = MadeUpLeads.changingRows(of: Self.text) { rows in
      rows.enumerated().map { "\"Person \($0.offset) \($0.element.dropFirst())" }
    }
    let model = try train(numbered)
    #expect(model.leftOut.map(\.name) == ["job_title"])
    let linear = try Training.model(Self.text) { $0.ridge = 1 }
    guard case .category? = linear.terms.first?.field.rule else {
      Issue.record("words in a linear model")
      return
    }
    #expect(String(decoding: try linear.json(), as: UTF8.self).contains("\"version\": 1"))
  }
}

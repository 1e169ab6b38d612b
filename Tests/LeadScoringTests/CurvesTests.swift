import DataSources
import FeatureEncoding
import Foundation
import Tables
import Testing

@testable import LeadScoring

@Suite("Curves")
struct CurvesTests {
  /// Leads whose odds go up and down with their age, jump at no visits, and hang on a source.
  private static func history(rows: Int, seed: UInt64) -> String {
    var random = SplitMix(state: seed)
    var text = "age,visits,source,asked,outcome\n"
    for _ in 0..<rows {
      let age = 18 + 60 * random.unit()
      let visits = random.unit() < 0.4 ? 0 : 1 + Int(-6 * log(1 - random.unit()))
      let source = ["web", "fair", "call"][Int(3 * random.unit())]
      let days = Int(random.unit() * 200)
      let isMissing = random.unit() < 0.1
      let eta =
        (isMissing ? 0.4 : 1.8 * sin(age / 8)) + (visits == 0 ? -1.2 : 0.05 * Double(visits))
        + (source == "fair" ? 0.8 : 0)
      let isWon = random.unit() < 1 / (1 + exp(-eta))
      let cells = [
        isMissing ? "" : String(format: "%.2f", age), "\(visits)", source,
        CalendarDay.text(20_000 - Double(days)), isWon ? "won" : "lost",
      ]
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }

  private static let text = history(rows: 3000, seed: 1)

  private func train(_ text: String) throws -> LeadTraining {
    try Training.run(text) {
      $0.form = .curves
      $0.validation = .folds
    }
  }

  @Test("foretell unseen leads better than lines where the truth is curved")
  func planted() throws {
    let curved = try #require(try train(Self.text).model.validation?.folds?.metrics)
    let straight = try #require(
      try Training.run(Self.text) { $0.validation = .folds }.model.validation?.folds?.metrics)
    #expect(curved.logLoss.value < straight.logLoss.value - 0.05)
  }

  @Test("the curve is the planted one, but for noise")
  func recovered() throws {
    let model = try train(Self.text).model
    let age = try #require(model.terms.first { $0.name == "age" })
    guard case .curve(let encoding) = age.field.rule else {
      Issue.record("age should be a curve")
      return
    }
    let points = age.coefficients.dropFirst().prefix(encoding.knots.count).map(\.value)
    let truth = encoding.knots.map { 1.8 * sin($0 / 8) }
    let shift = (zip(points, truth).map { $0 - $1 }.reduce(0, +)) / Double(points.count)
    let squares = zip(points, truth).map { ($0 - $1 - shift) * ($0 - $1 - shift) }
    #expect((squares.reduce(0, +) / Double(points.count)).squareRoot() < 0.35)
  }

  @Test("a model file is written in version 2, read back equal, and checked by its golden leads")
  func file() throws {
    let model = try train(Self.text).model
    let json = try model.json()
    #expect(try LeadModel(json: json, path: "m.json") == model)
    let text = String(decoding: json, as: UTF8.self)
    #expect(text.contains("\"version\": 2"))
    #expect(text.contains("\"kind\": \"curve\"") && text.contains("\"kind\": \"date curve\""))
    let broken = text.replacingOccurrences(of: "\"points\": [", with: "\"dots\": [")
    #expect(throws: ModelError.self) { try LeadModel(json: Array(broken.utf8), path: "m.json") }
  }

  @Test("shares and intercept are the fit's logit, and a curve's shares are 0 for the average lead")
  func shares() throws {
    let file = try MadeUpLeads.file(Self.text)
    var options = TrainingOptions()
    options.form = .curves
    let set = try TrainingSet(file.table, options: options)
    let judged = try Judgement(set, options: options) { _ in }.fitted
    let made = CurveTerms(
      judged.problem, coefficients: judged.fit.coefficients,
      inference: judged.inference,
      table: set.table)
    let scorer = LogitScorer(
      intercept: made.intercept.value, terms: made.terms,
      reference: judged.problem.encoder.dateReference)
    let logits = scorer.logits(of: set.table, rows: set.rows, terms: made.terms)
    // Training keeps places within an interval in 32 bits.
    for (logit, eta) in zip(logits, judged.fit.eta) { #expect(abs(logit - eta) < 1e-5) }
    for term in made.terms where term.isCurve {
      let alone = LogitScorer(
        intercept: 0, terms: [term], reference: judged.problem.encoder.dateReference)
      let shares = alone.logits(of: set.table, rows: set.rows, terms: [term])
      let mean = shares.reduce(0, +) / Double(shares.count)
      #expect(abs(mean) < 1e-6)
      let spread = shares.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(shares.count)
      #expect(abs(spread.squareRoot() - term.spread) < 1e-9)
    }
  }

  @Test("the order of rows changes no coefficient by more than 1e-9")
  func order() throws {
    let reversed = MadeUpLeads.changingRows(of: Self.text) { $0.reversed() }
    let (first, second) = (try train(Self.text).model, try train(reversed).model)
    #expect(first.allCoefficients.count == second.allCoefficients.count)
    for (a, b) in zip(first.allCoefficients, second.allCoefficients) { #expect(abs(a - b) < 1e-9) }
    #expect(first.penalty.terms?.count == 10)
  }

  @Test("each part has a penalty and effective parameters, no more than it has coefficients")
  func penalties() throws {
    let terms = try #require(try train(Self.text).model.penalty.terms)
    for term in terms {
      #expect(term.strength >= 1e-3 && term.strength <= 1e6)
      #expect(term.effectiveParameters > -1e-9 && term.effectiveParameters < 65)
    }
    let curve = try #require(terms.first { $0.field == "age" && $0.part == .curve })
    #expect(curve.effectiveParameters > 4)
  }

  @Test("values with an effect of their own are those of ten leads or more", arguments: [60, 400])
  func privacy(rows: Int) throws {
    let text = Self.history(rows: rows, seed: 7)
    let model = try train(text).model
    let cells = text.split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    for (column, name) in ["age", "visits"].enumerated() {
      let values = cells.compactMap { Double($0[column]) }
      guard case .curve(let encoding)? = model.terms.first(where: { $0.name == name })?.field.rule
      else { continue }
      for level in encoding.levels { #expect(values.count { $0 == level.value } >= 10) }
      #expect(encoding.levels.count + encoding.knots.count < values.count)
    }
  }
}

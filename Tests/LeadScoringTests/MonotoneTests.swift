import DataSources
import FeatureEncoding
import Foundation
import Tables
import Testing

@testable import LeadScoring

@Suite("Curves that go one way")
struct MonotoneTests {
  /// Leads whose odds fall with their age but for a bump, rise with their size, and rise with the days since
  /// they were seen; some ages and days are missing.
  private static func history(rows: Int, seed: UInt64) -> String {
    var random = SplitMix(state: seed)
    var text = "age,size,seen,source,outcome\n"
    for _ in 0..<rows {
      let age = (600 * random.unit()).rounded() / 10 + 18
      let size = Int(200 * random.unit() * random.unit())
      let days = Int(random.unit() * 200)
      let source = ["web", "fair", "call"][Int(3 * random.unit())]
      let (hasNoAge, hasNoDay) = (random.unit() < 0.15, random.unit() < 0.1)
      let fall = -0.05 * (age - 48) + (abs(age - 40) < 4 ? 0.8 : 0)
      let eta =
        -0.3 + (hasNoAge ? 1.5 : fall) + 1.5 * Double(size) / 200
        + (hasNoDay ? -0.5 : 0.01 * Double(days) - 1) + (source == "fair" ? 0.5 : 0)
      let isWon = random.unit() < 1 / (1 + exp(-eta))
      let cells = [
        hasNoAge ? "" : String(format: "%.1f", age), "\(size)",
        hasNoDay ? "" : CalendarDay.text(20_000 - Double(days)), source, isWon ? "won" : "lost",
      ]
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }

  private static let text = history(rows: 3000, seed: 2)

  private func train(
    _ directions: [String: CurveEncoding.Direction], form: ModelForm = .curves
  ) throws -> LeadModel {
    try Training.model(Self.text) {
      $0.form = form
      $0.validation = .none
      $0.directions = directions
    }
  }

  /// The points of a term as its file has them: place and coefficient.
  private func points(_ name: String, of model: LeadModel) throws -> [(at: Double, value: Double)] {
    let file = try #require(
      try JSONSerialization.jsonObject(with: Data(try model.json())) as? [String: Any])
    let terms = try #require(file["terms"] as? [[String: Any]])
    let term = try #require(terms.first { $0["field"] as? String == name })
    return try #require(term["points"] as? [[String: Any]]).map { point in
      (
        try #require(point["at"] as? Double), try #require(point["coefficient"] as? Double)
      )
    }
  }

  /// Whether numbers never go against a direction.
  private func goes(_ way: CurveEncoding.Direction, _ numbers: [Double]) -> Bool {
    zip(numbers, numbers.dropFirst()).allSatisfy { way == .up ? $0 <= $1 : $0 >= $1 }
  }

  /// The logits of leads that differ in one number alone, along a fine grid.
  private func logits(_ name: String, of model: LeadModel) throws -> [Double] {
    try (0...3000).map { try model.logit(of: [name: "\(Double($0) / 30)"]) }
  }

  @Test("a curve held up never falls, exactly, in its file and in scores, whatever the data want")
  func up() throws {
    for form in [ModelForm.curves, .pairs] {
      let model = try train(["age": .up], form: form)
      let table = try points("age", of: model)
      #expect(table.count > 10)
      #expect(goes(.up, table.map(\.value)))
      #expect(goes(.up, table.map(\.at)))
      // The data want to fall, so that little is left.
      #expect(table[table.count - 1].value - table[0].value < 0.6)
      let scores = try logits("age", of: model)
      #expect(goes(.up, scores))
      #expect(scores.allSatisfy { $0.isFinite })
    }
  }

  @Test("a curve held down never rises, and has the bump of the data no more")
  func down() throws {
    let free = try train([:])
    let held = try train(["age": .down])
    let table = try points("age", of: held)
    #expect(goes(.down, table.map(\.value)))
    #expect(goes(.down, try logits("age", of: held)))
    #expect(!goes(.down, try points("age", of: free).map(\.value)))
    // It falls as the data do, over all.
    #expect(table[0].value - table[table.count - 1].value > 1.5)
    // Somewhere neighbors are level, where the bump was.
    #expect(zip(table, table.dropFirst()).contains { abs($0.value - $1.value) < 1e-6 })
  }

  @Test("a curve that rises anyway is much as without a direction")
  func idle() throws {
    let (free, held) = (try train([:]), try train(["size": .up]))
    #expect(goes(.up, try points("size", of: held).map(\.value)))
    let (before, after) = (try logits("size", of: free), try logits("size", of: held))
    // There is no straight line beneath it, nor effects of values of their own: a curve of another penalty.
    for size in stride(from: 60, through: 2700, by: 30) {
      #expect(
        abs(before[size] - after[size]) < 0.3, "\(size / 30): \(before[size]), \(after[size])")
    }
    let mean = stride(from: 60, through: 2700, by: 30).map { abs(before[$0] - after[$0]) }
    #expect(mean.reduce(0, +) / Double(mean.count) < 0.1)
  }

  @Test("dates go one way along the days before the day from which they count")
  func dates() throws {
    for way in [CurveEncoding.Direction.up, .down] {
      let model = try train(["seen": way])
      #expect(goes(way, try points("seen", of: model).map(\.value)))
      guard case .day(let newest) = model.dateReference else {
        Issue.record("dates should count from a day")
        return
      }
      let scores = try (0...220).map {
        try model.logit(of: ["seen": CalendarDay.text(newest - Double($0))])
      }
      #expect(goes(way, scores))
      // The planted curve rises with the days.
      let reach = scores[200] - scores[0]
      #expect(way == .up ? reach > 1 : reach > -0.5 && reach <= 0)
    }
  }

  @Test("a missing value keeps an effect of its own")
  func missing() throws {
    let held = try train(["age": .up, "seen": .down])
    let nothing = try held.logit(of: ["size": "50", "source": "web", "seen": "2024-09-01"])
    let some = try (18...78).map {
      try held.logit(of: ["size": "50", "source": "web", "seen": "2024-09-01", "age": "\($0)"])
    }
    // Leads without an age convert far more often than those with one.
    #expect(nothing > (some.max() ?? .infinity) + 0.5)
    let terms = held.terms.filter { ["age", "seen"].contains($0.name) }
    for term in terms { #expect(term.rows[0].label == "(missing)" && term.rows[0].leads > 200) }
    #expect(terms.count == 2)
    let parts = held.penalty.terms?.filter { $0.field == "age" }.map(\.part)
    #expect(parts == [.missing, .curve])
  }

  @Test("a model file keeps the direction, and is read back equal")
  func file() throws {
    let model = try train(["age": .up, "seen": .down])
    let json = try model.json()
    #expect(try LeadModel(json: json, path: "m.json") == model)
    let text = String(decoding: json, as: UTF8.self)
    #expect(text.contains("\"monotone\": \"up\"") && text.contains("\"monotone\": \"down\""))
    #expect(!String(decoding: try train([:]).json(), as: UTF8.self).contains("monotone"))
  }

  @Test("each lead's logit is the fit's")
  func shares() throws {
    let file = try MadeUpLeads.file(Self.text)
    var options = TrainingOptions()
    options.form = .curves
    options.validation = .none
    options.directions = ["age": .up, "seen": .down]
    let set = try TrainingSet(file.table, options: options)
    let judged = try Judgement(set, options: options) { _ in }.fitted
    let made = CurveTerms(
      judged.problem, coefficients: judged.fit.coefficients, inference: judged.inference,
      table: set.table)
    let scorer = LogitScorer(
      intercept: made.intercept.value, terms: made.terms,
      reference: judged.problem.encoder.dateReference)
    let logits = scorer.logits(of: set.table, rows: set.rows, terms: made.terms)
    for (logit, eta) in zip(logits, judged.fit.eta) { #expect(abs(logit - eta) < 1e-5) }
  }

  @Test("a column with a direction is in no pair that is found")
  func noPair() throws {
    let text = PlantedPairs.history(rows: 2500, seed: 6)
    let free = try PlantedPairs.train(text).model
    let held = try PlantedPairs.train(text) { $0.directions = ["width": .up] }.model
    #expect(free.pairs.contains { $0.name == "width & height" })
    #expect(!held.pairs.contains { $0.name.contains("width") })
    #expect(goes(.up, try points("width", of: held).map(\.value)))
  }

  @Test("the order of rows changes nothing by more than 1e-8")
  func order() throws {
    let reversed = MadeUpLeads.changingRows(of: Self.text) { $0.reversed() }
    let other = try Training.model(reversed) {
      $0.form = .curves
      $0.validation = .none
      $0.directions = ["age": .down, "size": .up]
    }
    let model = try train(["age": .down, "size": .up])
    #expect(other.allCoefficients.count == model.allCoefficients.count)
    for (a, b) in zip(other.allCoefficients, model.allCoefficients) { #expect(abs(a - b) < 1e-8) }
  }

  @Test("a column that is not there, is no feature or has no curve is refused")
  func wrongNames() throws {
    func message(_ name: String) throws -> String {
      try #require(throws: TrainingError.self) { try train([name: .up]) }.description
    }
    #expect(
      try message("agee")
        == "there is no column \"agee\" for --monotone (did you mean \"age\"?); found: age, size, seen, source, outcome"
    )
    #expect(
      try message("source")
        == "column \"source\" of --monotone cannot be used there: it is a category; numbers have curves"
    )
    #expect(
      try message("outcome")
        == "column \"outcome\" of --monotone cannot be used there: it holds the outcome")
  }
}

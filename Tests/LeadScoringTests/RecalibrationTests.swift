import Foundation
import Tables
import TestSupport
import Testing

@testable import LeadScoring

@Suite("Recalibration")
struct RecalibrationTests {
  private static let text = DatedLeads.text(
    rows: 1500, time: .created(rowsADay: 10), logit: DatedLeads.rising)

  private func train(
    _ text: String = Self.text, _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws -> LeadTraining {
    try Training.run(text) {
      $0.validation = .none
      change(&$0)
    }
  }

  /// The mean probability that a model gives the newest leads, and the share of them that converted.
  private func rates(
    _ model: LeadModel, _ text: String, weight: String? = nil
  ) throws -> (mean: Double, rate: Double) {
    var options = TrainingOptions()
    options.weight = weight
    let set = try TrainingSet(try MadeUpLeads.file(text).table, options: options)
    let order = try #require(set.order)
    let split = try #require(
      TimeSplit(
        order, positions: Array(set.rows.indices), weights: set.weights,
        share: Judgement.testShare))
    let newest = set.keeping(split.newest)
    let logits = LogitScorer(model).logits(of: set.table, rows: newest.rows, terms: model.terms)
    let sum = zip(logits, newest.weights).reduce(0) { $0 + $1.1 * probability(ofLogit: $1.0) }
    return (sum / newest.leads, newest.rate)
  }

  @Test(
    "the newest leads' mean probability is their rate, to 1e-9", arguments: ModelForm.ladder)
  func exact(form: ModelForm) throws {
    let model = try train {
      $0.form = form
      $0.recalibration = .recent
    }.model
    let (mean, rate) = try rates(model, Self.text)
    #expect(abs(mean - rate) < 1e-9)
    let moved = try #require(model.recalibration)
    #expect(moved.rate == rate && moved.leads == 300)
    #expect(moved.predictedRate < rate && moved.shift > 0)
    // Nothing but the intercept is another.
    let fit = try train { $0.form = form }.model
    #expect(model.allCoefficients.dropFirst() == fit.allCoefficients.dropFirst())
    #expect(model.intercept.value == fit.intercept.value + moved.shift)
    #expect(abs(try rates(fit, Self.text).mean - moved.predictedRate) < 1e-12)
    for (golden, before) in zip(model.goldenLeads, fit.goldenLeads) {
      #expect(abs(golden.logit - before.logit - moved.shift) < 1e-12)
    }
  }

  @Test("where two columns say more together, pairs are chosen, and moved as exactly")
  func pairs() throws {
    var random = SplitMix(state: 23)
    var text = "x,source,outcome,created_at\n"
    for row in 0..<3000 {
      let x = 6 * random.unit()
      let source = ["web", "fair"][Int(2 * random.unit())]
      let eta = (source == "fair" ? 1.2 : -1.2) * (x - 3) + (row < 2400 ? 0 : 0.6)
      let isWon = random.unit() < 1 / (1 + exp(-eta))
      text += "\(String(format: "%.2f", x)),\(source),\(isWon ? "won" : "lost"),"
      text += CalendarDay.text(18_000 + Double(row / 10)) + "\n"
    }
    let model = try train(text) {
      $0.form = nil
      $0.recalibration = .recent
    }.model
    #expect(model.form == .pairs && !model.pairs.isEmpty)
    let (mean, rate) = try rates(model, text)
    #expect(abs(mean - rate) < 1e-9)
    #expect(try LeadModel(json: model.json(), path: "m.json") == model)
  }

  @Test("weights count as copies of leads")
  func weighted() throws {
    let lines = Self.text.split(separator: "\n").enumerated().map {
      $1 + ($0 == 0 ? ",copies" : ",\(1 + $0 % 3)") + "\n"
    }
    let text = lines.joined()
    let model = try train(text) {
      $0.weight = "copies"
      $0.recalibration = .recent
    }.model
    let (mean, rate) = try rates(model, text, weight: "copies")
    #expect(abs(mean - rate) < 1e-9)
  }

  @Test("tiers are of the moved probabilities: the borders move with the intercept")
  func tiers() throws {
    let (moved, fit) = (try train { $0.recalibration = .recent }.model, try train().model)
    let shift = try #require(moved.recalibration).shift
    for (tier, before) in zip(moved.tiers.tiers, fit.tiers.tiers) {
      // Borders are rounded to four decimals.
      let expected = probability(ofLogit: log(before.lowest / (1 - before.lowest)) + shift)
      #expect(abs(tier.lowest - expected) < 5e-4)
      #expect(abs((tier.evidence?.leads ?? 0) - (before.evidence?.leads ?? 0)) <= 2)
    }
  }

  @Test("what it does is judged on leads after those that it knew")
  func check() throws {
    let training = try train {
      $0.validation = .time
      $0.recalibration = .recent
    }
    let moved = try #require(training.model.recalibration)
    let check = try #require(moved.check)
    #expect(check.leads == 150)
    #expect(check.from == "2019-08-27")
    #expect(abs(check.logLossAfter - check.logLossBefore - check.difference) < 1e-12)
    // The check is a training on the leads before, recalibrated, and what it says of the others.
    let lines = Self.text.split(separator: "\n").map { $0 + "\n" }
    let before = try train(lines.prefix(1351).joined()) { $0.recalibration = .recent }.model
    #expect(abs(try #require(before.recalibration).shift - check.shift) < 1e-12)
  }

  @Test("of very many leads a sample is fitted for the check, and it is told")
  func sampledCheck() throws {
    let training = try train {
      $0.recalibration = .recent
      $0.checkedLeads = 500
    }
    let check = try #require(training.model.recalibration?.check)
    let all = try #require(
      try train { $0.recalibration = .recent }.model.recalibration?.check)
    #expect(all.sampledLeads == nil)
    #expect((400...600).contains(try #require(check.sampledLeads)))
    #expect(check.leads == all.leads && check.from == all.from)
    #expect(abs(check.shift - all.shift) < 0.2 && check.logLossBefore != all.logLossBefore)
    let read = try LeadModel(json: training.model.json(), path: "m.json")
    #expect(read.recalibration == training.model.recalibration)
  }

  @Test("it is offered where the rate has moved and it helps, and not elsewhere")
  func offer() throws {
    func offers(_ text: String, _ change: (inout TrainingOptions) -> Void = { _ in }) throws -> Int
    {
      try train(text) {
        $0.validation = .time
        change(&$0)
      }.remarks.count { $0.contains("--recalibrate recent moves the intercept") }
    }
    #expect(try offers(Self.text) == 1)
    #expect(try offers(Self.text) { $0.recalibration = .recent } == 0)
    let stable = DatedLeads.text(
      rows: 1500, time: .created(rowsADay: 10), seed: 4, logit: DatedLeads.stable)
    #expect(try offers(stable) { $0.form = .curves } == 0)
  }

  @Test("without an order in time there is none, and the error says what is needed")
  func timeless() throws {
    let error = try #require(throws: TrainingError.self) {
      try train(DatedLeads.text(rows: 200, time: .order, logit: DatedLeads.stable)) {
        $0.recalibration = .recent
      }
    }
    #expect(error.description.hasPrefix("--recalibrate recent needs a date of creation"))
  }

  @Test(
    "a shift is found however far it is",
    arguments: [
      [0, 0, 0, 0], [800, 700, -900, 2], [-40, -40, -40, -40], [300, 300, 300, 300.0],
    ])
  func far(eta: [Double]) throws {
    let leads = LearningRows(
      rows: [0, 1, 2, 3], outcomes: [1, 0, 0, 0], weights: [1, 1, 1, 1])
    let shift = RecentShift(eta: eta, leads: leads).shift
    let mean = eta.reduce(0) { $0 + probability(ofLogit: $1 + shift) } / 4
    #expect(abs(mean - 0.25) < 1e-9)
  }
}

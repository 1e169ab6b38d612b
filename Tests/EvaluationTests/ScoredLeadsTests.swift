import Evaluation
import Testing

@Suite("Scored leads")
struct ScoredLeadsTests {
  @Test("bad input is an error that names the row")
  func errors() {
    #expect(throws: EvaluationError.noLeads) { try ScoredLeads(probabilities: [], outcomes: []) }
    #expect(throws: EvaluationError.noLeads) {
      try ScoredLeads(probabilities: [0.5], outcomes: [true], weights: [0])
    }
    #expect(throws: EvaluationError.unequalLength(scores: 2, what: "outcomes", count: 1)) {
      try ScoredLeads(probabilities: [0.5, 0.6], outcomes: [true])
    }
    #expect(throws: EvaluationError.unequalLength(scores: 1, what: "weights", count: 2)) {
      try ScoredLeads(probabilities: [0.5], outcomes: [true], weights: [1, 1])
    }
    #expect(throws: EvaluationError.invalidProbability(row: 2, value: 1.5)) {
      try ScoredLeads(probabilities: [0.5, 1.5], outcomes: [true, false])
    }
    #expect(throws: EvaluationError.invalidWeight(row: 1, value: -1)) {
      try ScoredLeads(probabilities: [0.5], outcomes: [true], weights: [-1])
    }
    #expect(throws: EvaluationError.self) {
      try ScoredLeads(probabilities: [.nan], outcomes: [true])
    }
    #expect(throws: EvaluationError.self) {
      try ScoredLeads(linearPredictors: [0, .infinity], outcomes: [true, false])
    }
  }

  @Test("one outcome leaves losses, and says why there is no ranking")
  func oneOutcome() throws {
    let leads = try ScoredLeads(probabilities: [0.25, 0.5], outcomes: [false, false])
    #expect(throws: EvaluationError.oneOutcome(converted: false)) { try AreaUnderCurve(leads) }
    #expect(throws: EvaluationError.oneOutcome(converted: false)) { try CalibrationFit(leads) }
    #expect(throws: EvaluationError.oneOutcome(converted: false)) { try Gains(leads) }
    let metrics = Metrics(leads)
    #expect(metrics.brier.value == (0.0625 + 0.25) / 2)
    #expect(metrics.areaUnderCurve == nil && metrics.lift10 == nil && metrics.gains.isEmpty)
    #expect(metrics.notes == [EvaluationError.oneOutcome(converted: false).description])
  }

  @Test("a single lead has losses without intervals")
  func single() throws {
    let metrics = Metrics(try ScoredLeads(probabilities: [0.5], outcomes: [true]))
    #expect(metrics.brier == Estimate(value: 0.25, standardError: nil, interval: nil))
    #expect(metrics.logLoss.interval == nil && metrics.reliability.count == 1)
  }

  @Test("one lead of each outcome has an area without an interval")
  func two() throws {
    let metrics = Metrics(try ScoredLeads(probabilities: [0.2, 0.7], outcomes: [false, true]))
    #expect(metrics.areaUnderCurve == Estimate(value: 1, standardError: nil, interval: nil))
    #expect(metrics.notes.contains("the AUC has no interval: that needs two leads of each outcome"))
  }

  @Test("perfect scores have an area of 1, capture all first, and no slope")
  func perfect() throws {
    let leads = try ScoredLeads(
      probabilities: [0.1, 0.2, 0.3, 0.8, 0.9], outcomes: [false, false, false, true, true])
    let metrics = Metrics(leads)
    #expect(metrics.areaUnderCurve?.value == 1 && metrics.kolmogorovSmirnov == 1)
    #expect(try Gains.captured(best: 0.4, of: leads) == 1)
    #expect(metrics.lift20 == 2.5)
    #expect(metrics.calibrationSlope == nil)
    #expect(metrics.notes.contains(EvaluationError.separated.description))
    #expect(metrics.calibrationInTheLarge != nil)
  }

  @Test("a tie at the border of the outcomes still separates them")
  func quasiSeparated() throws {
    let leads = try ScoredLeads(
      probabilities: [0.2, 0.5, 0.5, 0.8], outcomes: [false, false, true, true])
    #expect(throws: EvaluationError.separated) { try CalibrationFit(leads) }
  }

  @Test("constant scores are a coin: area one half, lift one, no slope")
  func constant() throws {
    let leads = try ScoredLeads(
      probabilities: [Double](repeating: 0.3, count: 20), outcomes: (0..<20).map { $0 % 4 == 0 })
    let metrics = Metrics(leads)
    #expect(metrics.areaUnderCurve?.value == 0.5 && metrics.kolmogorovSmirnov == 0)
    #expect(metrics.lift10 == 1 && metrics.lift20 == 1)
    #expect(metrics.reliability.count == 1)
    #expect(abs(metrics.expectedCalibrationError - 0.05) < 1e-15)
    #expect(throws: EvaluationError.constantScores) { try CalibrationFit(leads) }
    let shift = try CalibrationFit.inTheLarge(leads).value
    #expect(abs(shift - (logit(0.25) - logit(0.3))) < 1e-12)
  }

  @Test("certain scores cost nothing where right and without limit where wrong")
  func certain() throws {
    let right = try ScoredLeads(probabilities: [0, 1, 1], outcomes: [false, true, true])
    #expect(Losses.logLoss(right).value == 0 && Losses.brier(right).value == 0)
    let wrong = Metrics(
      try ScoredLeads(probabilities: [0, 1, 1, 0.5], outcomes: [true, true, false, true]))
    #expect(wrong.logLoss == Estimate(value: .infinity, standardError: nil, interval: nil))
    #expect(wrong.notes.contains { $0.contains("infinite") })
    #expect(wrong.calibrationInTheLarge == nil)
    #expect(wrong.notes.contains(EvaluationError.certainScore.description))
  }

  @Test("linear predictors of any size have finite losses")
  func farOut() throws {
    let leads = try ScoredLeads(
      linearPredictors: [800, -800, 800, -0.0, 0], outcomes: [true, false, false, true, false])
    #expect(abs(Losses.logLoss(leads).value - (800 + 2 * 0.6931471805599453) / 5) < 1e-12)
    #expect(try AreaUnderCurve(leads).value == (1 + 0.5 + 1 + 1 + 0 + 0.5) / 6)
    #expect(try CalibrationFit(leads).slope.value.isFinite)
  }
}

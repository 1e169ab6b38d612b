import Evaluation
import TestSupport
import Testing

@Suite("Calibration")
struct CalibrationTests {
  @Test("logits that are stretched and shifted have the slope and intercept that undo it")
  func undone() throws {
    let made = SeededLeads(count: 6000, seed: 9)
    let etas = made.probabilities.map(logit)
    let plain = try CalibrationFit(ScoredLeads(linearPredictors: etas, outcomes: made.outcomes))
    for (stretch, shift) in [(4.0, 1.0), (0.01, -300), (50, 20), (-1, 0)] {
      let fit = try CalibrationFit(
        ScoredLeads(
          linearPredictors: etas.map { stretch * $0 + shift }, outcomes: made.outcomes))
      let slope = plain.slope.value / stretch
      expectAgreement(
        [fit.slope.value, fit.slope.standardError ?? .nan, fit.intercept.value],
        [
          slope, (plain.slope.standardError ?? .nan) / abs(stretch),
          plain.intercept.value - slope * shift,
        ], relativeTolerance: 1e-8)
    }
  }

  @Test("right probabilities have a slope near 1 and a shift near 0")
  func right() throws {
    let made = SeededLeads(count: 20_000, seed: 13)
    let leads = try made.leads()
    let fit = try CalibrationFit(leads)
    for (estimate, truth) in [
      (fit.slope, 1.0), (fit.intercept, 0), (try CalibrationFit.inTheLarge(leads), 0),
    ] {
      #expect(abs(estimate.value - truth) < 4 * (try #require(estimate.standardError)))
    }
    let ratio = ObservedToExpected(leads)
    let value = try #require(ratio.value)
    #expect(try #require(ratio.interval).contains(value))
    #expect(abs(value - 1) < 0.05)
    #expect(Reliability(leads).expectedCalibrationError < 0.02)
  }

  @Test("the shift makes the probabilities add up to the conversions")
  func shift() throws {
    let made = SeededLeads(count: 6000, seed: 17)
    let etas = made.probabilities.map { logit($0) - 9 }
    let shift = try CalibrationFit.inTheLarge(
      ScoredLeads(linearPredictors: etas, outcomes: made.outcomes)
    ).value
    let shifted = try ScoredLeads(
      linearPredictors: etas.map { $0 + shift }, outcomes: made.outcomes)
    #expect(abs(try #require(ObservedToExpected(shifted).value) - 1) < 1e-10)
  }

  @Test("where nothing was expected there is no ratio")
  func nothingExpected() throws {
    let metrics = Metrics(try ScoredLeads(probabilities: [0, 0], outcomes: [false, false]))
    #expect(metrics.observedToExpected == nil && metrics.observedToExpectedInterval == nil)
    #expect(metrics.logLoss.value == 0 && metrics == metrics)
  }

  @Test("bins of distinct scores have equal sizes and cover all leads")
  func bins() throws {
    let made = SeededLeads(count: 1000, seed: 19)
    let rows = Reliability(try made.leads()).rows
    #expect(rows.map(\.leads) == [Double](repeating: 100, count: 10))
    #expect(rows.map(\.converted).reduce(0, +) == Double(made.outcomes.count { $0 }))
    for (row, next) in zip(rows, rows.dropFirst()) {
      #expect(row.highestProbability < next.lowestProbability)
      #expect(row.lowestProbability <= row.predicted && row.predicted <= row.highestProbability)
    }
  }
}

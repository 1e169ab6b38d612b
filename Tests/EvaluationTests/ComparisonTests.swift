import Evaluation
import TestSupport
import Testing

@Suite("Model comparison")
struct ComparisonTests {
  let made = SeededLeads(count: 4000, seed: 41)

  /// Leads with scores that are the right logits, changed.
  func leads(_ change: (Int, Double) -> Double) throws -> ScoredLeads {
    try ScoredLeads(
      linearPredictors: made.probabilities.enumerated().map { change($0, logit($1)) },
      outcomes: made.outcomes)
  }

  /// A disturbance of a row that has nothing to do with its outcome.
  func noise(_ row: Int) -> Double { Double((row * 7919) % 1000) / 250 - 2 }

  @Test("a better candidate is promoted, and the reasons say by how much")
  func promote() throws {
    let comparison = try ModelComparison(
      current: leads { $1 + noise($0) }, candidate: leads { $1 })
    #expect(comparison.verdict.decision == .promote)
    #expect(comparison.logLoss.difference.value < 0)
    #expect(comparison.verdict.explanation.contains("The candidate's log loss is lower by "))
    #expect(comparison.verdict.explanation.contains("It ranks better: its AUC is higher by "))
  }

  @Test("a worse candidate is not")
  func keep() throws {
    let comparison = try ModelComparison(
      current: leads { $1 }, candidate: leads { $1 + noise($0) })
    #expect(comparison.verdict.decision == .keep)
    #expect(comparison.verdict.reasons.count == 3)
  }

  @Test("the same model twice cannot be told apart: no difference, p of 1")
  func same() throws {
    let comparison = try ModelComparison(current: leads { $1 }, candidate: leads { $1 })
    #expect(comparison.verdict.decision == .cannotTell)
    #expect(comparison.logLoss.difference.value == 0 && comparison.logLoss.pValue == 1)
    #expect(comparison.brier.pValue == 1)
    #expect(comparison.areaUnderCurve?.difference.interval == Interval(low: 0, high: 0))
    #expect(comparison.areaUnderCurve?.pValue == 1)
    #expect(comparison.scoreStability.value == 0)
  }

  @Test("a difference within chance is not decided, and the detectable one is named")
  func cannotTell() throws {
    let comparison = try ModelComparison(
      current: leads { $1 }, candidate: leads { $1 + 0.002 * noise($0) })
    #expect(comparison.verdict.decision == .cannotTell)
    #expect(comparison.verdict.explanation.contains("four times out of five"))
    let estimate = comparison.logLoss.difference
    let error = try #require(estimate.standardError)
    #expect(abs(try #require(estimate.detectableDifference) / error - 2.801585218) < 1e-8)
  }

  @Test("a candidate that is better but badly calibrated is not promoted")
  func badCalibration() throws {
    let comparison = try ModelComparison(
      current: leads { $1 + 3 * noise($0) }, candidate: leads { 2 * $1 })
    #expect(comparison.logLoss.difference.value < 0)
    #expect(comparison.verdict.decision == .cannotTell)
    #expect(comparison.verdict.explanation.contains("too extreme: its calibration slope is "))
  }

  @Test("a candidate with wrong totals is not promoted")
  func badTotals() throws {
    let comparison = try ModelComparison(
      current: leads { $1 + 3 * noise($0) }, candidate: leads { $1 + 0.7 })
    #expect(comparison.verdict.decision == .cannotTell)
    #expect(comparison.verdict.explanation.contains("too high on the whole"))
  }

  @Test("few conversions decide nothing, and one outcome has no test of areas")
  func few() throws {
    func pair(_ outcomes: [Bool]) throws -> ModelComparison {
      let one = outcomes.indices.map { Double($0 % 10) / 10 + 0.05 }
      return try ModelComparison(
        current: ScoredLeads(probabilities: one, outcomes: outcomes),
        candidate: ScoredLeads(probabilities: one.map { 1 - $0 }, outcomes: outcomes))
    }
    let few = try pair((0..<100).map { $0 % 25 == 0 })
    #expect(few.verdict.decision == .cannotTell)
    #expect(few.verdict.reasons[0].hasPrefix("Only 4 of 100 leads converted; a verdict needs"))
    let none = try pair((0..<100).map { _ in false })
    #expect(none.areaUnderCurve == nil && none.verdict.decision == .cannotTell)
  }

  @Test("a certain score that was wrong leaves nothing to compare")
  func certain() throws {
    let outcomes = (0..<100).map { $0 % 3 == 0 }
    let comparison = try ModelComparison(
      current: ScoredLeads(
        probabilities: outcomes.indices.map { $0 == 0 ? 0 : 0.3 }, outcomes: outcomes),
      candidate: ScoredLeads(
        probabilities: outcomes.indices.map { $0 == 3 ? 0 : 0.4 }, outcomes: outcomes))
    #expect(comparison.verdict.decision == .cannotTell)
    #expect(comparison.verdict.explanation.hasPrefix("A probability of exactly 0 or 1 was wrong"))
  }

  @Test("other leads are an error")
  func different() throws {
    let one = try ScoredLeads(probabilities: [0.1, 0.2], outcomes: [true, false])
    let other = try ScoredLeads(probabilities: [0.1, 0.2], outcomes: [true, true])
    let three = try ScoredLeads(probabilities: [0.1, 0.2, 0.3], outcomes: [true, true, false])
    #expect(throws: EvaluationError.differentLeads(row: 2)) { try PairedLeads(one, other) }
    #expect(throws: EvaluationError.differentLeads(row: nil)) { try PairedLeads(one, three) }
  }

  @Test("a perfect ranking against a constant one has a difference, but no test")
  func degenerate() throws {
    let outcomes = [false, false, true, true]
    let test = try DeLongTest(
      paired: PairedLeads(
        ScoredLeads(probabilities: [0.1, 0.2, 0.8, 0.9], outcomes: outcomes),
        ScoredLeads(probabilities: [0.5, 0.5, 0.5, 0.5], outcomes: outcomes)))
    #expect(test.difference == Estimate(value: 0.5, standardError: nil, interval: nil))
    #expect(test.pValue == nil && test.pGreater == nil)
  }

  @Test("the interval on logits stays inside 0 to 1 and holds the area")
  func logitInterval() throws {
    let leads = try leads { $1 * 3 }
    let area = try AreaUnderCurve(leads)
    let interval = try #require(area.logitInterval)
    #expect(interval.low > 0 && interval.high < 1 && interval.contains(area.value))
    let plain = try #require(area.estimate.interval)
    #expect(abs(interval.low - plain.low) < 0.01 && abs(interval.high - plain.high) < 0.01)
  }
}

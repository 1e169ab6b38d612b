import Evaluation
import TestSupport
import Testing

@Suite("Properties of all metrics")
struct PropertyTests {
  @Test("the order of rows changes no bit", arguments: [1, 2, 3] as [UInt64], [nil, 20.0])
  func order(seed: UInt64, steps: Double?) throws {
    var made = SeededLeads(count: 700, seed: seed, steps: steps)
    let metrics = Metrics(try made.leads())
    let weighted = try ScoredLeads(
      probabilities: made.probabilities, outcomes: made.outcomes, weights: made.weights)
    let comparison = try ModelComparison(
      current: made.leads(),
      candidate: ScoredLeads(probabilities: made.second, outcomes: made.outcomes))
    made.shuffle()
    let shuffled = try ModelComparison(
      current: made.leads(),
      candidate: ScoredLeads(probabilities: made.second, outcomes: made.outcomes))
    let shuffledWeighted = try ScoredLeads(
      probabilities: made.probabilities, outcomes: made.outcomes, weights: made.weights)

    #expect(Metrics(try made.leads()) == metrics)
    #expect(Metrics(shuffledWeighted) == Metrics(weighted))
    #expect(shuffled.logLoss == comparison.logLoss)
    #expect(shuffled.brier == comparison.brier)
    #expect(shuffled.areaUnderCurve == comparison.areaUnderCurve)
    #expect(shuffled.scoreStability == comparison.scoreStability)
    #expect(shuffled.verdict == comparison.verdict)
  }

  @Test("a weight of two is a row twice, and a weight of zero none", arguments: [nil, 12.0])
  func weights(steps: Double?) throws {
    let made = SeededLeads(count: 400, seed: 7, steps: steps)
    let second = made.second
    var (p, q, y): ([Double], [Double], [Bool]) = ([], [], [])
    for row in made.outcomes.indices {
      for _ in 0..<Int(made.weights[row]) {
        p.append(made.probabilities[row])
        q.append(second[row])
        y.append(made.outcomes[row])
      }
    }
    let weighted = try ModelComparison(
      current: ScoredLeads(
        probabilities: made.probabilities, outcomes: made.outcomes, weights: made.weights),
      candidate: ScoredLeads(
        probabilities: second, outcomes: made.outcomes, weights: made.weights))
    let repeated = try ModelComparison(
      current: ScoredLeads(probabilities: p, outcomes: y),
      candidate: ScoredLeads(probabilities: q, outcomes: y))

    #expect(weighted.current == repeated.current)
    #expect(weighted.candidate == repeated.candidate)
    #expect(weighted.scoreStability == repeated.scoreStability)
    for (one, other) in [
      (weighted.logLoss.difference, repeated.logLoss.difference),
      (weighted.brier.difference, repeated.brier.difference),
      (
        try #require(weighted.areaUnderCurve).difference,
        try #require(repeated.areaUnderCurve).difference
      ),
    ] {
      expectAgreement(
        [one.value, one.standardError ?? .nan], [other.value, other.standardError ?? .nan],
        relativeTolerance: 1e-12)
    }
  }

  @Test("turning scores or outcomes around turns the area around")
  func complement() throws {
    let made = SeededLeads(count: 300, seed: 11, steps: 64)
    let area = try AreaUnderCurve(made.leads())
    let turned = try AreaUnderCurve(
      ScoredLeads(probabilities: made.probabilities.map { 1 - $0 }, outcomes: made.outcomes))
    let other = try AreaUnderCurve(
      ScoredLeads(probabilities: made.probabilities, outcomes: made.outcomes.map(!)))
    expectAgreement(
      [turned.value, other.value], [1 - area.value, 1 - area.value], relativeTolerance: 1e-14)
    expectAgreement(
      [turned.variance ?? .nan, other.variance ?? .nan],
      [area.variance ?? .nan, area.variance ?? .nan], relativeTolerance: 1e-12)
  }

  @Test("a rising transformation of the scores changes no rank statistic")
  func transformed() throws {
    let made = SeededLeads(count: 500, seed: 5, steps: 40)
    let one = try made.leads()
    let other = try ScoredLeads(
      linearPredictors: made.probabilities.map { 1e3 * $0 * $0 * $0 - 400 }, outcomes: made.outcomes
    )
    #expect(try AreaUnderCurve(one) == AreaUnderCurve(other))
    #expect(try KolmogorovSmirnov(one).value == KolmogorovSmirnov(other).value)
    #expect(try Gains(one).rows.map(\.captured) == Gains(other).rows.map(\.captured))
  }

  @Test("probabilities and their logits give the same metrics")
  func scales() throws {
    let made = SeededLeads(count: 500, seed: 23, steps: 100)
    let one = Metrics(try made.leads())
    let other = Metrics(
      try ScoredLeads(
        linearPredictors: made.probabilities.map { logit($0) }, outcomes: made.outcomes))
    func numbers(_ metrics: Metrics) throws -> [Double] {
      [
        try #require(metrics.areaUnderCurve).value, metrics.logLoss.value, metrics.brier.value,
        try #require(metrics.calibrationSlope).value,
        try #require(metrics.calibrationInTheLarge).value, metrics.expectedCalibrationError,
        try #require(metrics.lift10), try #require(metrics.kolmogorovSmirnov),
      ]
    }
    expectAgreement(try numbers(other), try numbers(one), relativeTolerance: 1e-11)
  }

  @Test("swapping two models turns their differences around")
  func swapped() throws {
    let made = SeededLeads(count: 600, seed: 31)
    let (one, other) = try (
      made.leads(), ScoredLeads(probabilities: made.second, outcomes: made.outcomes)
    )
    let forth = try ModelComparison(current: one, candidate: other)
    let back = try ModelComparison(current: other, candidate: one)
    let (area, reverse) = try (
      #require(forth.areaUnderCurve), #require(back.areaUnderCurve)
    )
    expectAgreement(
      [forth.logLoss.difference.value, forth.brier.difference.value, area.difference.value],
      [-back.logLoss.difference.value, -back.brier.difference.value, -reverse.difference.value],
      relativeTolerance: 1e-12)
    expectAgreement([area.pValue ?? .nan], [reverse.pValue ?? .nan], relativeTolerance: 1e-11)
  }
}

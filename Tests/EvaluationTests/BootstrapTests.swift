import Parallelism
import TestSupport
import Testing

@testable import Evaluation

@Suite("Bootstrap")
struct BootstrapTests {
  @Test(
    "a draw's measures are those of the leads with its weights",
    arguments: [3, 16, 17, 40, 700], [nil, 1.0, 3.0, 40.0])
  func weightedMeasures(count: Int, steps: Double?) throws {
    let leads = try SeededLeads(count: count, seed: UInt64(count), steps: steps).leads()
    let rows = try BootstrapRows(leads.groups)
    var (probabilities, outcomes): ([Double], [Bool]) = ([], [])
    for index in leads.groups.scores.indices {
      for (number, converted) in [
        (leads.groups.negatives[index], false), (leads.groups.positives[index], true),
      ] {
        for _ in 0..<Int(number) {
          probabilities.append(leads.groups.scores[index])
          outcomes.append(converted)
        }
      }
    }
    for draw in 0..<20 {
      let weights = rows.weights(draw, seed: 9)
      let sample = rows.sample(draw, seed: 9)
      guard weights.contains(where: { $0 > 0 }) else {
        #expect(sample == BootstrapRows.Sample(areaUnderCurve: nil, logLoss: nil))
        continue
      }
      let drawn = try ScoredLeads(
        probabilities: probabilities, outcomes: outcomes, weights: weights)
      expectAgreement(
        [try #require(sample.logLoss)], [Losses.logLoss(drawn).value], relativeTolerance: 1e-12)
      if drawn.hasBothOutcomes {
        expectAgreement(
          [try #require(sample.areaUnderCurve)], [try AreaUnderCurve(drawn).value],
          relativeTolerance: 1e-12)
      } else {
        #expect(sample.areaUnderCurve == nil)
      }
    }
  }

  @Test("weights are independent Poisson variables of mean 1")
  func poissonWeights() throws {
    let made = SeededLeads(count: 20_000, seed: 3)
    let rows = try BootstrapRows(made.leads().groups)
    let weights = (0..<10).flatMap { rows.weights($0, seed: 1) }
    let count = Double(weights.count)
    #expect(count == 200_000)
    var probability = 0.36787944117144233
    for value in 0...6 {
      let found = Double(weights.count { $0 == Double(value) })
      let spread = (count * probability * (1 - probability)).squareRoot()
      #expect(abs(found - count * probability) < 4 * spread, "\(value): \(found)")
      probability /= Double(value + 1)
    }
    // Rows that follow each other share 64 bits; so do rows of two draws their place.
    for distance in [1, 2, 16, 20_000] {
      let products = zip(weights, weights.dropFirst(distance)).map { ($0 - 1) * ($1 - 1) }
      #expect(abs(products.reduce(0, +)) < 4 * count.squareRoot(), "\(distance)")
    }
  }

  @Test("agrees with DeLong's and Student's intervals", arguments: [nil, 20.0])
  func formulas(steps: Double?) throws {
    let leads = try SeededLeads(count: 4000, seed: 5, steps: steps).leads()
    let bootstrap = try Bootstrap(leads, draws: 2000, seed: 1)
    for (found, expected) in [
      (try #require(bootstrap.areaUnderCurve), try AreaUnderCurve(leads).estimate),
      (try #require(bootstrap.logLoss), Losses.logLoss(leads)),
    ] {
      let error = try #require(expected.standardError)
      #expect(found.value == expected.value)
      // The error of a standard deviation over 2,000 draws is 1.6 %, that of a percentile 6 % of it.
      expectAgreement([try #require(found.standardError)], [error], relativeTolerance: 0.07)
      let (interval, other) = (try #require(found.interval), try #require(expected.interval))
      #expect(abs(interval.low - other.low) < 0.25 * error)
      #expect(abs(interval.high - other.high) < 0.25 * error)
    }
  }

  @Test("neither threads nor the order of rows change a bit; another seed does")
  func repeatable() throws {
    var made = SeededLeads(count: 500, seed: 8, steps: 30)
    let before = Parallel.threads
    defer { Parallel.threads = before }
    Parallel.threads = 1
    let first = try Bootstrap(made.leads(), draws: 200, seed: 4)
    Parallel.threads = 3
    made.shuffle()
    #expect(try Bootstrap(made.leads(), draws: 200, seed: 4) == first)
    let other = try Bootstrap(made.leads(), draws: 200, seed: 5)
    #expect(other.areaUnderCurve?.interval != first.areaUnderCurve?.interval)
  }

  @Test("a weight of two is a lead twice")
  func wholeWeights() throws {
    let weighted = try ScoredLeads(
      probabilities: [0.1, 0.4, 0.6, 0.7], outcomes: [false, true, false, true],
      weights: [2, 1, 3, 0])
    let repeated = try ScoredLeads(
      probabilities: [0.1, 0.1, 0.4, 0.6, 0.6, 0.6],
      outcomes: [false, false, true, false, false, false])
    #expect(try Bootstrap(weighted, draws: 100) == Bootstrap(repeated, draws: 100))
  }

  @Test("a part of a lead cannot be drawn")
  func fractionalWeight() throws {
    let leads = try ScoredLeads(
      probabilities: [0.1, 0.4], outcomes: [false, true], weights: [1.5, 1])
    #expect(throws: EvaluationError.undrawableWeights) { try Bootstrap(leads) }
  }

  @Test("what the leads cannot tell has no interval")
  func missingParts() throws {
    let oneOutcome = try Bootstrap(
      ScoredLeads(probabilities: [0.1, 0.4, 0.3], outcomes: [false, false, false]), draws: 100)
    #expect(oneOutcome.areaUnderCurve == nil)
    #expect(oneOutcome.logLoss != nil)
    let wrong = try Bootstrap(
      ScoredLeads(probabilities: [0, 0.4, 0.3], outcomes: [true, false, false]), draws: 100)
    #expect(wrong.areaUnderCurve != nil)
    #expect(wrong.logLoss == nil)
  }

  @Test("quantiles are those of NumPy")
  func quantiles() throws {
    let sorted = [1.0, 2, 4, 8, 16]
    #expect(Bootstrap.quantile(0.025, of: sorted) == 1.1)
    #expect(abs(Bootstrap.quantile(0.975, of: sorted) - 15.2) < 1e-14)
    #expect(Bootstrap.quantile(0.5, of: sorted) == 4)
    let estimate = try #require(Bootstrap.estimate(3, [2, 4]))
    #expect(estimate.standardError == 2.0.squareRoot())
    #expect(Bootstrap.estimate(3, [2]) == nil)
  }
}

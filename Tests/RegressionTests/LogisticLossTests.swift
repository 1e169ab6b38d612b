import LinearAlgebra
import TestSupport
import Testing

@testable import Regression

@Suite("Logistic loss")
struct LogisticLossTests {
  /// The distance of two doubles in units in the last place.
  private func ulps(_ found: Double, _ expected: Double) -> Double {
    found == expected ? 0 : abs(found - expected) / max(expected.ulp, .leastNonzeroMagnitude)
  }

  @Test("has loss, residual and curvature of 40-digit arithmetic to a few units in the last place")
  func agreesWithReferences() {
    for row in References.all.loss {
      var terms = LossTerms(rows: 1)
      terms.evaluate(eta: [row[0]], outcomes: [row[1]], weights: nil)
      let isWhole = row[1] == 0 || row[1] == 1
      #expect(ulps(terms.loss, row[2]) <= 3, "loss at \(row[0]), outcome \(row[1]): \(terms.loss)")
      // A share of an outcome takes a difference of two numbers of its size.
      let size = isWhole ? row[3] : 1
      #expect(abs(terms.residual[0] - row[3]) <= 3 * size.ulp, "residual at \(row[0]), \(row[1])")
      #expect(ulps(terms.curvature[0], row[4]) <= 5, "curvature at \(row[0])")
    }
  }

  @Test("is exact at predictors of 800: no loss on the right side, 800 nats on the wrong one")
  func extremePredictors() {
    #expect(LogisticLoss.sum(eta: [800, -800], outcomes: [1, 0]) == 0)
    #expect(LogisticLoss.sum(eta: [800, -800], outcomes: [0, 1]) == 1600)
    #expect(LogisticLoss.probabilities([800, -800, 0]) == [1, 0, 0.5])
    #expect(LogisticLoss.probabilities([-745])[0] == .leastNonzeroMagnitude)
  }

  @Test("sums the same for any number of rows as row by row")
  func sumsOfManyRows() {
    for rows in [0, 1, 7, 255, 256, 257, 16_383, 16_385, 40_000] {
      let eta = (0..<rows).map { Double($0 % 97) / 9 - 5 }
      let outcomes = (0..<rows).map { Double($0 % 3) / 2 }
      let weights = (0..<rows).map { Double($0 % 4) }
      var expected = 0.0
      for i in 0..<rows {
        expected += weights[i] * LogisticLoss.sum(eta: [eta[i]], outcomes: [outcomes[i]])
      }
      let found = LogisticLoss.sum(eta: eta, outcomes: outcomes, weights: weights)
      #expect(abs(found - expected) <= 1e-12 * expected)
    }
  }

  @Test(
    "without weights keeps as many digits as row by row, however small losses are",
    arguments: [0, -4, -12, -35, -300])
  func sumsWithoutWeights(mean: Double) {
    for rows in [8, 250, 256, 700, 20_000] {
      let eta = (0..<rows).map { mean + Double($0 % 97) / 24 - 2 }
      let outcomes = (0..<rows).map { $0 % 600 == 5 ? 1.0 : 0 }
      for outcomes in [outcomes, [Double](repeating: 0, count: rows)] {
        // Added with what each addition loses.
        var (expected, lost) = (0.0, 0.0)
        for row in 0..<rows {
          let loss = LogisticLoss.sum(eta: [eta[row]], outcomes: [outcomes[row]]) + lost
          (expected, lost) = (expected + loss, loss - ((expected + loss) - expected))
        }
        let found = LogisticLoss.sum(eta: eta, outcomes: outcomes)
        #expect(abs(found - expected) <= 2e-14 * expected, "\(rows) rows about \(mean)")
      }
    }
  }

  @Test("has slope and bend along a direction as sums of products")
  func alongDirection() {
    let eta = (0..<1000).map { Double($0 % 31) / 5 - 3 }
    let direction = (0..<1000).map { Double($0 % 17) / 9 - 1 }
    let outcomes = (0..<1000).map { Double($0 % 2) }
    var terms = LossTerms(rows: 1000)
    terms.evaluate(eta: eta, direction: direction, step: 0.3, outcomes: outcomes, weights: nil)
    var (slope, bend) = (0.0, 0.0)
    for i in 0..<1000 {
      #expect(abs(terms.eta[i] - (eta[i] + 0.3 * direction[i])) <= 1e-15)
      slope += terms.residual[i] * direction[i]
      bend += terms.curvature[i] * direction[i] * direction[i]
    }
    #expect(abs(terms.slope - slope) <= 1e-12 && abs(terms.bend - bend) <= 1e-12)
  }

  @Test(
    "a move along coefficients is the change of predictors, the terms and their sums",
    arguments: [false, true])
  func move(weighted: Bool) throws {
    let data = MadeUpData(rows: 3000, columns: 5, levels: 30, seed: 9)
    let design = try data.design()
    let weights = weighted ? data.outcomes.indices.map { Double($0 % 3) } : nil
    let direction = (0..<design.columnCount).map { 0.1 * Double($0 % 7) - 0.3 }
    let start = design.times(direction.map { -2 * $0 })
    var (terms, expected) = (LossTerms(keeping: start), LossTerms(rows: 3000))
    let sums = terms.move(
      along: direction, of: design, outcomes: data.outcomes, weights: weights,
      curvatures: true)
    expected.evaluate(
      eta: start, direction: design.times(direction), step: 1, outcomes: data.outcomes,
      weights: weights)
    #expect(terms.eta == expected.eta && terms.residual.isEmpty && terms.curvature.isEmpty)
    #expect(sums[0] == design.transposedTimes(expected.residual))
    #expect(sums[1] == design.transposedTimes(expected.curvature))
    let pull = terms.pull(of: design, outcomes: data.outcomes, weights: weights)
    #expect(pull == sums[0])
    // Curvatures that are not kept can be had again.
    #expect(LogisticLoss.curvatures(terms.eta, weights: weights) == expected.curvature)
    terms.evaluate(
      eta: start, direction: design.times(direction), step: 1, outcomes: data.outcomes,
      weights: weights)
    #expect(terms.eta == expected.eta && terms.residual.isEmpty && terms.loss == expected.loss)
    // From nothing a move is to the coefficients' own predictors.
    var whole = LossTerms(predictorsOf: 3000)
    let pulls = whole.move(
      along: direction, fromZero: true, of: design, outcomes: data.outcomes, weights: weights)
    expected.evaluate(
      eta: design.times(direction), outcomes: data.outcomes, weights: weights)
    #expect(whole.eta == expected.eta && pulls == [design.transposedTimes(expected.residual)])
    expectAgreement([whole.loss], [expected.loss], relativeTolerance: 1e-12)
    terms = LossTerms(keeping: start)
    terms.move(along: direction, of: design, outcomes: data.outcomes, weights: weights)
    expected.evaluate(
      eta: start, direction: design.times(direction), step: 1, outcomes: data.outcomes,
      weights: weights)
    expectAgreement(
      [terms.loss, terms.slope, terms.bend], [expected.loss, expected.slope, expected.bend],
      relativeTolerance: 1e-12)
  }
}

import Foundation
import TestSupport
import Testing

@testable import FeatureEncoding

@Suite("Numeric encoding")
struct NumericEncodingTests {
  static func power(_ exponent: Double) -> Double { pow(10, exponent) }

  private func learn(_ values: [Double]) -> NumericEncoding {
    NumericEncoding(count: values.count, value: { values[$0] }, weight: { _ in 1 })
  }

  /// Quantiles of a distribution, evenly spaced: its shape without chance.
  private func quantiles(_ quantile: (Double) -> Double) -> [Double] {
    (0..<500).map { quantile((Double($0) + 0.5) / 500) }
  }

  @Test("a non-negative column with a long right tail is learned on the log scale")
  func longTail() {
    #expect(learn(quantiles { -1000 * log(1 - $0) }).transform == .log1p)
    #expect(learn(quantiles { exp(3 * ($0 - 0.5) * 4) }).transform == .log1p)
  }

  @Test("symmetric, left-tailed, signed and two-valued columns are learned as they are")
  func asTheyAre() {
    #expect(learn(quantiles { $0 }).transform == .identity)
    #expect(learn(quantiles { 5000 + 1000 * log($0) }).transform == .identity)
    #expect(learn(quantiles { -1000 * log(1 - $0) - 10 }).transform == .identity)
    #expect(learn((0..<100).map { $0 < 3 ? 1 : 0 }).transform == .identity)
    #expect(learn([]).transform == .identity)
  }

  @Test("standardised values have mean 0 and deviation 1, transformed or not")
  func standardised() {
    for values in [quantiles { -1000 * log(1 - $0) }, quantiles { 50 - 7 * $0 }] {
      let encoding = learn(values)
      let z = values.map(encoding.standardized)
      let mean = z.reduce(0, +) / Double(z.count)
      let square = z.reduce(0) { $0 + $1 * $1 } / Double(z.count)
      #expect(abs(mean) < 1e-13)
      #expect(abs(square - 1) < 1e-12)
    }
  }

  @Test("the log scale is log(1 + x), of the value held within the range")
  func logScale() {
    let encoding = NumericEncoding(
      transform: .log1p, mean: 2, standardDeviation: 0.5, lowest: 0, highest: 100,
      presentLeads: 9, missingLeads: 0)
    let numbers = [0, 1e-18, 3, 100, 1e9, -5, Double.infinity]
    let held = [0, 0, 3, 100, 100, 0, 100.0]
    let expected = held.map { (log(1 + $0) - 2) / 0.5 }
    expectAgreement(numbers.map(encoding.standardized), expected, relativeTolerance: 1e-15)
  }

  @Test("a missing number scores as the average lead, and training counts it")
  func missing() {
    let encoding = learn([1, 2, .nan, 4, .nan])
    #expect(encoding.standardized(.nan) == 0)
    #expect(encoding.hasMissing)
    #expect(encoding.presentLeads == 3)
    #expect(encoding.missingLeads == 2)
    #expect(!learn([1, 2, 4]).hasMissing)
  }

  @Test("weights that are no whole numbers leave no missing leads where none is missing")
  func fractionalWeights() {
    let values = (0..<1000).map { Double($0 % 17) }
    let encoding = NumericEncoding(
      count: 1000, value: { values[$0] }, weight: { 0.1 + Double($0 % 7) / 3 })
    #expect(encoding.missingLeads == 0)
  }

  @Test("a constant column does not vary, and every number scores 0")
  func constant() {
    let encoding = learn([7, 7, 7])
    #expect(!encoding.varies)
    #expect([7, 8, -1e300, .nan].map(encoding.standardized) == [0, 0, 0, 0])
  }

  @Test("values at training are never moved by the range")
  func inRange() {
    let values = quantiles { 1e6 + 3.7 * $0 }
    let encoding = learn(values)
    for value in values { #expect(value >= encoding.lowest && value <= encoding.highest) }
  }

  @Test("a number counts as far outside beyond once the range again")
  func farOutside() {
    let encoding = NumericEncoding(
      transform: .identity, mean: 5, standardDeviation: 2, lowest: 0, highest: 10,
      presentLeads: 9, missingLeads: 0)
    let usual = encoding.usualNumbers
    #expect(usual.lowest == -10)
    #expect(usual.highest == 20)
  }

  @Test(
    "numbers of any size become finite values of mean 0 and deviation 1",
    arguments: [
      [1e308, 1.7e308, 1.5e308], [-1.7e308, 1.7e308, 0], [1e200, 3e200, -1e200],
      [1e-200, 2e-200, 5e-200], [.leastNonzeroMagnitude, 1e-300, 3e-300], [1e308, 0, 1, 2],
    ])
  func extremes(values: [Double]) {
    let encoding = learn(values)
    let z = values.map(encoding.standardized)
    #expect(encoding.lowest.isFinite && encoding.highest.isFinite)
    let n = Double(values.count)
    #expect(abs(z.reduce(0, +)) < 1e-12 * n)
    #expect(abs(z.reduce(0) { $0 + $1 * $1 } / n - 1) < 1e-12)
  }

  @Test("learned plainly it is never transformed, and weights count")
  func plain() {
    let encoding = NumericEncoding(plain: [0, 1, 1000], weights: [2, 1, 1])
    #expect(encoding.transform == .identity)
    expectAgreement(
      [encoding.mean, encoding.standardDeviation, encoding.presentLeads],
      [250.25, (1_000_001.0 / 4 - 250.25 * 250.25).squareRoot(), 4], relativeTolerance: 1e-14)
    #expect(encoding.missingLeads == 0)
    #expect([encoding.lowest, encoding.highest] == [0, 1100])
  }
}

@Suite("Log of one plus")
struct LogOnePlusTests {
  @Test("keeps its digits near 0")
  func small() {
    expectAgreement(
      [logOnePlus(1e-20), logOnePlus(1e-10), logOnePlus(1)],
      [1e-20, 1e-10 - 5e-21, 0.693_147_180_559_945_3], relativeTolerance: 1e-15)
    #expect(logOnePlus(0) == 0)
  }
}

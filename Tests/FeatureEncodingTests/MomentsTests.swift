import CKernels
import Foundation
import Tables
import TestSupport
import Testing

@testable import FeatureEncoding

@Suite("Moments")
struct MomentsTests {
  private func moments(_ values: [Double], _ weights: [Double]? = nil) -> Moments {
    Moments(count: values.count, value: { values[$0] }, weight: { weights?[$0] ?? 1 })
  }

  @Test("of the numbers 1 to n are those of the closed forms", arguments: [2, 5, 100, 9999])
  func uniform(n: Int) {
    let found = moments((1...n).map(Double.init))
    let m = Double(n)
    expectAgreement(
      [found.weight, found.mean, found.standardDeviation, found.lowest, found.highest],
      [m, (m + 1) / 2, ((m * m - 1) / 12).squareRoot(), 1, m], relativeTolerance: 1e-13)
    #expect(abs(found.skewness) < 1e-12)
    #expect(found.varies)
  }

  @Test("skewness of zeros and ones is that of a Bernoulli variable", arguments: [1, 10, 50, 97])
  func bernoulli(ones: Int) {
    let p = Double(ones) / 100
    let found = moments((0..<100).map { $0 < ones ? 1 : 0 })
    expectAgreement(
      [found.mean, found.standardDeviation, found.skewness],
      [p, (p * (1 - p)).squareRoot(), (1 - 2 * p) / (p * (1 - p)).squareRoot()],
      relativeTolerance: 1e-12)
  }

  @Test("a weight of two equals a value given twice, and a weight of 0 a value left out")
  func weights() {
    let weighted = moments([3, .nan, 8, -4, .nan, 99], [2, 2, 1, 3, 1, 0])
    let repeated = moments([3, 3, .nan, .nan, 8, -4, -4, -4, .nan])
    expectAgreement(
      [weighted.mean, weighted.standardDeviation, weighted.skewness],
      [repeated.mean, repeated.standardDeviation, repeated.skewness], relativeTolerance: 1e-14)
    for found in [weighted, repeated] {
      #expect(found.weight == 6)
      #expect(found.missingWeight == 3)
      #expect(found.lowest == -4)
      #expect(found.highest == 8)
      #expect(found.weightAtLowest == 3)
      #expect(found.weightAtHighest == 1)
    }
  }

  @Test("a large offset costs no more digits than the numbers have")
  func offset() {
    let found = moments([1e9 + 1, 1e9 + 2, 1e9 + 3])
    expectAgreement(
      [found.mean, found.standardDeviation], [1e9 + 2, (2.0 / 3).squareRoot()],
      relativeTolerance: 1e-15)
    #expect(found.skewness == 0)
  }

  @Test(
    "numbers whose squares overflow or vanish have the moments of their multiples",
    arguments: [1e200, 1e-200, 1e307, 1e-300, 0x1p1020, -1e300] as [Double])
  func extremeScale(scale: Double) {
    let values = [1.0, 2, 3, 3.5, 9, .nan]
    let plain = moments(values)
    let found = moments(values.map { $0 * scale })
    expectAgreement(
      [found.mean / scale, found.standardDeviation / abs(scale), found.skewness],
      [plain.mean, plain.standardDeviation, plain.skewness * (scale < 0 ? -1 : 1)],
      relativeTolerance: 1e-13)
    #expect(found.varies)
    #expect(found.missingWeight == 1)
  }

  @Test("both ends of the number range together have finite moments")
  func wholeRange() {
    let largest = Double.greatestFiniteMagnitude
    let found = moments([largest, -largest, largest, -largest])
    #expect(found.mean == 0)
    #expect(found.standardDeviation == largest)
    #expect(found.skewness == 0)
  }

  @Test("without values there is no range and nothing varies")
  func nothing() {
    for found in [moments([]), moments([.nan, .nan]), moments([5, 6], [0, 0])] {
      #expect(found.weight == 0)
      #expect(!found.varies)
    }
  }

  @Test("values that differ by rounding alone do not vary")
  func rounding() {
    #expect(!moments([0.3, 0.1 + 0.2]).varies)
    #expect(!moments([5, 5, 5]).varies)
    #expect(!moments([0, -0.0]).varies)
    #expect(moments([0, 1e-300]).varies)
  }

  @Test("missing values and weights of 0 are as if left out")
  func leftOut() {
    var generator = SeededGenerator(seed: 7)
    let rows = (0..<2000).map { _ -> (value: Double, weight: Double) in
      let value = Double(Int.random(in: -40...90, using: &generator)) / 7
      let isMissing = Int.random(in: 0..<4, using: &generator) == 0
      return (isMissing ? .nan : value, Double(Int.random(in: 0...2, using: &generator)))
    }
    let kept = rows.filter { !$0.value.isNaN && $0.weight > 0 }
    let found = Moments(rows.map(\.value), weights: rows.map(\.weight))
    let plain = Moments(kept.map(\.value), weights: kept.map(\.weight))
    // The order of sums hangs on the place of a value.
    expectAgreement(
      [found.mean, found.standardDeviation, found.skewness],
      [plain.mean, plain.standardDeviation, plain.skewness], relativeTolerance: 1e-12)
    #expect(found.weight == kept.reduce(0) { $0 + $1.weight })
    #expect(
      found.missingWeight == rows.reduce(0) { $1.value.isNaN ? $0 + $1.weight : $0 })
    let lowest = kept.map(\.value).min()
    let highest = kept.map(\.value).max()
    #expect(found.lowest == lowest && found.highest == highest)
    #expect(
      found.weightAtLowest == kept.reduce(0) { $1.value == lowest ? $0 + $1.weight : $0 })
    #expect(
      found.weightAtHighest == kept.reduce(0) { $1.value == highest ? $0 + $1.weight : $0 })
  }

  @Test("no weights are weights of 1, to the last bit", arguments: [0, 3, 8, 2003])
  func withoutWeights(count: Int) throws {
    let values: [Double] = (0..<count).map { (row: Int) -> Double in
      row % 7 == 3 ? .nan : Double(row * row % 1013) / 8
    }
    let ones = [Double](repeating: 1, count: count)
    let (plain, weighted) = (Moments(values, weights: nil), Moments(values, weights: ones))
    #expect(String(reflecting: plain) == String(reflecting: weighted))
    // Too large for cubes: the mean is summed in other units.
    let large = values.map { $0 * 1e200 }
    #expect(
      String(reflecting: Moments(large, weights: nil))
        == String(reflecting: Moments(large, weights: ones)))
    let (counts, expected) = (
      ValueCounts(values, weights: nil), ValueCounts(values, weights: ones)
    )
    #expect(counts.values == expected.values && counts.leads == expected.leads)
    #expect(counts.missingLeads == expected.missingLeads)
    let logarithms = values.map { logOnePlus($0) }
    let outcomes = values.indices.map { Double($0 % 2) }
    var (sums, others) = ([Double](repeating: 0, count: 128), [Double](repeating: 0, count: 128))
    unsafe winnow_bin_sums(values, logarithms, outcomes, nil, count, 2, 14, &sums)
    unsafe winnow_bin_sums(values, logarithms, outcomes, ones, count, 2, 14, &others)
    #expect(sums.prefix(120) == others.prefix(120))
    let table = try Table(columns: [Column(name: "x", values: .numeric(Numbers(values)))])
    let rows = TableRows(Array(0..<count), of: table)
    let codes = (0..<count).map { UInt8($0 % 3) }
    let leads = rows.leads(byCodes: codes, count: 3, weights: [Double]?.none)
    #expect(leads == rows.leads(byCodes: codes, count: 3, weights: ones))
    for stored in [
      LevelCodes.Storage.shorts(codes.map { UInt16($0) }), .words(codes.map { UInt32($0) }),
    ] {
      for weights in [nil, ones] {
        #expect(leads == rows.leads(byCodes: LevelCodes(stored), count: 3, weights: weights))
      }
    }
  }
}

import Testing

@testable import Parallelism

@Suite("Radix sort")
struct RadixSortTests {
  /// Doubles that are hard to sort by their highest bits, and easy ones.
  static let samples: [[Double]] = {
    // Steele, Lea and Flood's splitmix64.
    let random = (1...5000).map { place -> Double in
      var bits = UInt64(place) &* 0x9E37_79B9_7F4A_7C15
      bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
      return Double((bits ^ bits >> 31) >> 11) * 0x1p-53 - 0.5
    }
    return [
      [], [1], [2, 1], random, random.map { ($0 * 10).rounded() },
      // Equal in all but the lowest bits, in falling order.
      (0..<5000).map { 0.3 - Double($0) * 0x1p-54 },
      (0..<5000).map { 0.3 - Double($0) * 0x1p-54 } + [-1e300, 1e300],
      [0, -0.0, 5e-300, -5e-300, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0, -1, 1],
      [Double](repeating: 0.5, count: 100), random.map { 1 / $0 },
    ]
  }()

  @Test("keys are sorted as their doubles are", arguments: samples)
  func keys(values: [Double]) {
    var keys = values.map(RadixSort.key)
    RadixSort.sort(&keys)
    #expect(keys.map(RadixSort.value) == values.sorted())
  }

  @Test(
    "rows go along with their keys, and keep their order where keys are equal", arguments: samples)
  func rows(values: [Double]) {
    var keys = values.map(RadixSort.key)
    var rows = values.indices.map { UInt32($0) }
    RadixSort.sort(&keys, with: &rows)
    #expect(keys.map(RadixSort.value) == values.sorted())
    // Swift's sort is stable.
    #expect(rows.map { Int($0) } == values.indices.sorted { values[$0] < values[$1] })
  }
}

import Testing

@testable import FeatureEncoding

@Suite("Rounded range")
struct RoundedRangeTests {
  private func range(_ values: [Double], times: Int = 1) -> [Double] {
    let range = RoundedRange(
      Moments(count: values.count, value: { values[$0] }, weight: { _ in Double(times) }))
    return [range.lowest, range.highest]
  }

  @Test("borders have two digits of the span and lie outside of the values")
  func borders() {
    #expect(range([18.4, 85.2]) == [18, 86])
    #expect(range([1995.3, 2026.4]) == [1995, 2027])
    #expect(range([0, 48_731]) == [0, 49_000])
    #expect(range([0.0123, 0.871]) == [0.01, 0.88])
    #expect(range([-48_731, -31]) == [-49_000, 0])
    #expect(range([-7.25, 7.25]) == [-8, 8])
  }

  @Test("a border that is one lead's own value moves by a unit; one that ten leads share stays")
  func own() {
    #expect(range([18, 85]) == [17, 86])
    #expect(range([18, 85], times: 9) == [17, 86])
    #expect(range([18, 85], times: 10) == [18, 85])
    #expect(range([-85, -18]) == [-86, -17])
  }

  @Test("numbers without a sign stay so")
  func unsigned() {
    #expect(range([0, 85]) == [0, 86])
    #expect(range([10, 1000]) == [0, 1010])
    #expect(range([-1000, -10]) == [-1010, 0])
  }

  @Test("a column of one value has that value's neighbours, or the value if ten leads share it")
  func constant() {
    #expect(range([7]) == [6.9, 7.1])
    #expect(range([7], times: 12) == [7, 7])
    #expect(range([0]) == [0, 0])
    #expect(range([.nan]) == [0, 0])
  }

  @Test("no value of any size lies outside, and none but zero and shared ones is a border")
  func always() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<20_000 {
      let exponent = Double.random(in: -320...308, using: &generator)
      let offset = Double.random(in: -1...1, using: &generator) * power(exponent)
      let spread = power(exponent + Double.random(in: -11 ... -0.1, using: &generator))
      let values = (0..<3).map { _ in offset + spread * Double.random(in: -1...1, using: &generator)
      }
      let borders = range(values)
      for value in values {
        #expect(borders[0] <= value && value <= borders[1])
        #expect(value == 0 || !borders.contains(value))
      }
    }
  }

  private func power(_ exponent: Double) -> Double {
    NumericEncodingTests.power(exponent)
  }

  @Test("the ends of the number range are finite borders")
  func ends() {
    let largest = Double.greatestFiniteMagnitude
    #expect(range([-largest, largest]) == [-largest, largest])
    let least = Double.leastNonzeroMagnitude
    let tiny = range([least, 2 * least])
    #expect(tiny[0] == 0 && tiny[1] > 2 * least && tiny[1] < 1e-290)
  }
}

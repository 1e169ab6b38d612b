import DataSources
import Foundation
import Testing

@Suite("CSV numbers and dates")
struct CSVNumberTests {
  static func fixed(_ number: Double, _ decimals: Int) -> String {
    CSVWriterTests.text { $0.writeNumber(number, decimals: decimals) }
  }

  static func shortest(_ number: Double) -> String {
    CSVWriterTests.text { $0.writeNumber(number) }
  }

  @Test(
    "a number is rounded once, halves to even",
    arguments: [
      (0.5, 0, "0"), (1.5, 0, "2"), (2.5, 0, "2"), (0.125, 2, "0.12"), (0.375, 2, "0.38"),
      (0.9999995, 6, "1.000000"), (0.9999994999, 6, "0.999999"), (1e-9, 6, "0.000000"),
      (1, 6, "1.000000"), (0, 6, "0.000000"), (-0.0, 6, "0.000000"), (-1e-9, 6, "0.000000"),
      (-2.675, 2, "-2.67"), (1.005, 2, "1.00"), (123456.789, 1, "123456.8"),
      (.leastNonzeroMagnitude, 18, "0.000000000000000000"),
      (9_007_199_254_740_992, 2, "9007199254740992.00"),
      (0.1, 18, "0.100000000000000006"), (99.995, 2, "100.00"),
      (9.2e18, 3, "9200000000000000000.000"), (1e19, 3, "1e+19"), (.infinity, 2, "inf"),
      (.nan, 2, ""),
    ] as [(Double, Int, String)])
  func fixedDecimals(number: Double, decimals: Int, text: String) {
    #expect(Self.fixed(number, decimals) == text)
  }

  @Test("fixed decimals equal printf's, digit for digit")
  func againstPrintf() {
    var random = SplitMix(state: 42)
    var wrong: [String] = []
    for index in 0..<6000 {
      let bits = random.next()
      var number = Double(bits >> 11) * 0x1p-53
      switch index % 6 {
      case 1: number *= 1000
      case 2: number = -number * 1e9
      case 3: number = Double(bits % 4096) / 4096
      case 4: number = Double(bits % 100_001) / 100_000
      case 5: number = Double(sign: .plus, exponent: -Int(bits % 80), significand: 1 + number)
      default: break
      }
      for decimals in [0, 2, 6, 12] {
        var expected = String(format: "%.\(decimals)f", number)
        if expected.hasPrefix("-"), !expected.contains(where: { "123456789".contains($0) }) {
          expected.removeFirst()
        }
        let found = Self.fixed(number, decimals)
        if found != expected { wrong.append("\(number): \(found), not \(expected)") }
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test("a probability is never written outside 0 to 1")
  func probabilities() {
    for number in [1 - 0x1p-53, 0x1p-1074, 1, 0, 0.5.nextUp] {
      for decimals in 0...18 {
        let value = Double(Self.fixed(number, decimals)) ?? .nan
        #expect((0...1).contains(value))
      }
    }
  }

  @Test(
    "the shortest form of a number is exact",
    arguments: [
      (100, "100"), (-3.5, "-3.5"), (0.1, "0.1"), (-0.0, "-0"), (1e15, "1000000000000000"),
      (0x1p53, "9007199254740992"), (1.5e16, "1.5e+16"), (2e16, "2e+16"), (1e300, "1e+300"),
      (.leastNonzeroMagnitude, "5e-324"), (0.1 + 0.2, "0.30000000000000004"), (.nan, ""),
      (123456789, "123456789"),
    ] as [(Double, String)])
  func shortestForm(number: Double, text: String) {
    #expect(Self.shortest(number) == text)
    if !number.isNaN { #expect(Double(text) == number) }
  }

  @Test("any number reads back as itself")
  func roundTrip() {
    var random = SplitMix(state: 7)
    var wrong: [Double] = []
    for _ in 0..<20_000 {
      let number = Double(bitPattern: random.next())
      if number.isFinite, Double(Self.shortest(number)) != number { wrong.append(number) }
    }
    #expect(wrong.isEmpty)
  }

  @Test("whole numbers have all their digits", arguments: [0, -1, 9, 10, 99, 100, .max, .min])
  func integers(number: Int) {
    #expect(CSVWriterTests.text { $0.writeInteger(number) } == String(number))
  }

  @Test(
    "dates are written in the style's order, with a time where there is one",
    arguments: [
      (0, "1970-01-01", "01.01.1970"), (19782, "2024-02-29", "29.02.2024"),
      (-1, "1969-12-31", "31.12.1969"), (19843.5, "2024-04-30 12:00:00", "30.04.2024 12:00:00"),
      (19843 + 48_610.25 / 86400, "2024-04-30 13:30:10.250", "30.04.2024 13:30:10.250"),
      (-719_528, "0000-01-01", "01.01.0000"), (2_932_896, "9999-12-31", "31.12.9999"),
      (2_932_897, "2932897", "2932897"), (.nan, "", ""),
      (19843 - 0x1p-30, "2024-04-30", "30.04.2024"),
    ] as [(Double, String, String)])
  func dates(days: Double, iso: String, dotted: String) {
    #expect(CSVWriterTests.text { $0.writeDate(days: days) } == iso)
    #expect(CSVWriterTests.text(.german) { $0.writeDate(days: days) } == dotted)
  }

  @Test("every day has the calendar's date")
  func calendar() {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    var wrong: [String] = []
    for day in stride(from: -141_400, through: 2_932_896, by: 487) {
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(day) * 86400))
      let expected = String(
        format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
      let found = CSVWriterTests.text { $0.writeDate(days: Double(day)) }
      if found != expected { wrong.append("\(found), not \(expected)") }
    }
    #expect(wrong.isEmpty)
  }
}

/// Seeded random bits for tests.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

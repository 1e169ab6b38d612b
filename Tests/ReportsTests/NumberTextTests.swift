import Reports
import Testing

@Suite("Number text")
struct NumberTextTests {
  @Test(
    "a fixed number has as many decimals as asked for, halves rounded away from zero",
    arguments: [
      (0, 0, "0"), (0, 3, "0.000"), (-0.0, 2, "0.00"), (0.5, 0, "1"), (-0.5, 0, "-1"),
      (2.5, 0, "3"), (0.125, 2, "0.13"), (-0.125, 2, "-0.13"), (-0.004, 2, "0.00"),
      (-0.005, 2, "-0.01"), (9.995, 1, "10.0"), (0.05, 3, "0.050"), (123.456, 1, "123.5"),
      (1e-300, 4, "0.0000"), (-1e-300, 4, "0.0000"),
      (0, 25, "0." + String(repeating: "0", count: 25)),
    ] as [(Double, Int, String)])
  func fixed(number: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(number, decimals) == text)
  }

  @Test("a number too large for its decimals is written as it is")
  func huge() {
    #expect(NumberText.fixed(1e300, 2) == "1e+300")
    #expect(NumberText.fixed(-1e17, 0) == "-1e+17")
    #expect(NumberText.fixed(.greatestFiniteMagnitude, 1) == "1.7976931348623157e+308")
  }

  @Test("what is not finite is a hyphen", arguments: [.nan, .infinity, -.infinity] as [Double])
  func notFinite(number: Double) {
    #expect(NumberText.fixed(number, 2) == "-")
    #expect(NumberText.signed(number, 2) == "-")
    #expect(NumberText.percent(number) == "-")
    #expect(NumberText.leads(number) == "-")
    #expect(NumberText.pValue(number) == "-")
    #expect(NumberText.significant(number, 3) == "-")
  }

  @Test("a signed number has a sign, and zero has a plus")
  func signed() {
    #expect(NumberText.signed(0.821, 2) == "+0.82")
    #expect(NumberText.signed(-0.821, 2) == "-0.82")
    #expect(NumberText.signed(0, 1) == "+0.0")
    #expect(NumberText.signed(-0.001, 1) == "+0.0")
  }

  @Test("a share is a percentage")
  func percent() {
    #expect(NumberText.percent(0.1234) == "12.3 %")
    #expect(NumberText.percent(1) == "100.0 %")
    #expect(NumberText.percent(0.005, 0) == "1 %")
    #expect(NumberText.percent(-0.0001, 1) == "0.0 %")
  }

  @Test("a count has commas, and a sum of weights decimals where it is not whole")
  func counts() {
    #expect(NumberText.count(1_234_567) == "1,234,567")
    #expect(NumberText.count(-1000) == "-1,000")
    #expect(NumberText.leads(1_234_567) == "1,234,567")
    #expect(NumberText.leads(-0.0) == "0")
    #expect(NumberText.leads(12.25) == "12.3")
    #expect(NumberText.leads(1e300) == "1e+300")
  }

  @Test(
    "a number has as many significant digits as asked for, also where rounding adds a digit",
    arguments: [
      (0, 3, "0"), (-0.0, 3, "0"), (1, 3, "1.00"), (-12.345, 4, "-12.35"),
      (0.0012345, 3, "0.00123"),
      (123_456, 3, "123456"), (9.996, 3, "10.0"), (99.96, 3, "100"), (0.09996, 3, "0.100"),
      (0.00001234, 3, "1.23e-5"), (9.996e-7, 3, "1.00e-6"), (9.996e-5, 3, "0.000100"),
      (1.5e7, 3, "1.50e7"), (9_999_999, 3, "1.00e7"), (-2.5e-300, 2, "-2.5e-300"),
      (.leastNonzeroMagnitude, 2, "4.9e-324"), (.greatestFiniteMagnitude, 4, "1.798e308"),
      (-12_345_678.912, 10, "-12345678.91"), (0.5, 1, "0.5"), (0.96, 1, "1"),
    ] as [(Double, Int, String)])
  func significant(number: Double, digits: Int, text: String) {
    #expect(NumberText.significant(number, digits) == text)
  }

  @Test("every power of ten is written without a slip of its exponent")
  func powers() throws {
    for power in -300...300 {
      let text = NumberText.significant(try #require(Double("1e\(power)")), 4)
      #expect(Double(text) == Double("1e\(power)"), "1e\(power): \(text)")
    }
  }

  @Test(
    "a p-value has four decimals, or a power of ten where it is small",
    arguments: [
      (1, "1.0000"), (0.05, "0.0500"), (0.0001, "0.0001"), (0.00009, "9.0e-5"),
      (0.00001234, "1.2e-5"), (1e-300, "1.0e-300"), (0, "0"),
    ] as [(Double, String)])
  func pValue(p: Double, text: String) { #expect(NumberText.pValue(p) == text) }
}

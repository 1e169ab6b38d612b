import Testing

@testable import Evaluation

@Suite("Decimal places")
struct DecimalTests {
  @Test(
    "a number is rounded to the places asked for",
    arguments: [
      (0.0, 2, "0.00"), (1.005, 1, "1.0"), (-0.0004, 3, "0.000"), (-0.0006, 3, "-0.001"),
      (12.5, 0, "13"), (1234.5678, 2, "1234.57"), (0.99999, 4, "1.0000"), (1e300, 2, "1e+300"),
      (.infinity, 2, "infinity"), (-.infinity, 2, "-infinity"), (.nan, 2, "unknown"),
    ])
  func rounded(value: Double, places: Int, text: String) {
    #expect(decimal(value, places) == text)
  }
}

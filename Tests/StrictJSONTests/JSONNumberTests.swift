import Foundation
import StrictJSON
import Testing

@Suite("JSON numbers")
struct JSONNumberTests {
  func read(_ text: String) throws -> Double? {
    try JSONValue(parsing: Array(text.utf8)).double
  }

  @Test(
    "numbers are rounded correctly",
    arguments: [
      "0", "-0", "0.1", "1e22", "1e23", "-1E+2", "9007199254740993", "9007199254740992.5",
      "123456789012345678", "1234567890123456789012", "0.000000000000000000000012345",
      "2.2250738585072011e-308", "4.9e-324", "2.4703282292062328e-324", "1.7976931348623157e308",
      "179769313486231580793728971405301e276", "6.9294956446009195e15", "0.30000000000000004",
      "0e99999999999", "1.000000000000000000000000000000", "100000000000000000000000e-23",
      "8.442911973260991817129021e+15", "3.50e1",
    ])
  func rounding(text: String) throws {
    let found = try #require(try read(text))
    #expect(found.bitPattern == strtod(text, nil).bitPattern)
  }

  @Test("a number that is too small is zero, and one that is too large an error")
  func range() throws {
    #expect(try read("1e-999") == 0)
    #expect(throws: JSONError.self) { try read("1e999") }
    #expect(throws: JSONError.self) { try read("-" + String(repeating: "9", count: 400)) }
  }

  @Test("doubles of every size come back bit for bit")
  func roundTrip() throws {
    var state: UInt64 = 2026
    var values: [Double] = [
      0, -0.0, 1e15, 1e16, -1e15, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e21, 0.5,
    ]
    for _ in 0..<20_000 {
      // Marsaglia's xorshift64.
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      let bits = state
      values.append(Double(bitPattern: bits))
      values.append(Double(bits >> 11) * 0x1p-53)
      values.append((Double(bits % 1_000_000) / 1000))
      values.append(Double(Int64(bitPattern: bits)))
    }
    values = values.filter(\.isFinite)
    let text = JSONWriter().bytes(of: .array(values.map { .number($0) }))
    let found = try #require(try JSONValue(parsing: text).elements)
    #expect(found.compactMap(\.double).map(\.bitPattern) == values.map(\.bitPattern))
    #expect(found.count == values.count)
  }
}

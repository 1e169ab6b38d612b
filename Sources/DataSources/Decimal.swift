#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Exact conversion of decimal digits to doubles: the nearest double, ties to even, as `strtod` gives.
enum Decimal {
  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// `digits` times a power of ten; infinite where it is too large.
  ///
  /// Both factors are exact doubles where the digits are below 2^53 and the power at most 10^22, so that one rounding
  /// is the right one (Clinger, *How to read floating point numbers accurately*, 1990).
  @inline(__always)
  static func value(_ digits: UInt64, exponent: Int) -> Double {
    if digits <= 1 << 53, exponent >= -22, exponent <= 22 {
      return exponent < 0 ? Double(digits) / powers[-exponent] : Double(digits) * powers[exponent]
    }
    return slowValue(digits, exponent: exponent)
  }

  @inline(never)
  private static func slowValue(_ digits: UInt64, exponent: Int) -> Double {
    if digits == 0 { return 0 }
    return value(Array(String(digits).utf8), exponent: exponent)
  }

  /// The same for any number of digits in ASCII.
  static func value(_ digits: [UInt8], exponent: Int) -> Double {
    var text = digits.map { CChar(bitPattern: $0) }
    text.append(CChar(UInt8(ascii: "e")))
    text.append(contentsOf: String(exponent).utf8.map { CChar(bitPattern: $0) })
    text.append(0)
    return unsafe strtod(text, nil)
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `log(1 + x)` without the loss of digits near 0.
func logOnePlus(_ x: Double) -> Double { log1p(x) }

/// `logOnePlus` for whole columns: what the counts of a CRM are made of, small whole numbers, is looked up.
///
/// Bound by `log1p`, at 9 ns a value; a polynomial for vectors would be 10 times as fast, but change last digits.
struct ColumnLogarithm: Sendable {
  private static let ofWhole = (0..<4096).map { logOnePlus(Double($0)) }
  private let ofWhole = Self.ofWhole

  @inline(__always)
  func callAsFunction(_ x: Double) -> Double {
    if x >= 0, x < 4096 {
      let whole = Int(x)
      // By bits, as -0 stays -0.
      if Double(whole).bitPattern == x.bitPattern { return ofWhole[whole] }
    }
    return logOnePlus(x)
  }
}

/// The logarithm to the base 10.
func logarithm10(_ x: Double) -> Double { log10(x) }

/// 10 to a power of 0 or more; exact up to 22.
func powerOfTen(_ exponent: Int) -> Double { pow(10, Double(exponent)) }

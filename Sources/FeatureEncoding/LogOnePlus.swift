#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `log(1 + x)` without the loss of digits near 0.
func logOnePlus(_ x: Double) -> Double { log1p(x) }

/// A number rounded to two significant digits, down or up.
///
/// 0 stays 0.
func twoDigits(_ x: Double, _ rule: FloatingPointRoundingRule) -> Double {
  guard x != 0, x.isFinite else { return x }
  let exponent = Int(log10(abs(x)).rounded(.down)) - 1
  // Powers of ten up to 22 are exact, so that 49,000 is written with these digits.
  let unit = pow(10, Double(abs(exponent)))
  return exponent >= 0 ? (x / unit).rounded(rule) * unit : (x * unit).rounded(rule) / unit
}

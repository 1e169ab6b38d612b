#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `log(1 + x)` without the loss of digits near 0.
func logOnePlus(_ x: Double) -> Double { log1p(x) }

/// The logarithm to the base 10.
func logarithm10(_ x: Double) -> Double { log10(x) }

/// 10 to a power of 0 or more; exact up to 22.
func powerOfTen(_ exponent: Int) -> Double { pow(10, Double(exponent)) }

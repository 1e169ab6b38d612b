#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `log(1 + x)` without the loss of digits near 0.
func logOnePlus(_ x: Double) -> Double { log1p(x) }

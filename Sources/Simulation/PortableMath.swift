/// Logarithm and exponential from IEEE 754 additions, products and quotients alone.
///
/// A C library rounds its own way, so its numbers differ between platforms in the last digit; these
/// do not, and with them a seed means the same leads everywhere. Errors are below 2 ulp.
enum PortableMath {
  /// ln 2 to 33 bits, so that a product with an exponent is exact, and what is missing.
  private static let ln2High = 0x1.62e42feep-1
  private static let ln2Low = 0x1.a39ef35793c76p-33

  /// The exponential of `x`; 0 below -708 and the value at 708 above.
  static func exp(_ x: Double) -> Double {
    guard x > -708 else { return 0 }
    let bounded = min(x, 708)
    // x = k ln 2 + r with |r| <= ln 2 / 2, where the series ends below half an ulp.
    let k = Int(bounded * 1.4426950408889634 + (bounded < 0 ? -0.5 : 0.5))
    let r = (bounded - Double(k) * ln2High) - Double(k) * ln2Low
    var sum = 1.0 / 6_227_020_800
    sum = sum * r + 1.0 / 479_001_600
    sum = sum * r + 1.0 / 39_916_800
    sum = sum * r + 1.0 / 3_628_800
    sum = sum * r + 1.0 / 362_880
    sum = sum * r + 1.0 / 40_320
    sum = sum * r + 1.0 / 5040
    sum = sum * r + 1.0 / 720
    sum = sum * r + 1.0 / 120
    sum = sum * r + 1.0 / 24
    sum = sum * r + 1.0 / 6
    sum = (sum * r + 0.5) * (r * r) + r + 1
    return sum * Double(bitPattern: UInt64(k + 1023) << 52)
  }

  /// The natural logarithm of a positive normal number.
  ///
  /// `ln m = 2 artanh s` with `s = (m - 1) / (m + 1)`, for `m` between `sqrt(1/2)` and `sqrt(2)`
  /// (Abramowitz and Stegun, 4.1.27).
  static func log(_ x: Double) -> Double {
    var exponent = Int(x.bitPattern >> 52) - 1023
    var m = Double(bitPattern: x.bitPattern & 0x000F_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000)
    if m > 1.4142135623730951 {
      m *= 0.5
      exponent += 1
    }
    let s = (m - 1) / (m + 1)
    let z = s * s
    var sum = 1.0 / 23
    sum = sum * z + 1.0 / 21
    sum = sum * z + 1.0 / 19
    sum = sum * z + 1.0 / 17
    sum = sum * z + 1.0 / 15
    sum = sum * z + 1.0 / 13
    sum = sum * z + 1.0 / 11
    sum = sum * z + 1.0 / 9
    sum = sum * z + 1.0 / 7
    sum = sum * z + 1.0 / 5
    sum = sum * z + 1.0 / 3
    let small = s + s
    return Double(exponent) * ln2High + (small + (small * z * sum + Double(exponent) * ln2Low))
  }

  /// Logarithms of 1 to 4,096: most counts of a lead are small.
  private static let small: [Double] = [0] + (1...4096).map { log(Double($0)) }

  /// `ln(1 + x)` for `x >= 0`; 1 + x is rounded first.
  static func log1p(_ x: Double) -> Double {
    if x < 4096, x == Double(Int(x)) { return small[Int(x) + 1] }
    return log(1 + x)
  }
}

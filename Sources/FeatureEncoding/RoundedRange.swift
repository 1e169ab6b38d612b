#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The range of a column, rounded outward so that it gives away no single lead.
///
/// A border is a multiple of a hundredth to a tenth of the span (two digits of it). A border that a
/// value already lies on moves one unit further, unless enough leads share the value to name it, by
/// the rule of rare levels. A border of 0 stays: numbers without a sign stay so.
struct RoundedRange {
  let lowest: Double
  let highest: Double

  /// 0 to 0 if there are no values.
  init(_ moments: Moments) {
    guard moments.weight > 0 else {
      lowest = 0
      highest = 0
      return
    }
    let span = moments.highest - moments.lowest
    let size = moments.varies ? span : max(abs(moments.lowest), abs(moments.highest))
    let exponent = Self.exponent(size)
    lowest = -Self.border(-moments.lowest, exponent, leads: moments.weightAtLowest)
    highest = Self.border(moments.highest, exponent, leads: moments.weightAtHighest)
  }

  /// Rounds a range outward to so many digits of its span, and past values that few leads have.
  init(lowest: Double, highest: Double, digits: Int, counts: ValueCounts) {
    let exponent = Self.exponent(highest - lowest) + 2 - digits
    let step = pow(10, Double(exponent)) / 2
    func end(_ number: Double, _ sign: Double) -> Double {
      let leads = counts.leads(at: number)
      var end = sign * Self.border(sign * number, exponent, leads: leads)
      for _ in 0..<64 where counts.isRare(end) { end += sign * step }
      return end
    }
    self.lowest = end(lowest, -1)
    self.highest = end(highest, 1)
  }

  /// The power of ten of the second digit, kept where the power itself is a normal number.
  private static func exponent(_ size: Double) -> Int {
    guard size > 0 else { return 0 }
    return max(-300, Int(log10(min(size, .greatestFiniteMagnitude)).rounded(.down)) - 1)
  }

  /// The multiple of 10 to the `exponent` at or above a number.
  private static func border(_ number: Double, _ exponent: Int, leads: Double) -> Double {
    guard number != 0 else { return 0 }
    // Powers of ten up to 22 are exact, so that 49,000 is written with these digits.
    let unit = pow(10, Double(abs(exponent)))
    func multiple(_ count: Double) -> Double {
      min(exponent >= 0 ? count * unit : count / unit, .greatestFiniteMagnitude)
    }
    let count = (exponent >= 0 ? number / unit : number * unit).rounded(.up)
    let nearest = multiple(count)
    let isOwn = nearest == number && leads < CategoryEncoding.fewestLeads
    return nearest < number || isOwn ? multiple(count + 1) : nearest
  }
}

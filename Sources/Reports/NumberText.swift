import Evaluation
import Tables

/// Numbers as a person reads them.
public enum NumberText {
  /// A number with a fixed count of decimals, halves away from zero; `-` where it is not finite.
  public static func fixed(_ number: Double, _ decimals: Int) -> String {
    number.isFinite ? decimal(number, decimals) : "-"
  }

  /// A number with its sign, as in +0.82.
  public static func signed(_ number: Double, _ decimals: Int) -> String {
    let text = fixed(number, decimals)
    return text.hasPrefix("-") ? text : "+" + text
  }

  /// A share as in 12.3 %.
  public static func percent(_ share: Double, _ decimals: Int = 1) -> String {
    share.isFinite ? fixed(share * 100, decimals) + " %" : "-"
  }

  /// A whole number with commas between thousands.
  public static func count(_ number: Int) -> String { grouped(number) }

  /// A sum of weights: whole where it is whole.
  public static func leads(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? count(Int(number)) : fixed(number, 1)
  }

  /// A p-value: small ones as a power of ten.
  public static func pValue(_ p: Double) -> String {
    guard p.isFinite else { return "-" }
    if p >= 0.0001 { return fixed(p, 4) }
    if p <= 0 { return "0" }
    return significant(p, 2)
  }

  /// A number with so many significant digits, as in 1.2e-16 where it is very small or large.
  public static func significant(_ number: Double, _ digits: Int) -> String {
    guard number.isFinite, number != 0 else { return number == 0 ? "0" : "-" }
    var exponent = 0
    var mantissa = abs(number)
    while mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 1 {
      mantissa *= 10
      exponent -= 1
    }
    var text = fixed(mantissa, digits - 1)
    // 9.96 with two digits is 10, and so has one digit more before its point.
    if text.hasPrefix("10") {
      exponent += 1
      text = fixed(1, digits - 1)
    }
    if (-4..<max(7, digits)).contains(exponent) {
      return fixed(number, max(0, digits - 1 - exponent))
    }
    return (number < 0 ? "-" : "") + text + "e\(exponent)"
  }
}

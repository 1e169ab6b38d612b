#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The standard normal distribution, with both tails to full relative accuracy.
public enum NormalDistribution {
  /// The quantile of 0.975: a 95 % interval reaches this many standard errors to both sides.
  public static let quantile975 = 1.959963984540054

  /// The probability of a value up to `z`.
  public static func cumulative(_ z: Double) -> Double { 0.5 * scaledComplement(-z) }

  /// The probability of a value at least as far from 0 as `z`: right down to 1e-300.
  public static func twoSidedP(_ z: Double) -> Double { scaledComplement(abs(z)) }

  /// `erfc(z / sqrt(2))`, where the rounding of the quotient, which a far tail would magnify, is made
  /// up for by the derivative.
  private static func scaledComplement(_ z: Double) -> Double {
    let root = 0x1.6a09e667f3bcdp-1
    let rootRest = -0x1.bdd3413b26456p-55
    let x = z * root
    guard abs(x) < 28 else { return erfc(x) }
    let rest = (-x).addingProduct(z, root) + z * rootRest
    return erfc(x) - 2 / Double.pi.squareRoot() * exp(-x * x) * rest
  }

  /// The value that is not exceeded with a probability in 0...1; infinite at both ends.
  ///
  /// A rational approximation (relative error 1.2e-9; Acklam, *An algorithm for computing the inverse
  /// normal cumulative distribution function*, 2003) and one step of Halley's method.
  public static func quantile(_ probability: Double) -> Double {
    precondition((0...1).contains(probability), "a probability lies in 0...1")
    if probability > 0.5 { return -lowerQuantile(1 - probability) }
    return lowerQuantile(probability)
  }

  private static func lowerQuantile(_ p: Double) -> Double {
    guard p > 0 else { return -.infinity }
    let start = p < 0.02425 ? tail((-2 * log(p)).squareRoot()) : center(p - 0.5)
    guard p > 1e-305 else { return start }
    let density = exp(-0.5 * start * start) / (2 * Double.pi).squareRoot()
    let error = (cumulative(start) - p) / density
    return start - error / (1 + 0.5 * start * error)
  }

  private static func tail(_ q: Double) -> Double {
    polynomial(
      q,
      [
        -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
        -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00,
      ])
      / polynomial(
        q,
        [
          7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
          3.754408661907416e+00, 1,
        ])
  }

  private static func center(_ q: Double) -> Double {
    let r = q * q
    let numerator = polynomial(
      r,
      [
        -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
        1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00,
      ])
    let denominator = polynomial(
      r,
      [
        -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
        6.680131188771972e+01, -1.328068155288572e+01, 1,
      ])
    return q * numerator / denominator
  }

  private static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
    coefficients.reduce(0) { $0 * x + $1 }
  }
}

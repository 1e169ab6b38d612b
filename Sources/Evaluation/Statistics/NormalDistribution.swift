#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The standard normal distribution.
public enum NormalDistribution {
  /// The probability of a value up to `x`; the relative error is some 1e-15, in both tails.
  public static func cumulative(_ x: Double) -> Double { 0.5 * complementaryError(-x) }

  /// The probability of a value above `x`.
  public static func upperTail(_ x: Double) -> Double { 0.5 * complementaryError(x) }

  /// The probability of a value at least as far from 0 as `x`.
  public static func twoSidedTail(_ x: Double) -> Double { complementaryError(abs(x)) }

  /// The value below which a share `p` lies; infinite for 0 and 1, NaN outside 0...1.
  ///
  /// Wichura, *Algorithm AS 241: The percentage points of the normal distribution*, Applied
  /// Statistics 37 (1988), and one step of Newton's method; the relative error is some 1e-16.
  public static func quantile(_ p: Double) -> Double {
    guard p > 0, p < 1 else { return p == 0 ? -.infinity : p == 1 ? .infinity : .nan }
    let q = p - 0.5
    if abs(q) <= 0.425 {
      let r = 0.180625 - q * q
      return refined(q * ratio(central, r), p)
    }
    let r = sqrt(-log(q < 0 ? p : 1 - p))
    let x = r <= 5 ? ratio(middle, r - 1.6) : ratio(far, r - 5)
    return q < 0 ? refined(-x, p) : -refined(-x, 1 - p)
  }

  /// One step of Newton's method, in the tail that keeps its digits.
  private static func refined(_ x: Double, _ p: Double) -> Double {
    let density = exp(-0.5 * x * x) * 0.398942280401432678
    guard density > 1e-280 else { return x }
    return x - (cumulative(x) - p) / density
  }

  /// erfc(x / sqrt(2)), with the rounding of the division made good.
  private static func complementaryError(_ x: Double) -> Double {
    let root = 0.707106781186547524
    let rest = -4.8336466567264567e-17
    let z = x * root
    guard abs(z) < 27 else { return erfc(z) }
    let delta = (-z).addingProduct(x, root) + x * rest
    return erfc(z) - 1.1283791670955126 * exp(-z * z) * delta
  }

  /// A quotient of two polynomials of degree 7, lowest coefficient first.
  private static func ratio(_ terms: ([Double], [Double]), _ r: Double) -> Double {
    func polynomial(_ terms: [Double]) -> Double {
      terms.reversed().reduce(0) { $0 * r + $1 }
    }
    return polynomial(terms.0) / polynomial(terms.1)
  }

  private static let central: ([Double], [Double]) = (
    [
      3.3871328727963666080, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
      1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
      3.3430575583588128105e+4, 2.5090809287301226727e+3,
    ],
    [
      1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
      2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
      5.2264952788528545610e+3,
    ]
  )
  private static let middle: ([Double], [Double]) = (
    [
      1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
      3.64784832476320460504, 1.27045825245236838258, 2.41780725177450611770e-1,
      2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ],
    [
      1, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
      1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
      1.05075007164441684324e-9,
    ]
  )
  private static let far: ([Double], [Double]) = (
    [
      6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
      2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
      2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ],
    [
      1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
      7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
      2.04426310338993978564e-15,
    ]
  )
}

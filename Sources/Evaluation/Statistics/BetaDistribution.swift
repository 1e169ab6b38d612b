#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The beta distribution, whose tails give the binomial's and Student's.
///
/// Values are given as logits, `t = log(x / (1 - x))`: so both `x` and `1 - x` keep their digits.
struct BetaDistribution {
  /// The shapes, both above 0.
  let a: Double
  let b: Double

  /// The logarithms of the probabilities below and above a value, given as its logit.
  func logTails(_ t: Double) -> (lower: Double, upper: Double) {
    let (x, y) = Self.shares(t)
    let front = logFront(x, y)
    let excess = a * y - b * x
    if x < (a + 1) / (a + b + 2) {
      let lower = min(0, front - log(Self.divisor(a, b, x, excess: excess)))
      return (lower, log1p(-exp(lower)))
    }
    let upper = min(0, front - log(Self.divisor(b, a, y, excess: -excess)))
    return (log1p(-exp(upper)), upper)
  }

  /// The logit of the value below which (or, in the upper tail, above which) a share `p` lies.
  ///
  /// Newton's method on the logarithm of the tail: as the density over logits is log-concave, so
  /// are its tails, and the steps approach the root from one side.
  func logitQuantile(_ p: Double, upper isUpper: Bool = false) -> Double {
    let sign = isUpper ? -1.0 : 1.0
    var t = log(a / b) + sign * NormalDistribution.quantile(p) * sqrt(1 / a + 1 / b)
    let target = log(p)
    for _ in 0..<200 {
      let (x, y) = Self.shares(t)
      let tails = logTails(t)
      let tail = isUpper ? tails.upper : tails.lower
      let step = sign * (target - tail) / exp(logFront(x, y) - tail)
      guard step.isFinite else {
        t -= sign * 5
        continue
      }
      t = min(700, max(-700, t + min(5, max(-5, step))))
      // The next step would be of the order of this one squared.
      if abs(step) < 1e-8 { break }
    }
    return t
  }

  /// `x` and `1 - x` of a logit.
  static func shares(_ t: Double) -> (x: Double, y: Double) {
    let small = exp(-abs(t))
    let large = 1 / (1 + small)
    return t >= 0 ? (large, small * large) : (small * large, large)
  }

  /// log(x^a y^b / B(a, b)), from the binomial probability of `a` in `a + b`.
  ///
  /// Loader, *Fast and accurate computation of binomial probabilities* (2000): deviances in place
  /// of differences of large logarithms of gamma functions.
  private func logFront(_ x: Double, _ y: Double) -> Double {
    let n = a + b
    // a - n x, which would lose its digits where x is close to 0 or 1.
    let excess = a * y - b * x
    let probability =
      Self.stirlingError(n) - Self.stirlingError(a) - Self.stirlingError(b)
      - Self.deviance(a, from: n * x, by: excess) - Self.deviance(b, from: n * y, by: -excess)
    return probability + 0.5 * log(a * (b / n) / (2 * Double.pi))
  }

  /// log(n!) less Stirling's formula for it.
  private static func stirlingError(_ n: Double) -> Double {
    guard n > 15 else {
      return lgamma(n + 1).0 - (n + 0.5) * log(n) + n - 0.918938533204672742
    }
    let s = 1 / (n * n)
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - s / 1188) * s) * s) * s) / n
  }

  /// x log(x / m) + m - x, where `difference` is x - m, also where that is small.
  private static func deviance(_ x: Double, from m: Double, by difference: Double) -> Double {
    guard abs(difference) < 0.1 * (x + m) else { return x * log(x / m) - difference }
    let v = difference / (x + m)
    var sum = difference * v
    var term = 2 * x * v
    for j in 1..<1000 {
      term *= v * v
      let next = sum + term / Double(2 * j + 1)
      if next == sum { break }
      sum = next
    }
    return sum
  }

  /// What x^a y^b / B(a, b) is divided by to give the lower tail; `excess` is a y - b x.
  ///
  /// The continued fraction of DiDonato and Morris, *Algorithm 708*, ACM TOMS 18 (1992), equation 9,
  /// by Lentz's method; no two terms cancel where x is below the mean.
  private static func divisor(_ a: Double, _ b: Double, _ x: Double, excess: Double) -> Double {
    func term(_ m: Double) -> Double {
      m + m * (b - m) * x / (a + 2 * m - 1)
        + (a + m) * (excess + 1 + m * (2 - x)) / (a + 2 * m + 1)
    }
    var result = a * (excess + 1) / (a + 1)
    var c = result
    var d = 0.0
    for step in 1..<200_000 {
      let m = Double(step)
      let below = a + 2 * m - 1
      let factor = m * (a + m - 1) / below * ((a + b + m - 1) / below) * (b - m) * x * x
      d = 1 / (term(m) + factor * d)
      c = term(m) + factor / c
      result *= c * d
      if abs(c * d - 1) < 4e-16 { break }
    }
    return result
  }
}

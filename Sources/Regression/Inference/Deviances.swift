#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What deviances and likelihoods need to know of outcomes and weights alone.
struct Deviances {
  /// The loss of a model that foretells each row's share, in nats; 0 where outcomes are 0 or 1.
  let saturatedLoss: Double
  /// The loss of a model that foretells the mean for every row, in nats.
  let nullLoss: Double
  /// The sum of logarithms of binomial coefficients, for outcomes that are shares of trials.
  let logBinomialCoefficients: Double

  init(outcomes: [Double], weights: [Double]?) {
    var (saturated, coefficients, total, conversions) = (0.0, 0.0, 0.0, 0.0)
    for (row, outcome) in outcomes.enumerated() {
      let weight = weights?[row] ?? 1
      total += weight
      conversions += weight * outcome
      guard outcome > 0, outcome < 1 else { continue }
      saturated += weight * Self.entropy(outcome)
      coefficients += Self.logBinomialCoefficient(trials: weight, share: outcome)
    }
    saturatedLoss = saturated
    nullLoss = total * Self.entropy(conversions / total)
    logBinomialCoefficients = coefficients
  }

  /// The entropy of a share in 0...1, in nats.
  private static func entropy(_ share: Double) -> Double {
    guard share > 0, share < 1 else { return 0 }
    return -share * log(share) - (1 - share) * log1p(-share)
  }

  /// The logarithm of the ways to choose the successes; 0 where trials or successes are not whole.
  private static func logBinomialCoefficient(trials: Double, share: Double) -> Double {
    let successes = (trials * share).rounded()
    let isWhole = trials == trials.rounded() && abs(trials * share - successes) <= 1e-7 * trials
    guard isWhole else { return 0 }
    return logFactorial(trials) - logFactorial(successes) - logFactorial(trials - successes)
  }

  private static func logFactorial(_ count: Double) -> Double {
    var sign: Int32 = 0
    return unsafe lgamma_r(count + 1, &sign)
  }
}

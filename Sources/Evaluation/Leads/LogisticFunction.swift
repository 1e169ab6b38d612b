#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The logistic function, its inverse and its loss, computed so that they keep their digits.
enum LogisticFunction {
  /// The probability of a logit.
  static func probability(_ eta: Double) -> Double {
    let small = exp(-abs(eta))
    return (eta >= 0 ? 1 : small) / (1 + small)
  }

  /// The logit of a probability; infinite for 0 and 1.
  static func logit(_ p: Double) -> Double { log(p) - log1p(-p) }

  /// The negative logarithm, in nats, of the probability that a score gave to what happened.
  ///
  /// Infinite where a probability of exactly 0 or 1 was wrong.
  static func loss(_ score: Double, _ scale: ScoredLeads.Scale, converted: Bool) -> Double {
    switch scale {
    case .probability: return converted ? -log(score) : -log1p(-score)
    case .linearPredictor:
      let against = converted ? -score : score
      return max(0, against) + log1p(exp(-abs(score)))
    }
  }
}

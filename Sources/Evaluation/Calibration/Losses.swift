#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Mean losses of probabilities, with Student's 95 % interval over the leads.
public enum Losses {
  /// The mean negative logarithm, in nats, of the probabilities given to what happened.
  ///
  /// Infinite, and without an interval, where a probability of exactly 0 or 1 was wrong.
  public static func logLoss(_ leads: ScoredLeads) -> Estimate {
    let groups = leads.groups
    let losses = groups.scores.indices.map { index in
      (
        groups.positives[index] > 0
          ? LogisticFunction.loss(groups.scores[index], groups.scale, converted: true) : 0,
        groups.negatives[index] > 0
          ? LogisticFunction.loss(groups.scores[index], groups.scale, converted: false) : 0
      )
    }
    return SampleMean(count: groups.leadCount) { add in
      for (index, loss) in losses.enumerated() {
        if groups.positives[index] > 0 { add(loss.0, groups.positives[index]) }
        if groups.negatives[index] > 0 { add(loss.1, groups.negatives[index]) }
      }
    }.estimate(bounds: Interval(low: 0, high: .infinity))
  }

  /// The mean squared distance of the probabilities from what happened (0 or 1).
  ///
  /// Brier, *Verification of forecasts expressed in terms of probability*, Monthly Weather Review 78
  /// (1950), halved as is usual for two outcomes.
  public static func brier(_ leads: ScoredLeads) -> Estimate {
    let groups = leads.groups
    return SampleMean(count: groups.leadCount) { add in
      for (index, probability) in groups.probabilities.enumerated() {
        let (hit, miss) = (1 - probability, probability)
        if groups.positives[index] > 0 { add(hit * hit, groups.positives[index]) }
        if groups.negatives[index] > 0 { add(miss * miss, groups.negatives[index]) }
      }
    }.estimate(bounds: Interval(low: 0, high: 1))
  }

  /// The log loss, in nats, of giving every lead the base rate.
  public static func baseRateLogLoss(_ leads: ScoredLeads) -> Double {
    let rate = leads.baseRate
    guard rate > 0, rate < 1 else { return 0 }
    return -rate * log(rate) - (1 - rate) * log1p(-rate)
  }
}

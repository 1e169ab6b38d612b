#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The area under the ROC curve: how often a converted lead scores above one that did not convert.
///
/// Ties count one half. The variance is that of DeLong, DeLong and Clarke-Pearson, *Comparing the
/// areas under two or more correlated receiver operating characteristic curves*, Biometrics 44
/// (1988), computed from ranks as by Sun and Xu, *Fast implementation of DeLong's algorithm*, IEEE
/// Signal Processing Letters 21 (2014).
public struct AreaUnderCurve: Sendable, Equatable {
  /// The area, 0 to 1; 0.5 is a coin.
  public let value: Double

  /// DeLong's variance; it needs two leads of each outcome.
  public let variance: Double?

  /// Takes the area over leads of both outcomes, in time proportional to their number.
  ///
  /// - Throws: `EvaluationError.oneOutcome`.
  public init(_ leads: ScoredLeads) throws(EvaluationError) {
    try leads.requireBothOutcomes()
    let groups = leads.groups
    let (positiveCount, negativeCount) = (groups.positiveCount, groups.negativeCount)
    // Whole and half numbers: exact up to 2^53.
    var wins = CompensatedSum()
    var below = 0.0
    for (positive, negative) in zip(groups.positives, groups.negatives) {
      if positive > 0 { wins.add(positive * (below + 0.5 * negative)) }
      below += negative
    }
    let area = wins.value / positiveCount / negativeCount
    value = min(1, max(0, area))
    guard positiveCount > 1, negativeCount > 1 else {
      variance = nil
      return
    }
    var spread = CompensatedSum()
    var otherSpread = CompensatedSum()
    var (negativesBelow, positivesBelow) = (0.0, 0.0)
    for (positive, negative) in zip(groups.positives, groups.negatives) {
      if positive > 0 {
        let distance = (negativesBelow + 0.5 * negative) / negativeCount - area
        spread.add(positive * distance * distance)
      }
      if negative > 0 {
        let above = positiveCount - positivesBelow - 0.5 * positive
        let distance = above / positiveCount - area
        otherSpread.add(negative * distance * distance)
      }
      negativesBelow += negative
      positivesBelow += positive
    }
    variance =
      spread.value / (positiveCount - 1) / positiveCount
      + otherSpread.value / (negativeCount - 1) / negativeCount
  }

  /// The area with DeLong's 95 % interval, cut at 0 and 1.
  public var estimate: Estimate {
    guard let variance else { return Estimate(value: value, standardError: nil, interval: nil) }
    return Estimate(
      value: value, standardError: variance.squareRoot(), bounds: Interval(low: 0, high: 1))
  }

  /// A 95 % interval symmetric on the scale of logits, which suits areas near 1 better.
  ///
  /// There is none where the area is 0 or 1, or has no variance. Pepe, *The statistical evaluation
  /// of medical tests* (2003), 5.2.
  public var logitInterval: Interval? {
    guard let variance, value > 0, value < 1 else { return nil }
    let center = LogisticFunction.logit(value)
    let width =
      -NormalDistribution.quantile(0.025) * variance.squareRoot() / (value * (1 - value))
    return Interval(
      low: LogisticFunction.probability(center - width),
      high: LogisticFunction.probability(center + width))
  }
}

/// A test of whether two areas under the curve differ.
///
/// DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988): for the same leads by the covariance of
/// their placements, for different leads by Welch's degrees of freedom, both as R's pROC has them.
public struct DeLongTest: Sendable, Equatable {
  /// The areas.
  public let first: AreaUnderCurve
  public let second: AreaUnderCurve

  /// The first area less the second, with its 95 % interval.
  public let difference: Estimate

  /// The difference in standard errors; there is none where they are 0 and the areas differ.
  public let statistic: Double?

  /// The degrees of freedom of the statistic; none where it is normal.
  public let degreesOfFreedom: Double?

  /// How often equal areas would differ so much, in either direction.
  public let pValue: Double?

  /// How often equal areas would give a first one that is larger by so much.
  public var pGreater: Double? {
    guard let statistic, let pValue else { return nil }
    return statistic >= 0 ? pValue / 2 : 1 - pValue / 2
  }

  /// Compares the models on the same leads.
  ///
  /// - Throws: `EvaluationError.oneOutcome`.
  public init(paired leads: PairedLeads) throws(EvaluationError) {
    let first = try AreaUnderCurve(leads.first)
    let second = try AreaUnderCurve(leads.second)
    let groups = leads.first.groups
    guard first.variance != nil else {
      self.init(first, second, variance: nil, degreesOfFreedom: nil)
      return
    }
    let squares = leads.squaredPlacementDifferences(from: first.value - second.value)
    let (m, n) = (groups.positiveCount, groups.negativeCount)
    self.init(
      first, second,
      variance: squares.positive / (m - 1) / m + squares.negative / (n - 1) / n,
      degreesOfFreedom: nil)
  }

  /// Compares areas over different leads.
  ///
  /// - Throws: `EvaluationError.oneOutcome`.
  public init(
    unpaired firstLeads: ScoredLeads, _ secondLeads: ScoredLeads
  ) throws(EvaluationError) {
    let first = try AreaUnderCurve(firstLeads)
    let second = try AreaUnderCurve(secondLeads)
    guard let one = first.variance, let other = second.variance else {
      self.init(first, second, variance: nil, degreesOfFreedom: nil)
      return
    }
    let sum = one + other
    let degrees =
      sum * sum
      / (one * one / (firstLeads.leadCount - 1) + other * other / (secondLeads.leadCount - 1))
    self.init(first, second, variance: sum, degreesOfFreedom: sum > 0 ? degrees : nil)
  }

  private init(
    _ first: AreaUnderCurve, _ second: AreaUnderCurve, variance: Double?, degreesOfFreedom: Double?
  ) {
    self.first = first
    self.second = second
    self.degreesOfFreedom = degreesOfFreedom
    let value = first.value - second.value
    guard let variance else {
      difference = Estimate(value: value, standardError: nil, interval: nil)
      (statistic, pValue) = (nil, nil)
      return
    }
    // Equal rankings differ by rounding only.
    let error = variance > 1e-30 ? variance.squareRoot() : 0
    let test = ZeroTest(
      value: abs(value) > 1e-15 || error > 0 ? value : 0, standardError: error,
      degreesOfFreedom: degreesOfFreedom ?? .infinity, bounds: Interval(low: -1, high: 1))
    difference = test.estimate
    (statistic, pValue) = (test.statistic, test.pValue)
  }
}

/// A test of whether a difference is zero, from its standard error.
struct ZeroTest {
  let estimate: Estimate

  /// The difference in standard errors; none where they are 0 and the difference is not.
  let statistic: Double?
  let pValue: Double?

  init(value: Double, standardError: Double, degreesOfFreedom: Double, bounds: Interval) {
    guard standardError > 0 else {
      let isZero = value == 0
      estimate = Estimate(
        value: value, standardError: isZero ? 0 : nil,
        interval: isZero ? Interval(low: 0, high: 0) : nil)
      (statistic, pValue) = isZero ? (0, 1) : (nil, nil)
      return
    }
    estimate = Estimate(
      value: value, standardError: standardError, degreesOfFreedom: degreesOfFreedom,
      bounds: bounds)
    statistic = value / standardError
    pValue = StudentDistribution(degreesOfFreedom: degreesOfFreedom)
      .twoSidedTail(value / standardError)
  }
}

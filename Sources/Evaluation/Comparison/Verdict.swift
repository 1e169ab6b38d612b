/// Whether a candidate should replace the current model.
///
/// Promoted is a candidate with a lower log loss (its interval excludes 0), whose area under the
/// curve is not shown to be lower and whose calibration is not shown to be bad. The current model is
/// kept where the candidate is shown to be worse. Otherwise these leads cannot tell.
public struct Verdict: Sendable, Equatable {
  /// What to do.
  public enum Decision: String, Sendable, Codable {
    case promote
    case keep
    case cannotTell
  }

  /// What counts as bad calibration, and how many leads a verdict needs.
  public struct Rule: Sendable, Equatable {
    /// The calibration slopes that are acceptable.
    public var slopes = Interval(low: 0.8, high: 1.25)

    /// The ratios of observed to expected conversions that are acceptable.
    public var ratios = Interval(low: 0.8, high: 1.25)

    /// The leads of each outcome below which nothing is decided.
    public var leadsOfEachOutcome = 10.0

    /// Creates the usual rule.
    public init() {}
  }

  /// What to do.
  public let decision: Decision

  /// Why, in sentences.
  public let reasons: [String]

  /// The sentences as one text.
  public var explanation: String { reasons.joined(separator: " ") }

  /// Decides, from differences that are the candidate's less the current model's.
  init(
    logLoss: Estimate, areaUnderCurve: Estimate?, candidate: Metrics, rule: Rule
  ) {
    let fewer = min(candidate.converted, candidate.leads - candidate.converted)
    guard fewer >= rule.leadsOfEachOutcome, let areaUnderCurve else {
      decision = .cannotTell
      reasons = [
        "Only \(decimal(candidate.converted, 0)) of \(decimal(candidate.leads, 0)) leads converted; "
          + "a verdict needs at least \(decimal(rule.leadsOfEachOutcome, 0)) that did "
          + "and as many that did not."
      ]
      return
    }
    guard let loss = logLoss.interval else {
      decision = .cannotTell
      reasons = [
        "A probability of exactly 0 or 1 was wrong, so the log losses cannot be compared."
      ]
      return
    }
    let isBetter = loss.high < 0
    let isWorse = loss.low > 0
    let ranksWorse = areaUnderCurve.interval.map { $0.high < 0 } ?? false
    let calibration = Self.objection(to: candidate, rule)
    var reasons = [Self.sentence(on: logLoss, loss)]
    if let interval = areaUnderCurve.interval {
      reasons.append(Self.sentence(onRanking: areaUnderCurve, interval))
    }
    if let calibration { reasons.append(calibration) }
    if isWorse || (ranksWorse && !isBetter) {
      decision = .keep
    } else if isBetter, !ranksWorse, calibration == nil {
      decision = .promote
    } else {
      decision = .cannotTell
      if !isBetter, let detectable = logLoss.detectableDifference {
        reasons.append(
          "These leads would have shown a difference of \(decimal(detectable, 5)) nats a lead "
            + "four times out of five; a smaller one needs more leads.")
      }
    }
    self.reasons = reasons
  }

  private static func sentence(on loss: Estimate, _ interval: Interval) -> String {
    let range = "(95 % interval \(decimal(interval.low, 5)) to \(decimal(interval.high, 5)))"
    let size = decimal(abs(loss.value), 5)
    if interval.high < 0 {
      return "The candidate's log loss is lower by \(size) nats a lead \(range)."
    }
    if interval.low > 0 {
      return "The candidate's log loss is higher by \(size) nats a lead \(range)."
    }
    return "The log losses do not differ beyond chance: "
      + "\(decimal(loss.value, 5)) nats a lead \(range)."
  }

  private static func sentence(onRanking area: Estimate, _ interval: Interval) -> String {
    let range = "(95 % interval \(decimal(interval.low, 4)) to \(decimal(interval.high, 4)))"
    let size = decimal(abs(area.value), 4)
    if interval.high < 0 { return "It ranks worse: its AUC is lower by \(size) \(range)." }
    if interval.low > 0 { return "It ranks better: its AUC is higher by \(size) \(range)." }
    return "The AUCs do not differ beyond chance: \(decimal(area.value, 4)) \(range)."
  }

  /// What is wrong with a candidate's calibration beyond doubt, if anything.
  private static func objection(to candidate: Metrics, _ rule: Rule) -> String? {
    if let slope = candidate.calibrationSlope, let interval = slope.interval,
      !interval.overlaps(rule.slopes)
    {
      let kind = slope.value < 1 ? "too extreme" : "too timid"
      return "The candidate's probabilities are \(kind): its calibration slope is "
        + "\(decimal(slope.value, 2)) where \(decimal(rule.slopes.low, 2)) to "
        + "\(decimal(rule.slopes.high, 2)) would do."
    }
    if let ratio = candidate.observedToExpected,
      let interval = candidate.observedToExpectedInterval, !interval.overlaps(rule.ratios)
    {
      let kind = ratio < 1 ? "too high" : "too low"
      return "The candidate's probabilities are \(kind) on the whole: conversions were "
        + "\(decimal(ratio, 2)) times as many as they add up to."
    }
    return nil
  }
}

/// What can be said of a model's scores by the outcomes of leads, as plain values.
///
/// What these leads cannot tell is nil, and `notes` says why.
public struct Metrics: Sendable, Equatable, Codable {
  /// The leads, and those that converted; weights count.
  public let leads: Double
  public let converted: Double
  public let baseRate: Double

  /// The area under the ROC curve, with DeLong's interval.
  public let areaUnderCurve: Estimate?

  /// The Kolmogorov-Smirnov distance of the outcomes' scores.
  public let kolmogorovSmirnov: Double?

  /// How many times more often the best 10 % and 20 % converted than all; and the share of all
  /// conversions that they hold.
  public let lift10: Double?
  public let lift20: Double?
  public let captured10: Double?
  public let captured20: Double?

  /// The mean log loss in nats, and that of giving every lead the base rate.
  public let logLoss: Estimate
  public let baseRateLogLoss: Double

  /// The mean squared error of the probabilities.
  public let brier: Estimate

  /// The line through the outcomes over the logits; slope 1 and intercept 0 are right.
  public let calibrationSlope: Estimate?
  public let calibrationIntercept: Estimate?

  /// The intercept where the slope is 1; 0 is right.
  public let calibrationInTheLarge: Estimate?

  /// The conversions over the sum of the probabilities; 1 is right.
  public let observedToExpected: Double?
  public let observedToExpectedInterval: Interval?

  /// The mean distance of predicted and observed rates in ten bins.
  public let expectedCalibrationError: Double

  /// Predicted and observed rates in ten bins of equal size, from low to high.
  public let reliability: [Reliability.Row]

  /// The ten parts of the leads from best to worst; empty where none converted.
  public let gains: [Gains.Row]

  /// What could not be told, and why.
  public let notes: [String]

  /// Takes all metrics of leads.
  public init(_ scored: ScoredLeads) {
    var notes: [String] = []
    func value<Value>(_ body: () throws(EvaluationError) -> Value) -> Value? {
      do throws(EvaluationError) {
        return try body()
      } catch {
        if !notes.contains(error.description) { notes.append(error.description) }
        return nil
      }
    }
    leads = scored.leadCount
    converted = scored.converted
    baseRate = scored.baseRate
    let area = value { () throws(EvaluationError) in try AreaUnderCurve(scored) }
    areaUnderCurve = area?.estimate
    kolmogorovSmirnov = value { () throws(EvaluationError) in try KolmogorovSmirnov(scored).value }
    captured10 = value { () throws(EvaluationError) in try Gains.captured(best: 0.1, of: scored) }
    captured20 = value { () throws(EvaluationError) in try Gains.captured(best: 0.2, of: scored) }
    lift10 = captured10.map { $0 / 0.1 }
    lift20 = captured20.map { $0 / 0.2 }
    gains = value { () throws(EvaluationError) in try Gains(scored).rows } ?? []
    logLoss = Losses.logLoss(scored)
    baseRateLogLoss = Losses.baseRateLogLoss(scored)
    brier = Losses.brier(scored)
    let likelihood = value { () throws(EvaluationError) in try CalibrationLikelihood(scored) }
    let fit = likelihood.flatMap { likelihood in
      value { () throws(EvaluationError) in try CalibrationFit(scored, likelihood) }
    }
    calibrationSlope = fit?.slope
    calibrationIntercept = fit?.intercept
    calibrationInTheLarge = likelihood.flatMap { likelihood in
      value { () throws(EvaluationError) in try CalibrationFit.inTheLarge(likelihood) }
    }
    let total = ObservedToExpected(scored)
    observedToExpected = total.value
    observedToExpectedInterval = total.interval
    let bins = Reliability(scored)
    expectedCalibrationError = bins.expectedCalibrationError
    reliability = bins.rows
    if let area, area.variance == nil {
      notes.append("the AUC has no interval: that needs two leads of each outcome")
    }
    if let area, area.variance == 0 {
      notes.append("the AUC's interval has no width, as it rests on the scores' order alone")
    }
    if !logLoss.value.isFinite {
      notes.append("the log loss is infinite: a probability of exactly 0 or 1 was wrong")
    }
    self.notes = notes
  }
}

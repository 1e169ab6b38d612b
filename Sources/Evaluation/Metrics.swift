import Parallelism

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
    // Ranks, losses and calibration are of the same leads and know nothing of each other.
    let parts = Parallel.map(3) { part -> Part in
      switch part {
      case 0: .ranking(Ranking(scored))
      case 1: .calibration(CalibrationLines(scored))
      default: .losses(LossMeasures(scored))
      }
    }
    guard case .ranking(let ranking) = parts[0], case .calibration(let lines) = parts[1],
      case .losses(let losses) = parts[2]
    else { preconditionFailure("parts come in their order") }
    leads = scored.leadCount
    converted = scored.converted
    baseRate = scored.baseRate
    areaUnderCurve = ranking.area?.estimate
    kolmogorovSmirnov = ranking.kolmogorovSmirnov
    (captured10, captured20) = (ranking.captured10, ranking.captured20)
    lift10 = captured10.map { $0 / 0.1 }
    lift20 = captured20.map { $0 / 0.2 }
    gains = ranking.gains
    logLoss = losses.logLoss
    baseRateLogLoss = losses.baseRateLogLoss
    brier = losses.brier
    calibrationSlope = lines.fit?.slope
    calibrationIntercept = lines.fit?.intercept
    calibrationInTheLarge = lines.inTheLarge
    observedToExpected = losses.observedToExpected.value
    observedToExpectedInterval = losses.observedToExpected.interval
    expectedCalibrationError = losses.bins.expectedCalibrationError
    reliability = losses.bins.rows
    var notes = ranking.notes
    for note in lines.notes where !notes.contains(note) { notes.append(note) }
    if let area = ranking.area, area.variance == nil {
      notes.append("the AUC has no interval: that needs two leads of each outcome")
    }
    if let area = ranking.area, area.variance == 0 {
      notes.append("the AUC's interval has no width, as it rests on the scores' order alone")
    }
    if !logLoss.value.isFinite {
      notes.append("the log loss is infinite: a probability of exactly 0 or 1 was wrong")
    }
    self.notes = notes
  }

  /// What is taken by one thread.
  private enum Part: Sendable {
    case ranking(Ranking)
    case calibration(CalibrationLines)
    case losses(LossMeasures)
  }

  /// A value, or a note why it cannot be told.
  private static func value<Value>(
    _ notes: inout [String], _ body: () throws(EvaluationError) -> Value
  ) -> Value? {
    do throws(EvaluationError) {
      return try body()
    } catch {
      if !notes.contains(error.description) { notes.append(error.description) }
      return nil
    }
  }

  /// What the order of the scores tells.
  private struct Ranking: Sendable {
    let area: AreaUnderCurve?
    let kolmogorovSmirnov, captured10, captured20: Double?
    let gains: [Gains.Row]
    let notes: [String]

    init(_ scored: ScoredLeads) {
      var notes: [String] = []
      area = value(&notes) { () throws(EvaluationError) in try AreaUnderCurve(scored) }
      kolmogorovSmirnov = value(&notes) { () throws(EvaluationError) in
        try KolmogorovSmirnov(scored).value
      }
      captured10 = value(&notes) { () throws(EvaluationError) in
        try Gains.captured(best: 0.1, of: scored)
      }
      captured20 = value(&notes) { () throws(EvaluationError) in
        try Gains.captured(best: 0.2, of: scored)
      }
      gains = value(&notes) { () throws(EvaluationError) in try Gains(scored).rows } ?? []
      self.notes = notes
    }
  }

  /// The lines through outcomes over logits.
  private struct CalibrationLines: Sendable {
    let fit: CalibrationFit?
    let inTheLarge: Estimate?
    let notes: [String]

    init(_ scored: ScoredLeads) {
      var notes: [String] = []
      let likelihood = value(&notes) { () throws(EvaluationError) in
        try CalibrationLikelihood(scored)
      }
      fit = likelihood.flatMap { likelihood in
        value(&notes) { () throws(EvaluationError) in try CalibrationFit(scored, likelihood) }
      }
      inTheLarge = likelihood.flatMap { likelihood in
        value(&notes) { () throws(EvaluationError) in try CalibrationFit.inTheLarge(likelihood) }
      }
      self.notes = notes
    }
  }

  /// What probabilities cost, and how they are met.
  private struct LossMeasures: Sendable {
    let logLoss, brier: Estimate
    let baseRateLogLoss: Double
    let observedToExpected: ObservedToExpected
    let bins: Reliability

    init(_ scored: ScoredLeads) {
      logLoss = Losses.logLoss(scored)
      baseRateLogLoss = Losses.baseRateLogLoss(scored)
      brier = Losses.brier(scored)
      observedToExpected = ObservedToExpected(scored)
      bins = Reliability(scored)
    }
  }
}

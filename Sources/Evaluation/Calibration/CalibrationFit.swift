#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How outcomes follow the predicted logits: `logit(rate) = intercept + slope * logit(p)`.
///
/// A slope below 1 says that the scores are too extreme, above 1 too timid. Cox, *Two further
/// applications of a model for binary regression*, Biometrika 45 (1958).
public struct CalibrationFit: Sendable, Equatable {
  /// The slope; 1 is right.
  public let slope: Estimate

  /// The intercept beside that slope; 0 is right.
  public let intercept: Estimate

  /// Fits the line by maximum likelihood.
  ///
  /// - Throws: `EvaluationError` where there is no such line: one outcome only, one score only, a
  ///   probability of 0 or 1, or scores that separate the outcomes.
  public init(_ leads: ScoredLeads) throws(EvaluationError) {
    try self.init(leads, CalibrationLikelihood(leads))
  }

  /// Fits the line over a likelihood that is already there.
  init(_ leads: ScoredLeads, _ likelihood: CalibrationLikelihood) throws(EvaluationError) {
    guard leads.groups.count > 1 else { throw .constantScores }
    guard !leads.groups.areSeparated else { throw .separated }
    let fit = try likelihood.maximum()
    slope = Estimate(value: fit.slope, standardError: fit.slopeVariance.squareRoot())
    intercept = Estimate(value: fit.intercept, standardError: fit.interceptVariance.squareRoot())
  }

  /// The intercept where the slope is held at 1: how far the logits are too low on the whole.
  ///
  /// - Throws: `EvaluationError` where there is one outcome only, or a probability of 0 or 1.
  public static func inTheLarge(_ leads: ScoredLeads) throws(EvaluationError) -> Estimate {
    try inTheLarge(CalibrationLikelihood(leads))
  }

  static func inTheLarge(_ likelihood: CalibrationLikelihood) throws(EvaluationError) -> Estimate {
    let fit = try likelihood.maximumOfShift()
    return Estimate(value: fit.shift, standardError: fit.variance.squareRoot())
  }
}

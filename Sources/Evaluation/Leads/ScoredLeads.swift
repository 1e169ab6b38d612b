/// Leads with their scores and what became of them; whatever exists has been checked.
///
/// The leads are kept as distinct scores, sorted, with the number of converted and other leads of
/// each: so no result depends on the order of the rows, and a weight of 2 is a row twice.
public struct ScoredLeads: Sendable {
  /// What the scores are.
  public enum Scale: Sendable { case probability, linearPredictor }

  /// The scores, a row each, on the scale they were given in.
  let scores: [Double]

  /// What the scores are.
  let scale: Scale

  /// Whether each lead converted.
  let outcomes: [Bool]

  /// How often each lead counts, if not once.
  let weights: [Double]?

  /// The distinct scores.
  let groups: ScoreGroups

  /// Checks and sorts leads with predicted probabilities.
  ///
  /// - Parameters:
  ///   - probabilities: 0 to 1, a lead each.
  ///   - outcomes: whether the lead converted.
  ///   - weights: how often each lead counts; 0 leaves it out.
  /// - Throws: `EvaluationError` where lengths differ, a number is out of range, or nothing counts.
  public init(
    probabilities: [Double], outcomes: [Bool], weights: [Double]? = nil
  ) throws(EvaluationError) {
    if let row = probabilities.firstIndex(where: { !($0 >= 0 && $0 <= 1) }) {
      throw .invalidProbability(row: row + 1, value: probabilities[row])
    }
    try self.init(probabilities, .probability, outcomes, weights)
  }

  /// Checks and sorts leads with linear predictors, the logits of their probabilities.
  ///
  /// They keep digits that probabilities near 0 and 1 have lost.
  ///
  /// - Throws: `EvaluationError` where lengths differ, a number is out of range, or nothing counts.
  public init(
    linearPredictors: [Double], outcomes: [Bool], weights: [Double]? = nil
  ) throws(EvaluationError) {
    if let row = linearPredictors.firstIndex(where: { !$0.isFinite }) {
      throw .invalidLinearPredictor(row: row + 1, value: linearPredictors[row])
    }
    try self.init(linearPredictors, .linearPredictor, outcomes, weights)
  }

  private init(
    _ scores: [Double], _ scale: Scale, _ outcomes: [Bool], _ weights: [Double]?
  ) throws(EvaluationError) {
    guard outcomes.count == scores.count else {
      throw .unequalLength(scores: scores.count, what: "outcomes", count: outcomes.count)
    }
    if let weights {
      guard weights.count == scores.count else {
        throw .unequalLength(scores: scores.count, what: "weights", count: weights.count)
      }
      if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
        throw .invalidWeight(row: row + 1, value: weights[row])
      }
    }
    self.scores = scores
    self.scale = scale
    self.outcomes = outcomes
    self.weights = weights
    groups = ScoreGroups(scores, scale, outcomes, weights)
    guard groups.leadCount > 0 else { throw .noLeads }
  }

  /// The number of rows.
  public var rowCount: Int { scores.count }

  /// How many leads there are: the sum of the weights.
  public var leadCount: Double { groups.leadCount }

  /// How many of the leads converted.
  public var converted: Double { groups.positiveCount }

  /// The share of the leads that converted.
  public var baseRate: Double { groups.positiveCount / groups.leadCount }

  /// The probability of the lead in a row, counted from 0.
  func probability(_ row: Int) -> Double {
    scale == .probability ? scores[row] : LogisticFunction.probability(scores[row])
  }

  /// How often the lead in a row counts.
  func weight(_ row: Int) -> Double {
    guard let weights else { return 1 }
    return weights[row]
  }

  /// The log loss of a row, in nats.
  func logLoss(_ row: Int) -> Double {
    LogisticFunction.loss(scores[row], scale, converted: outcomes[row])
  }

  /// Whether leads of both outcomes are there.
  var hasBothOutcomes: Bool { groups.positiveCount > 0 && groups.negativeCount > 0 }

  /// Throws unless leads of both outcomes are there.
  func requireBothOutcomes() throws(EvaluationError) {
    guard hasBothOutcomes else {
      throw .oneOutcome(converted: groups.positiveCount > 0)
    }
  }
}

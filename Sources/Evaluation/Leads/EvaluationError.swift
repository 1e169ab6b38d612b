/// Why a number about scores cannot be given; rows are counted from 1.
public enum EvaluationError: Error, Equatable, Sendable, CustomStringConvertible {
  case noLeads
  case unequalLength(scores: Int, what: String, count: Int)
  case invalidProbability(row: Int, value: Double)
  case invalidLinearPredictor(row: Int, value: Double)
  case invalidWeight(row: Int, value: Double)
  case undrawableWeights
  case oneOutcome(converted: Bool)
  case certainScore
  case constantScores
  case separated
  case notConverged
  case differentLeads(row: Int?)
  case unknownTier(row: Int, tier: Int, count: Int)

  public var description: String {
    switch self {
    case .noLeads:
      "there are no leads with an outcome; at least one is needed"
    case .unequalLength(let scores, let what, let count):
      "there are \(scores) scores but \(count) \(what); each lead needs one"
    case .invalidProbability(let row, let value):
      "the probability in row \(row) is \(value); it must be from 0 to 1"
    case .invalidLinearPredictor(let row, let value):
      "the linear predictor in row \(row) is \(value); it must be finite"
    case .invalidWeight(let row, let value):
      "the weight in row \(row) is \(value); it must be 0 or more, and finite"
    case .undrawableWeights:
      "a bootstrap draws whole leads: weights must be whole numbers, with a sum up to 1,000,000,000"
    case .oneOutcome(let converted):
      "all leads \(converted ? "converted" : "failed to convert"); ranking needs leads of both outcomes"
    case .certainScore:
      "a probability is exactly 0 or 1, so its logit is infinite; calibration needs others"
    case .constantScores:
      "all leads have the same score, so it cannot be told how outcomes follow it"
    case .separated:
      "the scores separate the outcomes without error, so the calibration slope has no estimate"
    case .notConverged:
      "the calibration fit did not converge"
    case .differentLeads(let row):
      "the two models were not scored on the same leads"
        + (row.map { ": outcome or weight differ in row \($0)" } ?? ": their numbers differ")
    case .unknownTier(let row, let tier, let count):
      "the tier in row \(row) is number \(tier), but there are only \(count) tiers, from 0"
    }
  }
}

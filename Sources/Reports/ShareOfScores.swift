import FeatureEncoding
import LeadScoring

/// How much a field, or a pair of fields, moves scores.
struct ShareOfScores {
  /// The field, or the pair as in `a & b`.
  let name: String
  /// The kind of the field, or `pair`.
  let kind: String
  /// The coefficients; of a pair the cells that ten leads or more had.
  let coefficients: Int
  /// The standard deviation over the leads of training, in logits.
  let spread: Double
}

extension LeadModel {
  /// All fields and pairs, those that move scores most first.
  var sharesOfScores: [ShareOfScores] {
    let fields = terms.map {
      ShareOfScores(
        name: $0.name, kind: $0.kindName, coefficients: $0.coefficients.count,
        spread: $0.spread)
    }
    let pairs = pairs.map {
      ShareOfScores(
        name: $0.name, kind: "pair", coefficients: $0.cells.count, spread: $0.spread)
    }
    return (fields + pairs).sorted { $0.spread > $1.spread }
  }
}

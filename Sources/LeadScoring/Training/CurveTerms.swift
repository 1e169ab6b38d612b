import FeatureEncoding
import Regression
import Tables

/// The terms of a fit of curves and pairs, as a model holds them: line and curve as one table of points, all counted
/// from the average lead, and of a pair what its fields do not say alone.
struct CurveTerms {
  let intercept: Coefficient
  let terms: [ModelTerm]
  let pairs: [PairTerm]

  /// - Parameters:
  ///   - inference: For standard errors; they are 0 where it is nil.
  ///   - table: The history, over which spreads are taken; nil where nobody asks for them.
  init(
    _ problem: LinearProblem, coefficients: [Double], inference: PenalizedInference?,
    table: Table?
  ) {
    let effects = CurveEffects(problem, coefficients: coefficients, inference: inference)
    let encoder = problem.encoder
    let terms = encoder.fields.indices.map { effects.term(ofField: $0) }
    if let table {
      let scored = LogitScorer(intercept: 0, terms: terms, reference: encoder.dateReference)
      let spreads = scored.spreads(of: table, rows: problem.rows, terms: terms)
      self.terms = zip(terms, spreads).map { $0.keepsSpread ? $0.with(spread: $1) : $0 }
    } else {
      self.terms = terms
    }
    pairs = problem.pairs.indices.map { effects.term(ofPair: $0) }
    intercept = effects.intercept
  }
}

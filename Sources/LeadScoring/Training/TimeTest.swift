import Evaluation
import FeatureEncoding
import Tables

/// A form fitted on the older leads, and what it says of the newest.
struct TimeTest: Sendable {
  let form: ModelForm

  /// The strength of the penalties, and how they were chosen.
  let penalty: PenaltyRecord

  /// The logits of the newest leads.
  let eta: [Double]

  /// The newest leads, scored.
  let scored: ScoredLeads

  /// Lets a fit of the older leads foretell the newest.
  init(_ set: TrainingSet, split: TimeSplit, _ fitted: FormFit) throws(TrainingError) {
    form = fitted.form
    penalty = fitted.penalty
    let new = set.keeping(split.newest)
    eta = fitted.logits(of: set.table, rows: new.rows)
    do throws(EvaluationError) {
      scored = try ScoredLeads(
        linearPredictors: eta, outcomes: new.outcomes.map { $0 == 1 }, weights: new.caseWeights)
    } catch { throw .validation("the test by time failed: \(error)") }
  }
}

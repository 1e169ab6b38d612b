import Evaluation
import FeatureEncoding
import Tables

/// A form fitted on the older leads, and what it says of the newest.
struct TimeTest: Sendable {
  let form: ModelForm

  /// The logits of the newest leads.
  let eta: [Double]

  /// The newest leads, scored.
  let scored: ScoredLeads

  /// Fits a form on the older leads, with an encoder and a penalty of its own.
  init(
    _ set: TrainingSet, split: TimeSplit, form: ModelForm, options: TrainingOptions
  ) throws(TrainingError) {
    self.form = form
    let new = set.keeping(split.newest)
    let fitted = try FormFit(set, older: set.keeping(split.older), form: form, options: options)
    eta = fitted.logits(of: set.table, rows: new.rows)
    do throws(EvaluationError) {
      scored = try ScoredLeads(
        linearPredictors: eta, outcomes: new.outcomes.map { $0 == 1 }, weights: new.weights)
    } catch { throw .validation("the test by time failed: \(error)") }
  }
}

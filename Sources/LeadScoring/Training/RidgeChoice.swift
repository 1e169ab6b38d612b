import Regression

/// The strength of the penalty, chosen by cross-validation or given, and the fit of all leads under it.
struct RidgeChoice: Sendable {
  let penalty: PenaltyChoice

  /// The fit of all leads.
  let fit: Fit

  /// The logit of every lead by a fit on the other folds; nil where that was not asked for or cannot be.
  let eta: [Double]?

  init(
    _ problem: LinearProblem, folds: Folds?, fixed: Double?, needsForetold: Bool = true
  ) throws(TrainingError) {
    fatalError()
  }
}

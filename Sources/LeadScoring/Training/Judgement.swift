import Evaluation
import FeatureEncoding
import Regression
import Tables

/// The strength of the penalty, and how well such a fit foretells leads that it has not seen.
struct Judgement: Sendable {
  /// The fit of all leads.
  let fitted: FormFit

  let validation: Validation?

  /// Every lead foretold by a fit on other leads; nil if there are too few for that.
  let foretold: ForetoldLeads?

  let remarks: [String]

  /// The ridge where there are too few leads to choose one.
  static let defaultRidge = 1.0

  /// The share of leads, the newest, that a validation by time keeps for its test.
  static let testShare = 0.2

  init(_ set: TrainingSet, options: TrainingOptions, progress: (String) -> Void)
    throws(TrainingError)
  {
    var remarks: [String] = []
    // Where neither the penalty nor a measure needs folds, nobody waits for them.
    let choosesByFolds = options.ridge == nil && !options.form.setsPenaltiesByEvidence
    let needsFolds = choosesByFolds || options.validation != .none
    let folds =
      needsFolds
      ? LeadFolds(
        set.table, columns: set.features, rows: set.rows, outcomes: set.outcomes, seed: options.seed
      )
      : nil
    if !needsFolds {
      remarks.append(
        "no lead was held out, as --validation none asks where no penalty is chosen by it")
    } else if folds == nil {
      remarks.append(
        "an outcome has fewer than two different leads, so nothing can be cross-validated")
    } else if let count = folds?.count, count < 10 {
      remarks.append(
        "an outcome has only \(count) different leads, so there are \(count) folds in place of 10")
    }
    let needsTime = options.validation == .automatic || options.validation == .time
    if needsTime { progress("testing by time") }
    let byTime = needsTime ? try TimeTest(set, options: options, remarks: &remarks) : nil
    if options.validation == .time, byTime == nil {
      throw .validation(
        "--validation time needs a date of creation (--created COLUMN) and both outcomes among the "
          + "oldest 80 % and the newest 20 % of leads")
    }
    progress(choosesByFolds ? "choosing the penalty" : "fitting")
    fitted = try FormFit(
      set, rows: set.learningRows, form: options.form, options: options, folds: folds)
    foretold = fitted.eta.map { eta in
      ForetoldLeads(
        probabilities: eta.map { probability(ofLogit: $0) }, outcomes: set.outcomes,
        weights: set.weights)
    }
    if options.validation == .none {
      validation = nil
    } else {
      var byFolds: Validation.ByFolds?
      if options.validation != .time, let eta = fitted.eta, let folds {
        progress("measuring")
        byFolds = Validation.ByFolds(
          count: folds.count, metrics: try Self.metrics(eta, set.learningRows))
      }
      validation = Validation(time: byTime?.result, folds: byFolds, remarks: remarks)
    }
    self.remarks = remarks
  }

  /// What leads that were foretold show.
  static func metrics(_ eta: [Double], _ rows: LearningRows) throws(TrainingError) -> Metrics {
    do throws(EvaluationError) {
      return Metrics(
        try ScoredLeads(
          linearPredictors: eta, outcomes: rows.outcomes.map { $0 == 1 }, weights: rows.weights))
    } catch { throw .validation("the validation failed: \(error)") }
  }
}

import Evaluation
import FeatureEncoding
import Regression
import Tables

/// The form and its penalty, and how well such a fit foretells leads that it has not seen.
struct Judgement: Sendable {
  /// The fit of all leads.
  private(set) var fitted: FormFit

  /// What the newest leads say of the form.
  let trial: TimeTrial

  let validation: Validation?

  let remarks: [String]

  /// The ridge where there are too few leads to choose one.
  static let defaultRidge = 1.0

  /// The share of leads, the newest, that a validation by time keeps for its test.
  static let testShare = 0.2

  init(_ set: TrainingSet, options: TrainingOptions, progress: (String) -> Void)
    throws(TrainingError)
  {
    var remarks: [String] = []
    let needsTest =
      options.validation == .automatic || options.validation == .time
      || options.recalibration == .recent
    trial = try TimeTrial(
      set, options: options, needsTest: needsTest, remarks: &remarks, progress: progress)
    if options.validation == .time, trial.test == nil {
      throw .validation(
        "--validation time needs a date of creation (--created COLUMN) or rows in order of time (--ordered), "
          + "and both outcomes among the oldest 80 % and the newest 20 % of leads")
    }
    // Where neither the penalty nor a measure needs folds, nobody waits for them.
    let choosesByFolds = options.ridge == nil && !trial.form.hasCurves
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
    } else if let count = folds?.count,
      count < LeadFolds.usualCount(leads: set.rows.count)
    {
      remarks.append(
        "an outcome has only \(count) different leads, so there are \(count) folds in place of "
          + "\(LeadFolds.usualCount(leads: set.rows.count))")
    }
    progress(choosesByFolds ? "choosing the penalty" : "fitting")
    fitted = try FormFit(
      set, rows: set.learningRows, form: trial.form, options: options,
      penalty: trial.penalty, folds: folds)
    if options.validation == .none {
      validation = nil
    } else {
      var byFolds: Validation.ByFolds?
      if options.validation != .time, let eta = fitted.eta, let folds {
        progress("measuring")
        byFolds = Validation.ByFolds(
          count: folds.count, metrics: try Self.metrics(eta, set.learningRows))
      }
      let byTime = options.validation == .folds ? nil : trial.result
      validation = Validation(time: byTime, folds: byFolds, remarks: remarks)
    }
    self.remarks = remarks
  }

  /// The same judgement, with coefficients of all leads where those at hand are a sample.
  func refitted(on history: StoredHistory, _ set: TrainingSet) throws(TrainingError) -> Judgement {
    var judgement = self
    judgement.fitted = try fitted.refitted(on: history, set)
    return judgement
  }

  /// What leads that were foretold show.
  static func metrics(_ eta: [Double], _ rows: LearningRows) throws(TrainingError) -> Metrics {
    do throws(EvaluationError) {
      return Metrics(
        try ScoredLeads(
          linearPredictors: eta, outcomes: rows.outcomes.map { $0 == 1 }, weights: rows.caseWeights)
      )
    } catch { throw .validation("the validation failed: \(error)") }
  }
}

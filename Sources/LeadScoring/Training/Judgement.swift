import Evaluation
import FeatureEncoding
import Parallelism
import Regression
import Tables

/// The form and its penalty, and how well such a fit foretells leads that it has not seen.
struct Judgement: Sendable {
  /// The fit of all leads.
  private(set) var fitted: FormFit

  /// What the newest leads say of the form.
  let trial: TimeTrial

  let validation: Validation?

  /// What a shift of the intercept does, where it was tested.
  let check: Recalibration.Check?

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
    let trial = try TimeTrial(
      set, options: options, needsTest: needsTest, remarks: &remarks, progress: progress)
    self.trial = trial
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
      penalty: trial.penalty, folds: folds, from: trial.lines, carrying: trial.evidence)
    progress("measuring")
    let method = options.validation
    let eta = method == .none || method == .time ? nil : fitted.eta
    let rows = set.learningRows
    // Neither knows of the other, and each has work for one thread alone.
    let measures = try Parallel.map(2) { part throws(TrainingError) -> Measure in
      guard part == 1 else { return .check(try trial.shiftCheck(set, options: options)) }
      return .validations(
        time: method == .none || method == .folds ? nil : trial.validation,
        folds: try eta.map { eta throws(TrainingError) in try Self.metrics(eta, rows) })
    }
    guard case .check(let check) = measures[0],
      case .validations(let byTime, let byFolds) = measures[1]
    else { preconditionFailure("measures come in their order") }
    self.check = check
    validation =
      method == .none
      ? nil
      : Validation(
        time: byTime,
        folds: folds.flatMap { folds in
          byFolds.map { Validation.ByFolds(count: folds.count, metrics: $0) }
        }, remarks: remarks)
    self.remarks = remarks
  }

  /// What is found side by side.
  private enum Measure: Sendable {
    case check(Recalibration.Check?)
    case validations(time: Validation.ByTime?, folds: Metrics?)
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

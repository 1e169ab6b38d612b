import FeatureEncoding
import Regression
import Tables

/// A form fitted to some leads: the one place that knows how each form gets its penalties and its terms.
struct FormFit: Sendable {
  let form: ModelForm

  let choice: RidgeChoice

  /// Where a richer form of the same leads may begin; nil where none will.
  private let main: MainEffects?

  /// Penalties that their evidence has set, for fits of more leads; nil where there are none.
  var evidence: FittedEvidence? { choice.carried }

  /// What a fit of more leads may start from; nil where they are no lines.
  var lines: FittedLines? {
    form == .linear ? FittedLines(encoder: problem.encoder, coefficients: fit.coefficients) : nil
  }

  /// The encoded leads, with the pairs of columns that were found.
  var problem: LinearProblem { choice.problem }

  /// The strength of the penalties, and how they were chosen.
  var penalty: PenaltyRecord { choice.penalty }

  /// The fit of all the leads.
  var fit: Fit { choice.fit }

  /// The logit of every lead by a fit on the other folds; nil without folds.
  var eta: [Double]? { choice.eta }

  /// The errors of the coefficients, where they came with the penalties.
  var inference: PenalizedInference? { choice.inference }

  /// Fits a form.
  ///
  /// - Parameters:
  ///   - isPartial: Whether the rows are a part of the leads, in which columns of a pair that is asked for may not
  ///     differ; nothing but predictions is then asked of the fit.
  ///   - penalty: The penalty of lines, where it is known; nil is to be chosen.
  ///   - folds: Which of `rows` to hold out together, for a penalty that is chosen by them and for `eta`.
  ///   - simpler: A fit of curves to the same leads that is partial too, which a fit of pairs goes on from.
  ///   - start: Lines of fewer leads, from which lines under a known penalty go on.
  ///   - evidence: Penalties of fewer leads, under which curves and pairs are fitted.
  /// - Precondition: The form is not `plain`.
  init(
    _ set: TrainingSet, rows: LearningRows, form: ModelForm, options: TrainingOptions,
    isPartial: Bool = false, penalty: PenaltyRecord?, folds: LeadFolds?,
    after simpler: FormFit? = nil, from start: FittedLines? = nil,
    carrying evidence: FittedEvidence? = nil
  ) throws(TrainingError) {
    self.form = form
    if form.hasCurves, let evidence {
      main = nil
      choice = try RidgeChoice(
        carrying: evidence, set, rows: rows, form: form, options: options, folds: folds,
        isTrial: isPartial)
      return
    }
    if form.hasCurves, let simpler, let main = simpler.main {
      self.main = main
      choice = try RidgeChoice(
        evidenceOf: main, set,
        wishes: try options.wishes(for: main.problem.encoder, form: form, isPartial: isPartial),
        folds: folds, withoutPairs: simpler.choice, isTrial: isPartial)
      return
    }
    let draft = try LinearProblem(
      set, rows: rows, ridge: penalty?.ridge ?? Judgement.defaultRidge, form: form,
      directions: options.directions)
    // Nothing is chosen by a sample where the strength is known.
    let sample = penalty == nil ? set.sample(of: rows.rows, seed: options.seed) : nil
    guard form.hasCurves else {
      main = nil
      choice = try RidgeChoice.make(
        draft, folds: folds, known: penalty, sample: sample, isTrial: isPartial, start: start)
      return
    }
    let found = try MainEffects(draft, set, sample: sample)
    choice = try RidgeChoice(
      evidenceOf: found, set,
      wishes: try options.wishes(for: draft.encoder, form: form, isPartial: isPartial),
      folds: folds, isTrial: isPartial)
    main = isPartial ? found : nil
  }

  /// Fits a form to older leads, for a test on later ones: folds only choose the penalty, where they do.
  ///
  /// - Parameters:
  ///   - penalty: The penalty of lines, where it is known; nil is to be chosen.
  ///   - simpler: A fit of a simpler form to the same leads.
  ///   - start: Lines of fewer leads.
  ///   - evidence: Penalties of fewer leads.
  init(
    _ set: TrainingSet, older: LearningRows, form: ModelForm, options: TrainingOptions,
    penalty: PenaltyRecord?, after simpler: FormFit? = nil, from start: FittedLines? = nil,
    carrying evidence: FittedEvidence? = nil
  ) throws(TrainingError) {
    let folds =
      penalty == nil && !form.hasCurves
      ? LeadFolds(
        set.table, columns: set.features, rows: older.rows, outcomes: older.outcomes,
        seed: options.seed)
      : nil
    try self.init(
      set, rows: older, form: form, options: options, isPartial: true, penalty: penalty,
      folds: folds, after: simpler, from: start, carrying: evidence)
  }

  /// The intercept, the terms and the pairs of a model, with standard errors.
  ///
  /// - Parameter table: The table of the leads.
  func terms(
    in table: Table
  ) throws(TrainingError) -> (intercept: Coefficient, terms: [ModelTerm], pairs: [PairTerm]) {
    guard form.hasCurves else {
      let (intercept, terms) = try problem.terms(
        of: fit, ridge: penalty.ridge, inference: inference)
      return (intercept, terms, [])
    }
    let made = CurveTerms(
      problem, coefficients: fit.coefficients, inference: inference, table: table)
    return (made.intercept, made.terms, made.pairs)
  }

  private init(_ form: ModelForm, _ choice: RidgeChoice) {
    self.form = form
    self.choice = choice
    main = nil
  }

  /// The same form, encoder and penalties, with coefficients of all leads, where the leads fitted are a sample of them.
  func refitted(on history: StoredHistory, _ set: TrainingSet) throws(TrainingError) -> FormFit {
    FormFit(form, try choice.refitted(on: history, set))
  }

  /// The logits of rows of a table, which need not be those of the fit.
  func logits(of table: Table, rows: [Int]) -> [Double] {
    let (intercept, terms, pairs): (Double, [ModelTerm], [PairTerm])
    if form.hasCurves {
      let made = CurveTerms(
        problem, coefficients: fit.coefficients, inference: nil, table: nil)
      (intercept, terms, pairs) = (made.intercept.value, made.terms, made.pairs)
    } else {
      (intercept, terms) = problem.terms(coefficients: fit.coefficients)
      pairs = []
    }
    let scorer = LogitScorer(
      intercept: intercept, terms: terms, pairs: pairs,
      reference: problem.encoder.dateReference)
    return scorer.logits(of: table, rows: rows, terms: terms)
  }
}

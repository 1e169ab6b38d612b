import FeatureEncoding
import Regression
import Tables

/// A fit on the older leads, judged on the newest.
struct TimeTest: Sendable {
  let result: Validation.ByTime

  /// Fits and judges; nil without dates of creation, or where a part lacks an outcome.
  ///
  /// Leads of one day are never parted, so that the order of rows means nothing. Leads without a date
  /// are in neither part.
  init?(
    _ set: TrainingSet, options: TrainingOptions, remarks: inout [String]
  ) throws(TrainingError) {
    guard let created = set.roles.created, case .date(let days)? = set.table[created]?.values else {
      return nil
    }
    let dated = set.rows.indices.filter { !days[set.rows[$0]].isNaN }
    guard let border = Self.border(dated, set, days) else {
      remarks.append("all leads were created on one day, so there is no test by time")
      return nil
    }
    let old = set.keeping(dated.filter { days[set.rows[$0]] < border })
    let new = set.keeping(dated.filter { days[set.rows[$0]] >= border })
    guard old.hasBothOutcomes, new.hasBothOutcomes else {
      remarks.append(
        "there is no test by time: the leads created \(old.hasBothOutcomes ? "from" : "before") "
          + "\(CalendarDay.text(border)) have one outcome only")
      return nil
    }
    let draft = try LinearProblem(
      set, rows: old, ridge: options.ridge ?? Judgement.defaultRidge, form: options.form,
      directions: options.directions)
    let (intercept, terms, pairs): (Double, [ModelTerm], [PairTerm])
    if options.form.hasCurves {
      let choice = try RidgeChoice(
        evidenceOf: draft, set, wishes: options.wishes(for: draft.encoder, isPartial: true),
        sample: set.sample(of: old.rows, seed: options.seed), folds: nil)
      let made = CurveTerms(
        choice.problem, coefficients: choice.fit.coefficients, inference: nil, table: set.table)
      (intercept, terms, pairs) = (made.intercept.value, made.terms, made.pairs)
    } else {
      // A penalty that is given needs no folds: the test is on the newest leads.
      let folds =
        options.ridge == nil
        ? LeadFolds(
          set.table, columns: set.features, rows: old.rows, outcomes: old.outcomes,
          seed: options.seed)
        : nil
      let choice = try RidgeChoice.make(draft, folds: folds, given: options.ridge)
      (intercept, terms) = draft.terms(coefficients: choice.fit.coefficients)
      pairs = []
    }
    let scorer = LogitScorer(
      intercept: intercept, terms: terms, pairs: pairs, reference: draft.encoder.dateReference)
    let eta = scorer.logits(of: set.table, rows: new.rows, terms: terms)
    let leads = old.weights.reduce(0, +)
    let converted = zip(old.weights, old.outcomes).reduce(0) { $0 + $1.0 * $1.1 }
    result = Validation.ByTime(
      testFrom: CalendarDay.text(border), trainingLeads: leads, trainingRate: converted / leads,
      metrics: try Judgement.metrics(eta, new))
  }

  /// The first day of the newest fifth of leads; nil if there is no older day.
  private static func border(_ dated: [Int], _ set: TrainingSet, _ days: [Double]) -> Double? {
    let order = dated.map { (day: days[set.rows[$0]].rounded(.down), weight: set.weights[$0]) }
      .sorted { $0.day < $1.day }
    let total = order.reduce(0) { $0 + $1.weight }
    var before = 0.0
    for (day, weight) in order {
      before += weight
      if before > (1 - Judgement.testShare) * total {
        return day > order[0].day ? day : nil
      }
    }
    return nil
  }
}

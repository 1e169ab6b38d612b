import FeatureEncoding
import Regression
import Tables

extension RidgeChoice {
  /// Penalties set by their evidence, term by term, the pairs found on the way, and the fit under them.
  ///
  /// - Parameters:
  ///   - wishes: Which pairs of fields are asked for, excluded or searched; nil for no pairs.
  ///   - folds: Which leads to hold out together, for what a fit says of leads it has not seen; the
  ///     penalties stay as all leads have set them.
  ///   - withoutPairs: What stands where no pair is found; nil if that is still to be fitted.
  ///   - isTrial: Whether only predictions are asked of the fit, and no errors of coefficients.
  init(
    evidenceOf main: MainEffects, _ set: TrainingSet, wishes: PairSearch.Wishes?,
    folds: LeadFolds?, withoutPairs: RidgeChoice? = nil, isTrial: Bool
  ) throws(TrainingError) {
    let search = main.search
    var pairs = PairSearch(
      main.problem, state: main.state, part: main.part, sample: main.sample, search: search,
      guessShare: main.evidence.guessShare)
    if let wishes { try pairs.run(wishes, set) }
    if let withoutPairs, pairs.problem.pairs.isEmpty {
      self = withoutPairs
      return
    }
    try pairs.sharpen()
    // The last shrinkage needs errors.
    if isTrial, main.evidence.crowd <= 1 {
      try self.init(trial: pairs.problem, at: pairs.state, search: search)
    } else {
      try self.init(
        pairs.problem, main.evidence, search: search, at: pairs.state, set, folds: folds,
        sampledLeads: nil)
    }
    carried = FittedEvidence(pairs.problem, pairs.state, coefficients: fit.coefficients)
  }

  /// A fit under penalties that their evidence has set on fewer leads.
  ///
  /// Only a fit of which more than predictions are asked looks for pairs that the fewer leads did not show.
  init(
    carrying evidence: FittedEvidence, _ set: TrainingSet, rows: LearningRows, form: ModelForm,
    options: TrainingOptions, folds: LeadFolds?, isTrial: Bool
  ) throws(TrainingError) {
    var (problem, terms, state) = try evidence.state(set, rows: rows, form: form, options: options)
    var search = terms.search
    search.hasFewerRows = true
    if isTrial, terms.crowd <= 1 {
      try self.init(trial: problem, at: state, search: search)
      return
    }
    var sampledLeads: Int? = evidence.leads
    if !isTrial,
      let wishes = try options.wishes(for: problem.encoder, form: form, isPartial: false)
    {
      let sample = set.sample(of: rows.rows, seed: options.seed)
      let part = search.part(of: problem.objective, sample)
      do throws(FitError) {
        state = state.moved(
          to: try search.minimum(part, at: state, solver: .trial).fit.coefficients)
      } catch { throw .fit(error) }
      var pairs = PairSearch(
        problem, state: state, part: part, sample: sample, search: search,
        guessShare: terms.guessShare)
      try pairs.run(wishes, set)
      if pairs.problem.pairs.count > problem.pairs.count {
        try pairs.sharpen()
        (problem, state, sampledLeads) = (pairs.problem, pairs.state, nil)
      }
    }
    try self.init(
      problem, terms, search: search, at: state, set, folds: folds, sampledLeads: sampledLeads)
  }

  /// A fit of which only predictions are asked.
  private init(
    trial problem: LinearProblem, at state: EvidenceState, search: EvidenceSearch
  ) throws(TrainingError) {
    do throws(FitError) {
      self = RidgeChoice(
        trial: try search.minimum(problem.objective, at: state, solver: .trial).fit, of: problem)
    } catch { throw .fit(error) }
  }

  private init(
    _ problem: LinearProblem, _ terms: EvidenceTerms, search: EvidenceSearch,
    at state: EvidenceState, _ set: TrainingSet, folds: LeadFolds?, sampledLeads: Int?
  ) throws(TrainingError) {
    let found: EvidenceFit
    do throws(FitError) {
      found = try search.finish(problem.objective, at: state)
    } catch { throw .fit(error) }
    let eta = try Self.eta(of: found.objective, near: found.fit, folds: folds)
    self = EvidenceChoice(
      problem: problem, terms: terms, search: search, state: state, found: found, eta: eta,
      sampledLeads: sampledLeads
    ).choice(set)
  }
}

/// Penalties that their evidence has set, and the fit under them: before the last shrinkage.
struct EvidenceChoice: Sendable {
  let problem: LinearProblem
  let terms: EvidenceTerms
  let search: EvidenceSearch
  let state: EvidenceState
  let found: EvidenceFit

  /// The logit of every lead by a fit on the other folds; nil where that was not asked for.
  let eta: [Double]?

  /// The leads that have set the penalties, where these are a sample found before.
  let sampledLeads: Int?

  /// The same penalties, with coefficients of all leads.
  func refitted(on history: StoredHistory) throws(TrainingError) -> EvidenceChoice {
    do throws(PassError<TrainingError>) {
      return EvidenceChoice(
        problem: problem, terms: terms, search: search, state: state,
        found: try search.refine(
          found, at: state, totalWeight: history.totalWeight,
          pass: { coefficients throws(TrainingError) in try history.sums(at: coefficients) }),
        eta: eta, sampledLeads: sampledLeads)
    } catch { throw TrainingError(error) }
  }

  func choice(_ set: TrainingSet) -> RidgeChoice {
    let shrinkage =
      terms.crowd > 1 ? Shrinkage(found, rows: set.shrinkageSample(of: problem.rows.rows)) : .none
    return RidgeChoice(
      penalty: PenaltyRecord(
        ridge: 0,
        chosen: RidgeChoice.byEvidence
          + (sampledLeads.map { ", on a sample of \(grouped($0)) leads" } ?? ""),
        terms: penalties,
        shrinkage: shrinkage.factor < 1 ? shrinkage.factor : nil),
      problem: problem, fit: shrinkage.applied(to: found.fit),
      eta: eta.map { shrinkage.applied(toLogits: $0) }, inference: found.inference,
      evidence: self)
  }

  /// The penalties of all parts of terms, then of pairs.
  private var penalties: [TermPenalty] {
    terms.names(with: problem).enumerated().map { index, name in
      let strengths = found.strengths[index]
      return TermPenalty(
        field: name.field, part: name.part, strength: strengths[0],
        differences: strengths.count > 1 ? strengths[1] : nil,
        effectiveParameters: found.effectiveParameters[index])
    }
  }
}

/// The fit of fields alone, with the parts of dates that say something, on the rows that penalties come from: where the
/// search for pairs begins.
struct MainEffects {
  let problem: LinearProblem
  let evidence: EvidenceTerms
  let search: EvidenceSearch

  /// The rows that penalties come from.
  let part: LogisticObjective

  /// The places of these rows among the problem's; nil is all.
  let sample: [Int]?

  let state: EvidenceState

  init(
    _ problem: LinearProblem, _ set: TrainingSet, sample: [Int]?
  ) throws(TrainingError) {
    let fields = try MainEffects(problem, sample: sample)
    let parts = DatePartSearch.fields(
      problem, set, at: problem.objective.point(at: fields.state.coefficients))
    self =
      parts.isEmpty ? fields : try MainEffects(try problem.adding(parts, set), sample: sample)
  }

  private init(_ problem: LinearProblem, sample: [Int]?) throws(TrainingError) {
    self.problem = problem
    evidence = EvidenceTerms(problem.encoder)
    search = evidence.search
    part = search.part(of: problem.objective, sample)
    // A sample that lacked an outcome was not taken.
    self.sample = part.design.rowCount < problem.rows.rows.count ? sample : nil
    let start = EvidenceState(evidence.entries.map(\.term), coefficients: part.origin)
    do throws(FitError) { state = try search.settle(part, from: start) } catch { throw .fit(error) }
  }
}

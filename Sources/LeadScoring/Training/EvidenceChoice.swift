import FeatureEncoding
import Regression

extension RidgeChoice {
  /// Penalties set by their evidence, term by term, the parts of dates and pairs found on the way, and the fit under them.
  ///
  /// - Parameters:
  ///   - wishes: Which pairs of fields are asked for, excluded or searched; nil for no pairs.
  ///   - sample: The rows that penalties come from, as positions among the problem's; nil is all.
  ///   - folds: Which leads to hold out together, for what a fit says of leads it has not seen; the
  ///     penalties stay as all leads have set them.
  init(
    evidenceOf problem: LinearProblem, _ set: TrainingSet, wishes: PairSearch.Wishes?,
    sample: [Int]?, folds: LeadFolds?
  ) throws(TrainingError) {
    var main = try MainEffects(problem, sample: sample)
    let dateParts = DatePartSearch.fields(problem, set, at: main.state.coefficients)
    if !dateParts.isEmpty {
      main = try MainEffects(try problem.adding(dateParts, set), sample: sample)
    }
    // A sample that lacked an outcome was not taken.
    let sample = main.part.design.rowCount < problem.rows.rows.count ? sample : nil
    let search = main.search
    var pairs = PairSearch(
      main.problem, state: main.state, part: main.part, sample: sample, search: search,
      guessShare: main.evidence.guessShare)
    if let wishes { try pairs.run(wishes, set) }
    try pairs.sharpen()
    let found: EvidenceFit
    do throws(FitError) {
      found = try search.finish(pairs.problem.objective, at: pairs.state)
    } catch { throw .fit(error) }
    var eta: [Double]?
    if let folds {
      do throws(CrossValidationError) {
        var solver = NewtonSolver()
        solver.tolerance = 1e-6
        solver.gradientTolerance = .infinity
        eta = try CrossValidation(
          of: found.objective, near: found.fit, folds: try Folds(folds.numbers), solver: solver
        ).eta
      } catch { throw .crossValidation(error) }
    }
    let shrinkage =
      main.evidence.crowd > 1
      ? Shrinkage(found, rows: set.shrinkageSample(of: problem.rows.rows)) : .none
    self.init(
      penalty: PenaltyRecord(
        ridge: 0, chosen: "set by their evidence, term by term",
        terms: Self.penalties(main.evidence.entries, pairs.problem, found),
        shrinkage: shrinkage.factor < 1 ? shrinkage.factor : nil),
      problem: pairs.problem, fit: shrinkage.applied(to: found.fit),
      eta: eta.map { shrinkage.applied(toLogits: $0) }, inference: found.inference)
  }

  /// The penalties of all parts of terms, then of pairs.
  private static func penalties(
    _ entries: [EvidenceTerms.Entry], _ problem: LinearProblem, _ found: EvidenceFit
  ) -> [TermPenalty] {
    let names =
      entries.map { ($0.field, $0.part) }
      + problem.pairs.map { (problem.name(of: $0), TermPenalty.Part.pair) }
    return names.enumerated().map { index, name in
      let strengths = found.strengths[index]
      return TermPenalty(
        field: name.0, part: name.1, strength: strengths[0],
        differences: strengths.count > 1 ? strengths[1] : nil,
        effectiveParameters: found.effectiveParameters[index])
    }
  }
}

/// The fit of fields alone, on the rows that penalties come from.
private struct MainEffects {
  let problem: LinearProblem
  let evidence: EvidenceTerms
  let search: EvidenceSearch
  let part: LogisticObjective
  let state: EvidenceState

  init(_ problem: LinearProblem, sample: [Int]?) throws(TrainingError) {
    self.problem = problem
    evidence = EvidenceTerms(problem.encoder)
    var search = EvidenceSearch()
    search.priorStrength = evidence.priorStrength
    search.silence = evidence.silence
    self.search = search
    part = search.part(of: problem.objective, sample)
    let start = EvidenceState(evidence.entries.map(\.term), coefficients: part.origin)
    do throws(FitError) { state = try search.settle(part, from: start) } catch { throw .fit(error) }
  }
}

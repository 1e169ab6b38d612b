import FeatureEncoding
import Regression

extension RidgeChoice {
  /// Penalties set by their evidence, term by term, the pairs found on the way, and the fit under them.
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
    let entries = EvidenceTerms(problem.encoder).entries
    let search = EvidenceSearch()
    let part = search.part(of: problem.objective, sample)
    // A sample that lacked an outcome was not taken.
    let sample = part.design.rowCount < problem.objective.design.rowCount ? sample : nil
    let terms = entries.map(\.term)
    let main: EvidenceState
    do throws(FitError) { main = try search.settle(part, terms: terms) } catch { throw .fit(error) }
    var pairs = try PairSearch(
      problem, set, terms: terms, state: main, part: part, sample: sample, search: search)
    if let wishes { try pairs.run(wishes) }
    let found: EvidenceFit
    do throws(FitError) {
      found = try search.finish(pairs.problem.objective, terms: pairs.terms, at: pairs.state)
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
    self.init(
      penalty: PenaltyRecord(
        ridge: 0, chosen: "set by their evidence, term by term",
        terms: Self.penalties(entries, pairs.problem, found)),
      problem: pairs.problem, fit: found.fit, eta: eta, inference: found.inference)
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

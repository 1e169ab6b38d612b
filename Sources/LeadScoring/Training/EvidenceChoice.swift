import FeatureEncoding
import Regression

extension RidgeChoice {
  /// Penalties set by their evidence, term by term, and the fit under them.
  ///
  /// - Parameter folds: Which leads to hold out together, for what a fit says of leads it has not seen; the
  ///   penalties stay as all leads have set them.
  init(
    evidenceOf problem: LinearProblem, sample: [Int]?, folds: LeadFolds?
  ) throws(TrainingError) {
    let terms = EvidenceTerms(problem.encoder).entries
    let found: EvidenceFit
    do throws(FitError) {
      found = try EvidenceSearch().run(
        problem.objective, terms: terms.map(\.term), sample: sample)
    } catch { throw .fit(error) }
    let penalties = terms.indices.map { index in
      TermPenalty(
        field: terms[index].field, part: terms[index].part, strength: found.strengths[index],
        effectiveParameters: found.effectiveParameters[index])
    }
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
        ridge: 0, chosen: "set by their evidence, term by term", terms: penalties),
      fit: found.fit, eta: eta, inference: found.inference)
  }
}

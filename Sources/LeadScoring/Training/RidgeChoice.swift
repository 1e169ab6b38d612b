import FeatureEncoding
import LinearAlgebra
import Regression
import Tables

/// The strength of the penalty, chosen by cross-validation or given, and the fit of all leads under it.
struct RidgeChoice: Sendable {
  let penalty: PenaltyRecord

  /// The problem that was fitted, with the pairs that were found.
  let problem: LinearProblem

  /// The fit of all leads.
  let fit: Fit

  /// The logit of every lead by a fit on the other folds; nil where that was not asked for or cannot be.
  let eta: [Double]?

  /// The errors of the coefficients, where they came with the penalty.
  let inference: PenalizedInference?

  /// How the penalties were set, where their evidence did it.
  let evidence: EvidenceChoice?

  /// Penalties that their evidence has set, for fits of more leads.
  var carried: FittedEvidence?

  init(
    penalty: PenaltyRecord, problem: LinearProblem, fit: Fit, eta: [Double]?,
    inference: PenalizedInference?, evidence: EvidenceChoice? = nil
  ) {
    self.evidence = evidence
    self.penalty = penalty
    self.problem = problem
    self.fit = fit
    self.eta = eta
    self.inference = inference
  }

  /// How penalties are chosen that set themselves.
  static let byEvidence = "set by their evidence, term by term"

  /// A fit under penalties that set themselves, of which only predictions are asked.
  init(trial fit: Fit, of problem: LinearProblem) {
    self.init(
      penalty: PenaltyRecord(ridge: 0, chosen: Self.byEvidence), problem: problem, fit: fit,
      eta: nil, inference: nil)
  }

  /// The same penalties, with coefficients of all leads, where those at hand are a sample of them.
  func refitted(on history: StoredHistory, _ set: TrainingSet) throws(TrainingError) -> RidgeChoice
  {
    if let evidence { return try evidence.refitted(on: history).choice(set) }
    let penalty = QuadraticPenalty(squares: try problem.replacing(ridge: penalty.ridge).penalties)
    let minimum: PassFit
    do throws(PassError<TrainingError>) {
      minimum = try PassSolver().minimize(
        penalty, totalWeight: history.totalWeight, from: fit.coefficients,
        pass: { coefficients throws(TrainingError) in try history.sums(at: coefficients) })
    } catch { throw TrainingError(error) }
    return RidgeChoice(
      penalty: self.penalty, problem: problem, fit: minimum.fit(of: problem.objective.design),
      eta: eta,
      inference: PenalizedInference(
        minimum.coefficients, hessian: minimum.hessian, penalty: penalty))
  }

  /// Chooses a strength, or takes the one that is given.
  ///
  /// - Parameters:
  ///   - folds: Which leads to hold out together; nil where there are too few to hold any out.
  ///   - known: A penalty that was given or chosen before.
  ///   - sample: The leads by which a strength is chosen, as positions among the problem's; nil is all.
  ///   - isTrial: Whether only predictions are asked of the fit: no `eta`, for which leads would be held out once more
  ///     where a sample chose.
  ///   - start: Lines of fewer leads, from which a fit under a known penalty may go on.
  static func make(
    _ problem: LinearProblem, folds: LeadFolds?, known: PenaltyRecord?, sample: [Int]?,
    isTrial: Bool, start: FittedLines? = nil
  ) throws(TrainingError) -> RidgeChoice {
    if let known {
      return try RidgeChoice(problem, known, folds: folds, isTrial: isTrial, start: start)
    }
    guard let folds else {
      return try RidgeChoice(
        problem,
        PenaltyRecord(
          ridge: Judgement.defaultRidge, chosen: "the default, as leads are too few to choose"),
        folds: nil, isTrial: isTrial)
    }
    guard let sample, let found = try search(problem, folds: folds, among: sample) else {
      return try RidgeChoice(searching: problem, folds: folds)
    }
    return try RidgeChoice(
      problem, found, folds: isTrial ? nil : folds, isTrial: isTrial)
  }

  /// The strength that foretells a sample of the leads best: the sum of losses grows with leads, and the strength beside
  /// it does not, so that many leads choose what all would; nil where a fold of the sample would lack an outcome.
  private static func search(
    _ problem: LinearProblem, folds: LeadFolds, among sample: [Int]
  ) throws(TrainingError) -> PenaltyRecord? {
    let numbers = sample.map { folds.numbers[$0] }
    let outcomes = sample.map { problem.objective.outcomes[$0] }
    var counts = [[Int]](repeating: [0, 0], count: folds.count)
    for (fold, outcome) in zip(numbers, outcomes) {
      counts[Int(fold)][outcome == 1 ? 1 : 0] += 1
    }
    guard counts.joined().allSatisfy({ $0 > 0 }) else { return nil }
    let objective = problem.objective
    do throws(CrossValidationError) {
      let found = try PenaltySearch().strength(
        design: objective.design.rows(sample), outcomes: outcomes,
        weights: objective.weights.map { weights in sample.map { weights[$0] } },
        scales: LinearProblem.penalties(1, count: objective.design.columnCount),
        folds: try Folds(numbers))
      return record(
        found.strength, found.candidates, folds: folds.count, sample: sample.count)
    } catch { throw .crossValidation(error) }
  }

  private static func record(
    _ strength: Double, _ candidates: [PenaltyChoice.Candidate], folds: Int, sample: Int?
  ) -> PenaltyRecord {
    PenaltyRecord(
      ridge: strength,
      chosen: "the lowest log loss of \(folds)-fold cross-validation"
        + (sample.map { " of a sample of \(grouped($0)) leads" } ?? ""),
      tried: candidates.map {
        PenaltyRecord.Candidate(ridge: $0.strength, logLoss: $0.logLoss)
      })
  }

  private init(searching problem: LinearProblem, folds: LeadFolds) throws(TrainingError) {
    let objective = problem.objective
    let choice: PenaltyChoice
    do throws(CrossValidationError) {
      var search = PenaltySearch()
      search.solver = .final
      choice = try search.run(
        design: objective.design, outcomes: objective.outcomes, weights: objective.weights,
        scales: LinearProblem.penalties(1, count: objective.design.columnCount),
        folds: try Folds(folds.numbers))
    } catch { throw .crossValidation(error) }
    penalty = Self.record(
      choice.strength, choice.candidates, folds: folds.count, sample: nil)
    fit = choice.fit
    eta = choice.validation.eta
    inference = nil
    evidence = nil
    self.problem = problem
  }

  private init(
    _ problem: LinearProblem, _ penalty: PenaltyRecord, folds: LeadFolds?, isTrial: Bool,
    start: FittedLines? = nil
  ) throws(TrainingError) {
    self.penalty = penalty
    inference = nil
    evidence = nil
    self.problem = problem
    let objective = try problem.replacing(ridge: penalty.ridge)
    let solver = isTrial ? NewtonSolver.trial : NewtonSolver.final
    let known = start.map { problem.encoder.carrying($0.coefficients, of: $0.encoder) }
    do throws(FitError) {
      fit =
        if let known {
          try solver.minimize(objective, fromFewer: known)
        } else { try solver.minimize(objective) }
    } catch { throw .fit(error) }
    eta = try Self.eta(of: objective, near: fit, folds: folds)
  }

  /// The logit of every lead by a fit on the other folds; nil without folds.
  static func eta(
    of objective: LogisticObjective, near fit: Fit, folds: LeadFolds?
  ) throws(TrainingError) -> [Double]? {
    guard let folds else { return nil }
    do throws(CrossValidationError) {
      return try CrossValidation(
        of: objective, near: fit, folds: try Folds(folds.numbers),
        solver: NewtonSolver().stopping(at: PenaltySearch().foldTolerance)
      ).eta
    } catch { throw .crossValidation(error) }
  }
}

/// Lines that were fitted to some of the leads: where a fit of more of them may start.
struct FittedLines: Sendable {
  let encoder: FeatureEncoder
  /// The coefficients of the encoder's columns.
  let coefficients: [Double]
}

extension NewtonSolver {
  /// A solver of fits that go into a model, with errors.
  static var final: NewtonSolver {
    var solver = NewtonSolver()
    solver.wantsErrors = true
    return solver
  }

  /// A solver of fits of which only predictions are asked: so near to the minimum none of the digits that are told moves.
  static var trial: NewtonSolver { NewtonSolver().stopping(at: 1e-5) }
}

import LinearAlgebra

/// The candidates of a search so far, each fitted from its neighbor.
struct PenaltyWalk {
  private struct Visit {
    let objective: LogisticObjective
    let fit: Fit
    let validation: CrossValidation
  }

  private let objective: LogisticObjective
  private let scales: [Double]
  private let folds: Folds
  private let search: PenaltySearch
  private var visits: [Int: Visit] = [:]
  private var last: Int?

  init(
    _ objective: LogisticObjective, scales: [Double], folds: Folds, search: PenaltySearch
  ) throws(CrossValidationError) {
    guard folds.numbers.count == objective.outcomes.count else {
      throw .wrongCount(found: folds.numbers.count, expected: objective.outcomes.count)
    }
    self.objective = objective
    self.scales = scales
    self.folds = folds
    self.search = search
  }

  /// Fits and cross-validates a candidate, which is known by its place among the strengths.
  mutating func candidate(_ index: Int) throws(CrossValidationError) -> PenaltyChoice.Candidate {
    let strength = PenaltySearch.strengths[index]
    let solver = search.solver.stopping(at: search.searchTolerance)
    let neighbor = last.flatMap { visits[$0] }
    let (part, fit) = try fit(strength, near: neighbor?.fit, solver: solver)
    let validation = try CrossValidation(
      of: part, near: fit, folds: folds, starts: starts(of: fit, after: neighbor), solver: solver)
    visits[index] = Visit(objective: part, fit: fit, validation: validation)
    last = index
    return Self.candidate(strength, validation)
  }

  /// Where folds of many rows start: as far from the fit as they were at the last candidate; nil is at the fit.
  private func starts(of fit: Fit, after neighbor: Visit?) -> [[Double]]? {
    guard let neighbor, objective.outcomes.count >= NewtonSolver.manyRows else { return nil }
    return neighbor.validation.coefficients.map { fold in
      zip(zip(fold, neighbor.fit.coefficients), fit.coefficients).map { $0.0 - $0.1 + $1 }
    }
  }

  /// The candidates so far, ascending.
  var candidates: [PenaltyChoice.Candidate] {
    visits.sorted { $0.key < $1.key }
      .map { Self.candidate(PenaltySearch.strengths[$0.key], $0.value.validation) }
  }

  /// Brings the fits of a candidate to their minimum.
  func choice(_ index: Int) throws(CrossValidationError) -> PenaltyChoice {
    guard let visit = visits[index] else { preconditionFailure("candidate \(index) was not tried") }
    let (objective, fit) = try fit(
      PenaltySearch.strengths[index], near: visit.fit, solver: search.solver)
    let solver = search.solver.stopping(at: max(search.solver.tolerance, search.foldTolerance))
    let validation = try CrossValidation(
      of: objective, near: fit, folds: folds, starts: visit.validation.coefficients, solver: solver)
    return PenaltyChoice(
      strength: PenaltySearch.strengths[index],
      candidates: visits.keys.sorted().compactMap { key in
        visits[key].map {
          Self.candidate(PenaltySearch.strengths[key], key == index ? validation : $0.validation)
        }
      }, objective: objective, fit: fit, validation: validation)
  }

  private static func candidate(
    _ strength: Double, _ validation: CrossValidation
  ) -> PenaltyChoice.Candidate {
    PenaltyChoice.Candidate(
      strength: strength, logLoss: validation.logLoss, standardError: validation.standardError)
  }

  private func fit(
    _ strength: Double, near neighbor: Fit?, solver: NewtonSolver
  ) throws(CrossValidationError) -> (LogisticObjective, Fit) {
    let part: LogisticObjective
    do {
      part = try objective.replacing(penalties: scales.map { $0 * strength })
    } catch {
      throw .invalid(error)
    }
    do throws(FitError) {
      guard let neighbor else { return (part, try solver.minimize(part)) }
      // What a sample says of the Hessian may need the penalty that it was said under.
      guard let hessian = try? neighbor.hessian.replacing(penalty: part.penalty) else {
        return (part, try solver.minimize(part, from: neighbor.coefficients))
      }
      return (part, try solver.minimize(part, near: neighbor, reusing: hessian))
    } catch {
      throw .fit(error)
    }
  }
}

import LinearAlgebra

/// A fit whose penalties the data have set: strengths for each term.
public struct EvidenceFit: Sendable {
  /// The strengths lambda of each term's penalties.
  public let strengths: [[Double]]
  /// How many free coefficients each term is worth, `k - tr(V S)`, with `V = (X'WX + S)^-1`.
  public let effectiveParameters: [Double]
  /// The objective under these strengths.
  public let objective: LogisticObjective
  /// Its minimum, over all rows.
  public let fit: Fit
  /// The standard errors of the coefficients (p), and the Hessian they come from.
  public let inference: PenalizedInference
  /// The passes over rows that the strengths took.
  public let passes: Int
}

/// Where a search for strengths stands: what a further one, with more terms, starts from.
public struct EvidenceState: Sendable {
  /// The strengths lambda of each term's penalties.
  public let strengths: [[Double]]
  /// The coefficients (p), near the minimum under these strengths.
  public let coefficients: [Double]
  /// The neighbors of each term that are held equal, as they would go the wrong way.
  let ties: [[QuadraticPenalty.Edge]]
  /// The passes over rows so far.
  public let passes: Int

  /// This state with further terms behind the others: their strengths as guessed, their coefficients 0.
  public func adding(_ terms: [EvidenceTerm]) -> EvidenceState {
    EvidenceState(
      strengths: strengths + terms.map(\.guessedStrengths),
      coefficients: coefficients
        + [Double](repeating: 0, count: terms.reduce(0) { $0 + $1.columns.count }),
      ties: ties + terms.map { _ in [] }, passes: passes)
  }
}

/// Sets penalties by their evidence, without trying any: Fellner and Schall's update.
///
/// A penalty is read as a prior, `b ~ N(0, (lambda S)^-1)`, and lambda has a Gamma prior of its own, worth
/// `priorStrength` coefficients of the guessed variance. The update raises the marginal likelihood
/// (Wood and Fasiolo, *A generalized Fellner-Schall method for smoothing parameter optimization*, 2017).
/// Between passes over the rows the strengths are updated several times on one quadratic model.
public struct EvidenceSearch: Sendable {
  /// How many coefficients the guess of a variance is worth.
  public var priorStrength = 2.0
  /// A penalty on every coefficient's square, so that a curve's level is determined.
  public var floor = 1e-4
  /// The strengths that there may be.
  public var range = 1e-3...1e6
  /// How many times larger or smaller an update may make a strength.
  public var largestFactor = 20.0
  /// The updates between two passes, and the largest change at which they stop.
  public var updates = 8
  public var updateTolerance = 0.05
  /// The change of a pass's first update, and the promise of its step in nats, at which passes stop.
  public var changeTolerance = 0.3
  public var decrementTolerance = 2.0
  /// The passes after which the strengths are taken as they are.
  public var maximumPasses = 40
  /// How often neighbors that go the wrong way are held equal, or let go again, at the most.
  public var maximumTies = 30
  /// The solver of the fit under the final strengths.
  public var solver = NewtonSolver()

  /// Creates a search with the default tolerances.
  public init() {}

  /// Sets the strengths, and fits all rows under them.
  ///
  /// - Parameters:
  ///   - objective: The data; its penalty is replaced. A column of no term has none.
  ///   - terms: Terms of different columns.
  ///   - sample: Rows that are enough to set strengths, which do not depend on how many there are;
  ///     nil takes all.
  public func run(
    _ objective: LogisticObjective, terms: [EvidenceTerm], sample: [Int]? = nil
  ) throws(FitError) -> EvidenceFit {
    try finish(objective, terms: terms, at: settle(part(of: objective, sample), terms: terms))
  }

  /// Sets the strengths, and finds coefficients near the minimum under them.
  ///
  /// - Parameter state: Where to start; nil is at the guesses, with coefficients of 0.
  public func settle(
    _ objective: LogisticObjective, terms: [EvidenceTerm], from state: EvidenceState? = nil
  ) throws(FitError) -> EvidenceState {
    guard objective.meanOutcome > 0, objective.meanOutcome < 1 else {
      throw .oneClass(outcome: objective.meanOutcome)
    }
    var state =
      state
      ?? EvidenceState(
        strengths: terms.map(\.guessedStrengths), coefficients: objective.origin,
        ties: terms.map(\.ties), passes: 0)
    for _ in 0..<maximumTies {
      let tied = tied(terms, by: state)
      var walk = EvidenceWalk(
        objective.under(penalty(tied, state.strengths, of: objective)), terms: tied, from: state,
        search: self)
      while walk.passes < maximumPasses {
        if try walk.pass() { break }
      }
      let ties = terms.map { $0.violations(by: walk.coefficients) }
      let isSettled = ties == state.ties
      state = EvidenceState(
        strengths: walk.strengths, coefficients: walk.coefficients, ties: ties,
        passes: state.passes + walk.passes)
      if isSettled { break }
    }
    return state
  }

  /// The fit of all rows under the strengths of a state.
  public func finish(
    _ objective: LogisticObjective, terms: [EvidenceTerm], at state: EvidenceState
  ) throws(FitError) -> EvidenceFit {
    var state = state
    var rounds = 0
    while true {
      let tied = tied(terms, by: state)
      let final = objective.under(penalty(tied, state.strengths, of: objective))
      let fit = try solver.minimize(final, from: state.coefficients)
      let ties = terms.map { $0.violations(by: fit.coefficients) }
      rounds += 1
      if ties == state.ties || rounds == maximumTies {
        return try self.fit(final, tied, fit, state)
      }
      state = EvidenceState(
        strengths: state.strengths, coefficients: fit.coefficients, ties: ties,
        passes: state.passes)
    }
  }

  private func fit(
    _ objective: LogisticObjective, _ terms: [EvidenceTerm], _ fit: Fit, _ state: EvidenceState
  ) throws(FitError) -> EvidenceFit {
    let inference = try PenalizedInference(fit, of: objective)
    let tieStrength = tieStrength(of: objective)
    var straight = fit
    if terms.contains(where: { $0.direction != nil }) {
      var coefficients = fit.coefficients
      for term in terms { term.straighten(&coefficients) }
      straight = fit.replacing(
        coefficients: coefficients, eta: objective.design.times(coefficients))
    }
    return EvidenceFit(
      strengths: state.strengths,
      effectiveParameters: zip(terms, state.strengths).map { term, strengths in
        Double(term.columns.count)
          - term.trace(
            with: inference.covariances, strengths: strengths, floor: floor,
            tieStrength: tieStrength)
      }, objective: objective, fit: straight,
      inference: inference, passes: state.passes)
  }

  private func tied(_ terms: [EvidenceTerm], by state: EvidenceState) -> [EvidenceTerm] {
    zip(terms, state.ties).map { $0.direction == nil ? $0 : $0.tying($1) }
  }

  /// The rows that strengths come from: all where there is no sample, or where it lacks an outcome.
  public func part(of objective: LogisticObjective, _ sample: [Int]?) -> LogisticObjective {
    guard let sample else { return objective }
    do throws(ObjectiveError) {
      let part = try objective.rows(sample)
      return part.meanOutcome > 0 && part.meanOutcome < 1 ? part : objective
    } catch {
      return objective
    }
  }

  func penalty(
    _ terms: [EvidenceTerm], _ strengths: [[Double]], of objective: LogisticObjective
  ) -> QuadraticPenalty {
    QuadraticPenalty(
      terms, strengths: strengths, floor: floor, tieStrength: tieStrength(of: objective),
      columnCount: objective.design.columnCount)
  }

  /// What holds neighbors equal: far more than all rows can tell of them, and far less than what would
  /// cost all digits.
  private func tieStrength(of objective: LogisticObjective) -> Double {
    1e3 * objective.totalWeight
  }

  /// A term's strengths after an update, from the coefficients and the covariance that belong to the old
  /// ones, and the largest change: of a logarithm, less where the term hardly has a parameter.
  func update(
    _ strengths: [Double], of term: EvidenceTerm, coefficients: [Double], inverse: PartialInverse
  ) -> (strengths: [Double], change: Double) {
    var change = 0.0
    let next = zip(term.penalties, strengths).map { penalty, strength in
      let free =
        term.priorTrace(of: penalty, strengths: strengths, floor: floor)
        - term.trace(with: inverse, of: penalty)
      let parameters = strength * max(free, 1e-12)
      let found =
        (parameters + priorStrength)
        / (term.square(of: coefficients, under: penalty) + priorStrength * penalty.guess)
      let held = min(max(found, range.lowerBound), range.upperBound)
      let next = min(max(held, strength / largestFactor), strength * largestFactor)
      change = max(change, abs(logarithm(next / strength)) * min(1, parameters + 0.02))
      return next
    }
    return (next, change)
  }
}

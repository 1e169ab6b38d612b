import LinearAlgebra

/// Sets penalties by their evidence, without trying any: Fellner and Schall's update.
///
/// A penalty is read as a prior, `b ~ N(0, (lambda S)^-1)`, and lambda has a Gamma prior of its own, worth
/// `priorStrength` coefficients of the guessed variance. The update raises the marginal likelihood
/// (Wood and Fasiolo, *A generalized Fellner-Schall method for smoothing parameter optimization*, 2017).
/// Between passes over the rows the strengths are updated several times on one quadratic model.
public struct EvidenceSearch: Sendable {
  /// How many coefficients the guess of a variance is worth.
  public var priorStrength = 2.0
  /// What is thought of terms that tell nothing; nil where every term is thought to tell.
  public var silence: TellingTerms?
  /// A penalty on every coefficient's square, so that a curve's level is determined.
  public var floor = 1e-4
  /// The strengths that there may be.
  public var range = 1e-3...1e6
  /// How many times larger or smaller an update may make a strength.
  public var largestFactor = 20.0
  /// The updates between two passes, and the largest change at which they stop.
  public var updates = 8
  public var updateTolerance = 0.05
  /// That largest change where rows are many: strengths that move by less move no digit that a pass does not move too.
  public var coarseTolerance = 0.1
  /// The levels from which on, where they are eliminated and more than all other columns, their strength is updated once
  /// a pass: to eliminate them under another one is then most of an update's work.
  public var waitingLevels = 512
  /// The promise of a step, in nats a row, below which what many rows tell of coefficients is not computed anew for the
  /// next pass, and the rows that are many.
  public var nearDecrement = 1e-4
  public var manyRows = NewtonSolver.manyRows
  /// The change of a pass's first update, and the promise of its step in nats, at which passes stop.
  public var changeTolerance = 0.3
  public var decrementTolerance = 2.0
  /// The passes after which the strengths are taken as they are.
  public var maximumPasses = 40
  /// How often neighbors that go the wrong way are held equal, or let go again, at the most.
  public var maximumTies = 30
  /// Whether the coefficients of a state are those of fewer rows: the fit under its strengths then starts by a sample's
  /// Hessian.
  public var hasFewerRows = false
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
    let start = EvidenceState(terms, coefficients: objective.origin)
    return try finish(objective, at: settle(part(of: objective, sample), from: start))
  }

  /// Sets the strengths, and finds coefficients near the minimum under them.
  ///
  /// - Parameters:
  ///   - state: Where to start.
  ///   - sharpens: Whether differences of neighbors are to count less the larger they are.
  public func settle(
    _ objective: LogisticObjective, from state: EvidenceState, sharpens: Bool = false
  ) throws(FitError) -> EvidenceState {
    guard objective.meanOutcome > 0, objective.meanOutcome < 1 else {
      throw .oneClass(outcome: objective.meanOutcome)
    }
    var state = state
    for _ in 0..<maximumTies {
      var walk = EvidenceWalk(
        objective.under(penalty(state.terms, state.strengths, of: objective)), from: state,
        search: self, sharpens: sharpens)
      while walk.passes < maximumPasses {
        if try walk.pass() { break }
      }
      state = EvidenceState(
        terms: walk.terms, strengths: walk.strengths, telling: walk.telling,
        coefficients: walk.coefficients,
        passes: state.passes + walk.passes)
      let ties = state.violations(by: state.coefficients)
      if ties == state.terms.map(\.ties) { break }
      state = state.tying(ties, coefficients: state.coefficients)
    }
    return state
  }

  /// The fit of all rows under the strengths of a state, with its errors.
  public func finish(
    _ objective: LogisticObjective, at state: EvidenceState
  ) throws(FitError) -> EvidenceFit {
    var solver = solver
    solver.wantsErrors = true
    let (final, fit, state) = try minimum(objective, at: state, solver: solver)
    return self.fit(
      final, fit, try PenalizedInference(fit, of: final), state,
      totalWeight: objective.totalWeight)
  }

  /// The minimum over all rows under the strengths of a state, and the state with the neighbors that it holds equal.
  public func minimum(
    _ objective: LogisticObjective, at state: EvidenceState, solver: NewtonSolver
  ) throws(FitError) -> (objective: LogisticObjective, fit: Fit, state: EvidenceState) {
    var state = state
    var round = 0
    while true {
      round += 1
      let final = objective.under(penalty(state.terms, state.strengths, of: objective))
      let fit =
        if hasFewerRows, round == 1 {
          try solver.minimize(final, fromFewer: state.coefficients)
        } else { try solver.minimize(final, from: state.coefficients) }
      let ties = state.violations(by: fit.coefficients)
      if ties == state.terms.map(\.ties) || round == maximumTies { return (final, fit, state) }
      state = state.tying(ties, coefficients: fit.coefficients)
    }
  }

  /// - Parameter totalWeight: That of all rows that the fit is of.
  func fit(
    _ objective: LogisticObjective, _ fit: Fit, _ inference: PenalizedInference,
    _ state: EvidenceState, totalWeight: Double
  ) -> EvidenceFit {
    let tieStrength = tieStrength(of: totalWeight)
    var straight = fit
    if state.terms.contains(where: { $0.direction != nil }) {
      var coefficients = fit.coefficients
      for term in state.terms { term.straighten(&coefficients) }
      straight = fit.replacing(
        coefficients: coefficients, eta: objective.design.times(coefficients))
    }
    return EvidenceFit(
      strengths: state.strengths,
      effectiveParameters: zip(state.terms, state.strengths).map { term, strengths in
        Double(term.columns.count)
          - term.trace(
            with: inference.covariances, strengths: strengths, floor: floor,
            tieStrength: tieStrength)
      }, objective: objective, fit: straight,
      inference: inference, passes: state.passes)
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
    penalty(
      terms, strengths, totalWeight: objective.totalWeight,
      columnCount: objective.design.columnCount)
  }

  func penalty(
    _ terms: [EvidenceTerm], _ strengths: [[Double]], totalWeight: Double, columnCount: Int
  ) -> QuadraticPenalty {
    QuadraticPenalty(
      terms, strengths: strengths, floor: floor, tieStrength: tieStrength(of: totalWeight),
      columnCount: columnCount)
  }

  /// What holds neighbors equal: far more than all rows can tell of them, and far less than what would
  /// cost all digits.
  private func tieStrength(of totalWeight: Double) -> Double { 1e3 * totalWeight }
}

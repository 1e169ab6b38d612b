import LinearAlgebra

/// A fit whose penalties the data have set: one strength a term.
public struct EvidenceFit: Sendable {
  /// The strength lambda of each term's penalty.
  public let strengths: [Double]
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
    let start = terms.map { 1 / $0.guess }
    let whole = objective.under(penalty(terms, start, of: objective))
    guard whole.meanOutcome > 0, whole.meanOutcome < 1 else {
      throw .oneClass(outcome: whole.meanOutcome)
    }
    var walk = EvidenceWalk(part(of: whole, sample), terms: terms, strengths: start, search: self)
    while walk.passes < maximumPasses {
      if try walk.pass() { break }
    }
    let final = objective.under(penalty(terms, walk.strengths, of: objective))
    let fit = try solver.minimize(final, from: walk.coefficients)
    let inference = try PenalizedInference(fit, of: final)
    let band = inference.band
    return EvidenceFit(
      strengths: walk.strengths,
      effectiveParameters: zip(terms, walk.strengths).map { term, strength in
        Double(term.columns.count) - strength * term.trace(with: band)
          - floor * band.diagonal[term.columns].reduce(0, +)
      }, objective: final, fit: fit, inference: inference, passes: walk.passes)
  }

  /// The rows that the strengths come from: all where the sample lacks an outcome.
  private func part(of objective: LogisticObjective, _ sample: [Int]?) -> LogisticObjective {
    guard let sample else { return objective }
    do throws(ObjectiveError) {
      let part = try objective.rows(sample)
      return part.meanOutcome > 0 && part.meanOutcome < 1 ? part : objective
    } catch {
      return objective
    }
  }

  func penalty(
    _ terms: [EvidenceTerm], _ strengths: [Double], of objective: LogisticObjective
  ) -> QuadraticPenalty {
    QuadraticPenalty(
      terms, strengths: strengths, floor: floor, columnCount: objective.design.columnCount)
  }

  /// A strength after an update, from the coefficients and the covariance that belong to the old one.
  func update(
    _ strength: Double, of term: EvidenceTerm, coefficients: [Double], band: InverseBand
  ) -> (strength: Double, change: Double) {
    let free = term.priorTrace(strength: strength, floor: floor) - term.trace(with: band)
    let parameters = strength * max(free, 1e-12)
    let found =
      (parameters + priorStrength)
      / (term.square(of: coefficients) + priorStrength * term.guess)
    let held = min(max(found, range.lowerBound), range.upperBound)
    let next = min(max(held, strength / largestFactor), strength * largestFactor)
    return (next, abs(logarithm(next / strength)) * min(1, parameters + 0.02))
  }
}

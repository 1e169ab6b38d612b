import LinearAlgebra

/// Fits without penalty, by full Newton steps until rounding stops them, on the watch for separation.
struct PlainSolver {
  /// The decrement that needs no further step: rounding is larger.
  private static let tolerance = 1e-15
  /// The decrement that will do where a step has not brought it down.
  private static let roundingDecrement = 1e-6
  private static let maximumSteps = 200
  /// The penalty, a row, on every column where the Hessian has become singular.
  private static let damping = 1e-10
  /// The predictor, in logits, from which on a fit is suspected of separation, and the first step.
  private static let suspicion = 12.0
  private static let suspicionStep = 4

  let data: PlainData
  let basis: OrthogonalColumns

  /// How a fit ends: at a minimum, or with a direction (p) of separation, in orthogonal columns.
  private enum Outcome {
    case minimum(LogisticObjective.Point, Hessian)
    case separated(direction: [Double])
  }

  /// The minimum in coefficients of the orthogonal columns, and the Hessian there.
  func solve() throws(MaximumLikelihoodError) -> (LogisticObjective.Point, Hessian) {
    let alone = data.separatingColumns()
    guard alone.isEmpty else { throw .separated(columns: alone.map { data.names[$0] }) }
    let outcome: Outcome
    do {
      outcome = try descend()
    } catch {
      throw .notConverged(error)
    }
    switch outcome {
    case .minimum(let point, let hessian): return (point, hessian)
    case .separated(let direction):
      let columns = SeparatingColumns(of: data, shares: shares(of: direction))
      throw .separated(columns: columns.columns.map { data.names[$0] })
    }
  }

  /// The shares that the columns have in a direction of separation, or nil where there is none.
  func separatingShares() -> [Double]? {
    do {
      guard case .separated(let direction) = try descend() else { return nil }
      return shares(of: direction)
    } catch {
      return nil
    }
  }

  /// What each column contributes to a direction, in its own spread.
  private func shares(of direction: [Double]) -> [Double] {
    let original = basis.original(direction)
    return data.columns.indices.map { abs(original[$0 + 1]) * basis.spread(ofColumn: $0) }
  }

  private func descend() throws(FitError) -> Outcome {
    let objective = makeObjective()
    let separation = Separation(objective)
    var descent = try Descent(objective, from: objective.origin, reusing: nil)
    var last = Double.infinity
    // What rounding has made singular: the fit goes on for a direction of separation alone.
    var singular: FitError?
    for step in 0...Self.maximumSteps {
      let (direction, squared) = descent.direction()
      let decrement = max(0, squared).squareRoot()
      if step >= Self.suspicionStep,
        descent.point.eta.contains(where: { abs($0) > Self.suspicion }),
        let confirmed = separation.confirmed(by: direction)
      {
        return .separated(direction: confirmed)
      }
      if let singular, decrement <= Self.tolerance { throw singular }
      let isStalled =
        singular == nil && decrement > 0.5 * last && decrement <= Self.roundingDecrement
      if decrement <= Self.tolerance || isStalled {
        return .minimum(descent.point, descent.hessian)
      }
      last = decrement
      guard descent.advance(along: direction, decrease: squared) else {
        if let singular { throw singular }
        guard decrement <= Self.roundingDecrement else { break }
        return .minimum(descent.point, descent.hessian)
      }
      do throws(FitError) {
        try descent.refresh()
      } catch {
        singular = singular ?? error
        try descent.refresh(damping: Self.damping * objective.totalWeight)
      }
    }
    if let singular { throw singular }
    throw .notConverged(
      gradientNorm: descent.point.gradientNorm, steps: descent.gradientPasses - 1)
  }

  private func makeObjective() -> LogisticObjective {
    do {
      let design = try DesignMatrix(
        blocks: [.intercept, .dense(DenseBlock(columns: Array(basis.columns.dropFirst())))],
        rowCount: data.outcomes.count)
      return try LogisticObjective(
        design: design, outcomes: data.outcomes, weights: data.weights,
        penalties: .init(repeating: 0, count: design.columnCount))
    } catch {
      preconditionFailure("checked data make an objective: \(error)")
    }
  }
}

import LinearAlgebra

/// Fits without penalty, by full Newton steps until rounding stops them, on the watch for separation.
struct PlainSolver {
  /// The decrement that needs no further step: rounding is larger.
  private static let tolerance = 1e-15
  /// The decrement that will do where a step has not brought it down.
  private static let roundingDecrement = 1e-6
  private static let maximumSteps = 200
  /// The predictor, in logits, from which on a fit is suspected of separation, and the first step.
  private static let suspicion = 12.0
  private static let suspicionStep = 4

  let data: PlainData
  let basis: OrthogonalColumns

  /// The minimum in coefficients of the orthogonal columns, and the Hessian there.
  func solve() throws(MaximumLikelihoodError) -> (LogisticObjective.Point, Hessian) {
    let separating = Separation.separatingColumns(of: data)
    guard separating.isEmpty else { throw .separated(columns: separating.map { data.names[$0] }) }
    do throws(FitError) {
      return try descend()
    } catch .separated {
      throw .separated(columns: Separation.names(of: data))
    } catch {
      throw .notConverged(error)
    }
  }

  /// Whether some combination of the columns foretells outcomes without error.
  func isSeparated() -> Bool {
    do throws(FitError) {
      _ = try descend()
      return false
    } catch {
      return error == .separated
    }
  }

  private func descend() throws(FitError) -> (LogisticObjective.Point, Hessian) {
    let objective = makeObjective()
    let separation = Separation(objective)
    var descent = try Descent(objective, from: objective.origin, reusing: nil)
    var last = Double.infinity
    for step in 0...Self.maximumSteps {
      let (direction, squared) = descent.direction()
      let decrement = max(0, squared).squareRoot()
      if step >= Self.suspicionStep,
        descent.point.eta.contains(where: { abs($0) > Self.suspicion }),
        separation.isConfirmed(by: direction)
      {
        throw .separated
      }
      let isStalled = decrement > 0.5 * last && decrement <= Self.roundingDecrement
      if decrement <= Self.tolerance || isStalled { return (descent.point, descent.hessian) }
      last = decrement
      let before = descent.point.coefficients
      guard descent.advance(along: direction, decrease: squared) else {
        guard decrement <= Self.roundingDecrement else { break }
        return (descent.point, descent.hessian)
      }
      do throws(FitError) {
        try descent.refresh()
      } catch {
        let last = zip(descent.point.coefficients, before).map { $0 - $1 }
        throw separation.isConfirmed(by: last) ? .separated : error
      }
    }
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

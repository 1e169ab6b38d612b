import LinearAlgebra

/// Minimizes an objective with an additional penalty on absolute values, which sets coefficients to 0.
///
/// The function is `(losses + 1/2 sum_j s_j b_j^2 + sum_j a_j |b_j|) / sum_i w_i`. With the names of glmnet,
/// whose loss is a mean over n rows, `s_j = n lambda (1 - alpha)` and `a_j = n lambda alpha`. Each
/// Newton step minimizes a quadratic model by coordinate descent on its Gram matrix (Friedman, Hastie
/// and Tibshirani, *Regularization paths for generalized linear models via coordinate descent*, 2010;
/// Lee, Sun and Saunders, *Proximal Newton-type methods*, 2014). For a p of a few thousand at most.
public struct ElasticNetSolver: Sendable {
  /// The largest violation of the conditions of a minimum, in nats a row and unit of a coefficient.
  public var tolerance = 1e-11
  /// The Newton steps after which the solver gives up.
  public var maximumSteps = 100

  /// Creates a solver with the default tolerances.
  public init() {}

  /// The coefficients (p) at the minimum; those that the penalty holds at 0 are exactly 0.
  ///
  /// - Parameters:
  ///   - absolute: The penalties on absolute values (p), 0 or more, in nats a unit.
  ///   - start: Coefficients (p) near the minimum.
  public func minimize(
    _ objective: LogisticObjective, absolute: [Double], from start: [Double]? = nil
  ) throws(FitError) -> [Double] {
    precondition(absolute.count == objective.penalties.count, "a penalty for each column")
    precondition(absolute.allSatisfy { $0 >= 0 && $0 < .infinity }, "penalties are 0 or more")
    let mean = objective.meanOutcome
    let isFree = zip(absolute, objective.penalties).contains { $0 == 0 && $1 == 0 }
    guard (mean > 0 && mean < 1) || !isFree else { throw .oneClass(outcome: mean) }
    var point = objective.point(at: start ?? objective.origin)
    var spare = LossTerms(rows: objective.outcomes.count)
    for _ in 0..<maximumSteps {
      if violation(at: point, absolute: absolute, of: objective) <= tolerance {
        return point.coefficients
      }
      let model = QuadraticModel(at: point, of: objective, absolute: absolute)
      guard let target = model.minimum() else { break }
      guard let next = descend(from: point, to: target, absolute, objective, &spare) else { break }
      point = next
    }
    throw .notConverged(
      gradientNorm: violation(at: point, absolute: absolute, of: objective), steps: maximumSteps)
  }

  /// How far the gradient is from what the absolute values allow, in nats a row.
  private func violation(
    at point: LogisticObjective.Point, absolute: [Double], of objective: LogisticObjective
  ) -> Double {
    var largest = 0.0
    for (j, gradient) in point.gradient.enumerated() {
      let bound = absolute[j] / objective.totalWeight
      let coefficient = point.coefficients[j]
      let excess =
        coefficient == 0
        ? max(0, abs(gradient) - bound) : abs(gradient + (coefficient > 0 ? bound : -bound))
      largest = max(largest, excess)
    }
    return largest
  }

  /// A point on the way to a target that lies lower by Armijo's share of what the model promises.
  private func descend(
    from point: LogisticObjective.Point, to target: [Double], _ absolute: [Double],
    _ objective: LogisticObjective, _ spare: inout LossTerms
  ) -> LogisticObjective.Point? {
    let direction = zip(target, point.coefficients).map { $0 - $1 }
    let etaDirection = objective.design.times(direction)
    let sizes = { (coefficients: [Double]) in dot(absolute, coefficients.map { abs($0) }) }
    let start = point.value * objective.totalWeight + sizes(point.coefficients)
    let promise =
      objective.totalWeight * dot(point.gradient, direction) + sizes(target)
      - sizes(point.coefficients)
    var step = 1.0
    while step > 1e-10 {
      // The target itself at a full step, so that its zeros are exact.
      let coefficients =
        step == 1 ? target : zip(point.coefficients, direction).map { $0 + step * $1 }
      spare.evaluate(
        eta: point.terms.eta, direction: etaDirection, step: step, outcomes: objective.outcomes,
        weights: objective.weights)
      let value = spare.loss + objective.penalty(of: coefficients) + sizes(coefficients)
      if value <= start + 1e-4 * step * promise + 1e-14 * abs(start) {
        return objective.point(at: coefficients, terms: spare)
      }
      step *= 0.5
    }
    return nil
  }
}

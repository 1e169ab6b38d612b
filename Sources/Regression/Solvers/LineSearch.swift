import LinearAlgebra

/// A search along a direction for a step that brings the objective down enough.
///
/// The first trial, of the whole step, is one pass over the design, which gives the gradient there too.
/// The predictors are linear in the step, so that a further trial is a pass of the loss and none of the
/// design. A trial is taken where the value falls by Armijo's share of the slope or, near the minimum,
/// where rounding hides that, where the slope itself has come down (Hager and Zhang, *A new conjugate
/// gradient method with guaranteed descent and an efficient line search*, 2005).
struct LineSearch {
  /// The share of the slope's promise that a step must keep.
  private static let armijo = 1e-4
  /// The share of the first slope up to which a slope counts as flatter.
  private static let flatter = 0.9
  /// The share of the first slope above which a second trial is worth its passes: of many rows what is left the next step
  /// learns as well.
  private var steep: Double { objective.design.rowCount < NewtonSolver.manyRows ? 0.1 : 0.3 }
  private static let maximumTrials = 40

  private let objective: LogisticObjective
  /// The predictors (n) and the losses at the start.
  private let eta: [Double]
  private let loss: Double
  /// The change of the coefficients (p) for a step of 1.
  private let direction: [Double]
  /// The first slope, which is negative.
  private let slope: Double
  private let penalty: (value: Double, slope: Double, bend: Double)

  init(
    _ objective: LogisticObjective, from point: LogisticObjective.Point, along direction: [Double],
    decrease: Double
  ) {
    self.objective = objective
    eta = point.eta
    loss = point.terms.loss
    self.direction = direction
    slope = -decrease
    penalty = (
      objective.penalty(of: point.coefficients),
      objective.penalty.product(point.coefficients, direction),
      objective.penalty.product(direction, direction)
    )
  }

  /// A step that was found.
  struct Found {
    let step: Double
    /// The residuals' sums X' r (p) there, if they came with it, and the curvatures' if these were wanted too.
    let pull, curvatures: [Double]?
  }

  /// The step; nil where none comes down.
  ///
  /// - Parameters:
  ///   - terms: Room for what rows contribute, and then that after the step.
  ///   - curvatures: Whether their sums are wanted.
  func run(into terms: inout LossTerms, curvatures: Bool) -> Found? {
    let start = loss + penalty.value
    guard slope < 0, slope.isFinite else { return nil }
    // What comes with the whole step is of no other one.
    let sums = terms.move(
      eta, along: direction, of: objective.design, outcomes: objective.outcomes,
      weights: objective.weights, curvatures: curvatures)
    // The change of the predictors (n), which only a second trial needs.
    lazy var change = objective.design.times(direction)
    func found(_ step: Double) -> Found {
      guard step == 1 else { return Found(step: step, pull: nil, curvatures: nil) }
      return Found(step: step, pull: sums[0], curvatures: curvatures ? sums[1] : nil)
    }
    var step = 1.0
    for _ in 0..<Self.maximumTrials {
      if step < 1 { evaluate(step, change, into: &terms) }
      let (value, bent) = line(step, terms)
      let isLower = value <= start + Self.armijo * step * slope
      let isFlatter =
        value <= start + LossTerms.rounding * abs(start) && abs(bent) <= Self.flatter * abs(slope)
      let secant = slope / (slope - bent)
      if isLower || isFlatter {
        guard abs(bent) > steep * abs(slope), secant.isFinite, secant > 0 else {
          return found(step)
        }
        return found(
          refine(step, slope: bent, value: value, share: min(secant, 4), change, into: &terms))
      }
      step *= secant.isFinite ? min(0.5, max(0.1, secant)) : 0.1
    }
    return nil
  }

  /// A second trial where the line's minimum seems to be; the first is kept where it is no better.
  private func refine(
    _ step: Double, slope: Double, value: Double, share: Double, _ change: [Double],
    into terms: inout LossTerms
  ) -> Double {
    evaluate(step * share, change, into: &terms)
    let (other, found) = line(step * share, terms)
    if other <= value, abs(found) < abs(slope) { return step * share }
    evaluate(step, change, into: &terms)
    return step
  }

  private func evaluate(_ step: Double, _ change: [Double], into terms: inout LossTerms) {
    terms.evaluate(
      eta: eta, direction: change, step: step, outcomes: objective.outcomes,
      weights: objective.weights)
  }

  /// The objective's sum and slope after a step, whose terms are known.
  private func line(_ step: Double, _ terms: LossTerms) -> (value: Double, slope: Double) {
    let value =
      terms.loss + penalty.value + step * (penalty.slope + 0.5 * step * penalty.bend)
    return (value, -terms.slope + penalty.slope + step * penalty.bend)
  }
}

import LinearAlgebra

/// A search along a direction for a step that brings the objective down enough.
///
/// The first trial, of the whole step, is one pass over the design, which gives the gradient there too.
/// The predictors are linear in the step, so that a further trial is a pass of the loss and, but for the first of them, none
/// of the design. A trial is taken where the value falls by Armijo's share of the slope or, near the minimum,
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
  /// The coefficients (p) and the losses at the start.
  private let start: [Double]
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
    start = point.coefficients
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

  /// The predictors (n) of the start and their change by the whole step, which only a second trial needs: to keep the former
  /// for it would take memory for all rows.
  private struct Line {
    let eta, change: [Double]
  }

  /// The step; nil where none comes down.
  ///
  /// - Parameters:
  ///   - terms: What rows contribute at the start, and then what they do after the step: at the start again where there is none.
  ///   - curvatures: Whether their sums are wanted.
  func run(moving terms: inout LossTerms, curvatures: Bool) -> Found? {
    let before = loss + penalty.value
    guard slope < 0, slope.isFinite else { return nil }
    // What comes with the whole step is of no other one.
    let sums = terms.move(
      along: direction, of: objective.design, outcomes: objective.outcomes,
      weights: objective.weights, curvatures: curvatures)
    lazy var line = Line(
      eta: objective.design.times(start), change: objective.design.times(direction))
    func found(_ step: Double) -> Found {
      guard step == 1 else { return Found(step: step, pull: nil, curvatures: nil) }
      return Found(step: step, pull: sums[0], curvatures: curvatures ? sums[1] : nil)
    }
    var step = 1.0
    for _ in 0..<Self.maximumTrials {
      if step < 1 { evaluate(step, line, into: &terms) }
      let (value, bent) = sum(step, terms)
      let isLower = value <= before + Self.armijo * step * slope
      let isFlatter =
        value <= before + LossTerms.rounding * abs(before) && abs(bent) <= Self.flatter * abs(slope)
      let secant = slope / (slope - bent)
      if isLower || isFlatter {
        guard abs(bent) > steep * abs(slope), secant.isFinite, secant > 0 else {
          return found(step)
        }
        return found(
          refine(step, slope: bent, value: value, share: min(secant, 4), line, into: &terms))
      }
      step *= secant.isFinite ? min(0.5, max(0.1, secant)) : 0.1
    }
    evaluate(0, line, into: &terms)
    return nil
  }

  /// A second trial where the line's minimum seems to be; the first is kept where it is no better.
  private func refine(
    _ step: Double, slope: Double, value: Double, share: Double, _ line: Line,
    into terms: inout LossTerms
  ) -> Double {
    evaluate(step * share, line, into: &terms)
    let (other, found) = sum(step * share, terms)
    if other <= value, abs(found) < abs(slope) { return step * share }
    evaluate(step, line, into: &terms)
    return step
  }

  private func evaluate(_ step: Double, _ line: Line, into terms: inout LossTerms) {
    terms.evaluate(
      eta: line.eta, direction: line.change, step: step, outcomes: objective.outcomes,
      weights: objective.weights)
  }

  /// The objective's sum and slope after a step, whose terms are known.
  private func sum(_ step: Double, _ terms: LossTerms) -> (value: Double, slope: Double) {
    let value =
      terms.loss + penalty.value + step * (penalty.slope + 0.5 * step * penalty.bend)
    return (value, -terms.slope + penalty.slope + step * penalty.bend)
  }
}

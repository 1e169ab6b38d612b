import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Minimizes an objective by Newton's method with a line search, and few Hessians.
///
/// A step solves `H d = -g` (Nocedal and Wright, *Numerical Optimization*, 2nd ed., chapter 3). A large
/// fit starts on a sample of its rows; once the decrement is small the last factor serves for further
/// steps, which are corrected by what the gradients tell of the change (`SecantPairs`). Only the
/// gradient decides on convergence, in two measures: its largest element, and the Newton decrement.
public struct NewtonSolver: Sendable {
  /// The Newton decrement `sqrt(g' H^-1 g)` at which a fit has converged: the largest distance of any
  /// coefficient from its minimum, in standard errors.
  public var tolerance = 1e-10
  /// The largest gradient element at which a fit has converged, in nats a row.
  public var gradientTolerance = 1e-9
  /// Half the squared decrement, in nats a row, below which the last factor is used again.
  public var chordDecrement = 3e-3
  /// What a Gram pass costs at least, in gradient passes.
  public var gramCost = 4.5
  /// The dense columns for each of which a Gram pass costs one gradient pass more: their products grow with the square of
  /// their number, and a gradient with the number (200 columns: 0.45 s against 0.04 s for a million rows).
  private static let denseColumnsOfAGradient = 18.0
  /// The steps that a fit takes after a new Hessian.
  private static let stepsAfterGram = 3.0
  /// The rows from which on a fit starts on every k-th of them, for a k of `sampleStrides`.
  public var sampleThreshold = 50_000
  public var sampleStrides = 8...64
  /// How far from the whole's minimum the sample's should be, in nats a row, where a Gram pass costs `gramCost`.
  ///
  /// The first Hessian of all rows is then the only one; of a dearer one more steps may be asked.
  private static let sampleGap = 3e-4
  /// The steps after which the solver gives up; a fit from zero takes 5 to 10.
  public var maximumSteps = 100

  /// The decrement below which a fit that rounding keeps from coming closer has converged.
  private static let roundingDecrement = 1e-5
  /// The mean loss without any penalty, in nats, below which the outcomes count as foretold.
  private static let separationThreshold = 1e-8

  /// Creates a solver with the default tolerances.
  public init() {}

  /// The minimum of an objective.
  ///
  /// - Parameters:
  ///   - start: Coefficients (p) near the minimum, from a fit near by.
  ///   - hessian: The Hessian of a fit near by, in place of a first Gram pass.
  public func minimize(
    _ objective: LogisticObjective, from start: [Double]? = nil, reusing hessian: Hessian? = nil
  ) throws(FitError) -> Fit {
    try refuseOneClass(objective)
    let origin = start ?? (hessian == nil ? sampleMinimum(of: objective) : nil) ?? objective.origin
    var descent = try Descent(objective, from: origin, reusing: hessian)
    return try run(&descent)
  }

  /// The minimum of an objective near that of another over the same design: a fold's, a penalty's.
  ///
  /// - Parameter hessian: What stands for the Hessian at first; the other fit's, where nil.
  public func minimize(
    _ objective: LogisticObjective, near fit: Fit, reusing hessian: Hessian? = nil
  ) throws(FitError) -> Fit {
    try refuseOneClass(objective)
    var descent = try Descent(
      objective, from: fit.coefficients, eta: fit.eta, reusing: hessian ?? fit.hessian)
    return try run(&descent)
  }

  private func refuseOneClass(_ objective: LogisticObjective) throws(FitError) {
    let mean = objective.meanOutcome
    guard (mean > 0 && mean < 1) || !objective.penalties.contains(0) else {
      throw .oneClass(outcome: mean)
    }
  }

  private func run(_ descent: inout Descent) throws(FitError) -> Fit {
    let objective = descent.objective
    var last = Double.infinity
    var lastExact = Double.infinity
    for _ in 0...maximumSteps {
      var (direction, squared) = descent.direction()
      if !descent.isExact, needsHessian(squared, after: last, of: objective) {
        try descent.refresh()
        (direction, squared) = descent.direction()
      }
      let decrement = max(0, squared).squareRoot()
      // In large units a gradient may never be small: it is enough that steps bring it down no more.
      let isClose =
        decrement <= tolerance
        && (descent.point.gradientNorm <= gradientTolerance || squared > 0.25 * last)
      let isStalled = descent.isExact && decrement > 0.5 * lastExact
      if isClose || (isStalled && decrement <= Self.roundingDecrement) {
        try refuseSeparation(at: descent.point, of: objective)
        return fit(descent, decrement: decrement)
      }
      if descent.isExact { lastExact = decrement }
      last = squared
      if descent.advance(along: direction, decrease: squared) { continue }
      if !descent.isExact {
        try descent.refresh()
        last = .infinity
      } else if decrement <= Self.roundingDecrement {
        return fit(descent, decrement: decrement)
      } else {
        break
      }
    }
    throw .notConverged(
      gradientNorm: descent.point.gradientNorm, steps: descent.gradientPasses - 1)
  }

  /// Whether a new Hessian pays: the way that is left is long, or the last steps were slow.
  private func needsHessian(
    _ squared: Double, after last: Double, of objective: LogisticObjective
  ) -> Bool {
    guard squared > tolerance * tolerance else { return !(squared >= 0) }
    guard 0.5 * squared / objective.totalWeight <= chordDecrement else { return true }
    guard last.isFinite else { return false }
    let rate = squared / last
    guard rate < 0.1 else { return true }
    let steps = log2(squared / (tolerance * tolerance)) / log2(1 / rate)
    return steps > gramCost(of: objective) + Self.stepsAfterGram
  }

  /// What a Gram pass costs, in gradient passes.
  private func gramCost(of objective: LogisticObjective) -> Double {
    max(gramCost, Double(objective.design.denseColumnCount) / Self.denseColumnsOfAGradient)
  }

  private func refuseSeparation(
    at point: LogisticObjective.Point, of objective: LogisticObjective
  ) throws(FitError) {
    guard point.value < Self.separationThreshold, objective.penalty.isZero else {
      return
    }
    throw .separated
  }

  private func fit(_ descent: Descent, decrement: Double) -> Fit {
    Fit(
      coefficients: descent.point.coefficients, eta: descent.point.eta,
      objective: descent.point.value, gradientNorm: descent.point.gradientNorm,
      decrement: decrement, gramPasses: descent.gramPasses,
      gradientPasses: descent.gradientPasses, hessian: descent.hessian)
  }

  /// A start on a sample of the rows under the whole penalty, where there are many.
  ///
  /// The sample's minimum is as far from the whole's as its noise takes it, half a nat a column on average for each time
  /// that the sample is in the whole: so it need not be exact, and few columns need few rows.
  private func sampleMinimum(of objective: LogisticObjective) -> [Double]? {
    guard objective.design.rowCount >= sampleThreshold else { return nil }
    let (rows, columns) = (Double(objective.design.rowCount), Double(objective.design.columnCount))
    let dearness = gramCost(of: objective) / gramCost
    let gap = min(chordDecrement, Self.sampleGap * dearness * dearness)
    let stride = Int(min(2 * gap * rows / columns, Double(sampleStrides.upperBound)))
    var solver = self
    solver.sampleThreshold = .max
    solver.tolerance = max(tolerance, 0.2 * Double(objective.design.columnCount).squareRoot())
    solver.gradientTolerance = .infinity
    do {
      return try solver.minimize(objective.sample(stride: max(sampleStrides.lowerBound, stride)))
        .coefficients
    } catch {
      // Some column may be empty in the sample: the whole fit then starts from the mean.
      return nil
    }
  }
}

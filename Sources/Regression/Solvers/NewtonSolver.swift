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
  /// The same for a fit of a sample, of whose minimum no more is wanted than where it is about.
  private static let sampleChordDecrement = 0.1
  /// What a Gram pass costs at least, in gradient passes.
  public var gramCost = 4.5
  /// The dense columns for each of which a Gram pass costs one gradient pass more: their products grow with the square of
  /// their number, and a gradient with the number (200 columns: 0.45 s against 0.04 s for a million rows).
  private static let denseColumnsOfAGradient = 18.0
  /// The steps that a fit of few rows takes after a new Hessian.
  private static let stepsAfterGram = 3.0
  /// By how much a step after a new Hessian brings the squared decrement down in a fit of many rows, a logarithm to base 2.
  private static let bitsAfterGram = 8.5
  /// The steps that a fit of many rows takes after a Hessian near the minimum.
  private static let stepsAtEnd = 2.0
  /// The rows from which on a fit starts on every k-th of them, for a k of `sampleStrides`.
  public var sampleThreshold = Self.manyRows
  public var sampleStrides = 8...64
  /// How far from the whole's minimum the sample's should be, in nats a row, where a Gram pass costs `gramCost`.
  ///
  /// The first Hessian of all rows is then the only one; of a dearer one more steps may be asked.
  private static let sampleGap = 3e-4
  /// Whether the Hessian at the minimum is wanted, for errors: that of a fit of many rows is then computed so near to the
  /// minimum that it serves for the last steps and for errors both.
  public var wantsErrors = false
  /// The decrement below which a Hessian is that of the minimum: of many rows its errors then have nine digits, as
  /// predictors are off by the decrement times the root of columns over rows.
  private static let errorDecrement = 1e-7
  /// The decrement at which a Hessian serves for all further steps, as a share of the root of the rows' weight.
  private static let lateShare = 5e-6
  /// The decrement up to which a step changes no digit of the objective.
  private static let smallStep = 1e-6
  /// By how much less a step may bring the decrement down than the one before.
  private static let stepRoom = 30.0
  /// By how much the decrement after a step with the point's own Hessian may exceed the square of the one before.
  ///
  /// With w the least curvature of a row it is at most the square over `2 sqrt(w)`, as a row's third derivative is no more than
  /// its second, and its leverage no more than 1: a thousand is reached where a probability is a quarter of a millionth.
  private static let squareRoom = 1e3
  /// The columns, as a share of a sample's rows, from which on its Hessian is too much noise for even a few steps.
  private static let sampleColumns = 0.05
  /// The steps after which the solver gives up; a fit from zero takes 5 to 10.
  public var maximumSteps = 100

  /// The decrement below which a fit that rounding keeps from coming closer has converged.
  private static let roundingDecrement = 1e-5
  /// The mean loss without any penalty, in nats, below which the outcomes count as foretold.
  private static let separationThreshold = 1e-8

  /// The rows from which on passes over them are what takes the time.
  static let manyRows = 50_000

  /// Creates a solver with the default tolerances.
  public init() {}

  /// This solver, content with a decrement whatever the gradient's elements are.
  public func stopping(at decrement: Double) -> NewtonSolver {
    var solver = self
    solver.tolerance = decrement
    solver.gradientTolerance = .infinity
    return solver
  }

  /// The minimum of an objective.
  ///
  /// - Parameters:
  ///   - start: Coefficients (p) near the minimum, from a fit near by.
  ///   - hessian: The Hessian of a fit near by, in place of a first Gram pass.
  public func minimize(
    _ objective: LogisticObjective, from start: [Double]? = nil, reusing hessian: Hessian? = nil
  ) throws(FitError) -> Fit {
    try refuseOneClass(objective)
    if start == nil, hessian == nil, var descent = sampleStart(of: objective) {
      return try run(&descent, reach: .infinity)
    }
    var descent = try Descent(objective, from: start ?? objective.origin, reusing: hessian)
    return try run(&descent, reach: chordDecrement)
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
    return try run(&descent, reach: chordDecrement)
  }

  /// The minimum of an objective of many rows near coefficients (p) that fewer rows of the same kind had.
  ///
  /// These take the place of a sample's, which then gives its Hessian alone. Of few rows they count for nothing.
  public func minimize(
    _ objective: LogisticObjective, fromFewer start: [Double]
  ) throws(FitError) -> Fit {
    try refuseOneClass(objective)
    guard var descent = sampleStart(of: objective, at: start) else {
      return try minimize(objective)
    }
    return try run(&descent, reach: .infinity)
  }

  private func refuseOneClass(_ objective: LogisticObjective) throws(FitError) {
    let mean = objective.meanOutcome
    guard (mean > 0 && mean < 1) || !objective.penalties.contains(0) else {
      throw .oneClass(outcome: mean)
    }
  }

  /// - Parameter reach: Half the squared decrement, in nats a row, below which a Hessian that was handed over serves.
  private func run(_ descent: inout Descent, reach: Double) throws(FitError) -> Fit {
    let objective = descent.objective
    var last = Double.infinity
    var lastExact = Double.infinity
    // Of few rows a Hessian takes no time, and errors have one of their own.
    let wantsErrors =
      wantsErrors && objective.design.rowCount >= sampleThreshold
      && tolerance <= Self.errorDecrement
    for _ in 0...maximumSteps {
      var (direction, squared) = descent.direction()
      var isLast: Bool { lastExact <= Self.errorDecrement || !wantsErrors }
      let target = isLast ? tolerance : Self.errorDecrement
      let isNeeded =
        squared <= target * target
        ? !isLast
        : needsHessian(squared, after: last, until: target, of: objective, reach: reach)
      if !descent.isExact, isNeeded {
        try descent.refresh()
        (direction, squared) = descent.direction()
      }
      let decrement = max(0, squared).squareRoot()
      // In large units a gradient may never be small: it is enough that steps bring it down no more.
      let isClose =
        decrement <= tolerance
        && (descent.point.gradientNorm <= gradientTolerance || squared > 0.25 * last)
      let isStalled = descent.isExact && decrement > 0.5 * lastExact
      if descent.isExact { lastExact = decrement }
      if isClose || (isStalled && decrement <= Self.roundingDecrement) {
        try refuseSeparation(at: descent.point, of: objective)
        return fit(descent, decrement: decrement, hasErrors: wantsErrors)
      }
      if isLast,
        let foretold = foretoldDecrement(after: squared, last: last, of: descent)
      {
        try refuseSeparation(at: descent.point, of: objective)
        descent.finish(along: direction)
        return fit(descent, decrement: foretold, hasErrors: wantsErrors)
      }
      last = squared
      if descent.advance(along: direction, decrease: squared) { continue }
      if !descent.isExact {
        try descent.refresh()
        last = .infinity
      } else if decrement <= Self.roundingDecrement {
        return fit(descent, decrement: decrement, hasErrors: false)
      } else {
        break
      }
    }
    throw .notConverged(
      gradientNorm: descent.point.gradientNorm, steps: descent.gradientPasses - 1)
  }

  /// The decrement after a step that needs no gradient to be known as the last one of a fit of many rows; nil where it does.
  ///
  /// A Hessian near the minimum brings each decrement down by about as much as the one before, and the Hessian of the point
  /// itself to its square. From so small a step nothing of the objective's value is left to gain.
  private func foretoldDecrement(
    after squared: Double, last: Double, of descent: Descent
  ) -> Double? {
    guard descent.objective.design.rowCount >= sampleThreshold, squared > 0,
      squared <= Self.smallStep * Self.smallStep,
      descent.point.gradientNorm <= gradientTolerance
    else { return nil }
    guard !descent.isExact else { return foretold(Self.squareRoom * squared) }
    return last.isFinite ? foretold(Self.stepRoom * squared / last.squareRoot()) : nil
  }

  private func foretold(_ decrement: Double) -> Double? {
    decrement <= tolerance ? decrement : nil
  }

  /// Whether a new Hessian pays: the way that is left is long, or the last steps were slow.
  ///
  /// - Parameters:
  ///   - target: The decrement where the way ends.
  ///   - reach: Half the squared decrement, in nats a row, below which a Hessian that was handed over serves at first.
  private func needsHessian(
    _ squared: Double, after last: Double, until target: Double, of objective: LogisticObjective,
    reach: Double
  ) -> Bool {
    guard squared >= 0 else { return true }
    let distance = 0.5 * squared / objective.totalWeight
    guard last.isFinite else { return distance > reach }
    guard distance <= chordDecrement, squared < last else { return true }
    let cost = gramCost(of: objective)
    func bits(to decrement: Double) -> Double { max(0, log2(squared / (decrement * decrement))) }
    let pace = log2(last / squared)
    // What is left, in gradient passes: with no further Hessian, with one now, or with one near the minimum.
    let never = bits(to: target) / pace
    guard objective.design.rowCount >= sampleThreshold else {
      return squared >= 0.1 * last || never > cost + Self.stepsAfterGram
    }
    let atEnd = cost + Self.stepsAtEnd
    let end = lateDecrement(of: objective)
    guard squared > end * end else { return atEnd < never }
    let now = cost + bits(to: target) / Self.bitsAfterGram
    // Where the way ends with a Hessian, that is not one of these.
    let late = target > tolerance ? never : bits(to: end) / pace + atEnd
    return now < min(late, never)
  }

  /// The decrement near the minimum at which a Hessian is computed for the last steps.
  private func lateDecrement(of objective: LogisticObjective) -> Double {
    Self.lateShare * objective.totalWeight.squareRoot()
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

  private func fit(_ descent: Descent, decrement: Double, hasErrors: Bool) -> Fit {
    Fit(
      coefficients: descent.point.coefficients, eta: descent.point.eta,
      objective: descent.point.value, gradientNorm: descent.point.gradientNorm,
      decrement: decrement, gramPasses: descent.gramPasses,
      gradientPasses: descent.gradientPasses, hessian: descent.hessian,
      hasErrors: hasErrors)
  }

  /// A start on a sample of the rows under the whole penalty, where there are many; nil where they are not, or the sample has
  /// no minimum: some column may be empty in it.
  ///
  /// The sample's minimum is as far from the whole's as its noise takes it, half a nat a column on average for each time
  /// that the sample is in the whole: so it need not be exact, and few columns need few rows. Its Hessian there serves for
  /// all steps but the last ones. A sample of many rows starts on one of its own.
  ///
  /// - Parameter known: Coefficients that serve in place of the sample's minimum.
  private func sampleStart(
    of objective: LogisticObjective, at known: [Double]? = nil
  ) -> Descent? {
    guard objective.design.rowCount >= sampleThreshold else { return nil }
    let (rows, columns) = (Double(objective.design.rowCount), Double(objective.design.columnCount))
    let dearness = gramCost(of: objective) / gramCost
    let gap = min(chordDecrement, Self.sampleGap * dearness * dearness)
    let stride = max(
      sampleStrides.lowerBound,
      Int(min(2 * gap * rows / columns, Double(sampleStrides.upperBound))))
    var solver = stopping(at: max(tolerance, 0.2 * (columns * Double(stride)).squareRoot()))
    solver.wantsErrors = false
    solver.chordDecrement = Self.sampleChordDecrement
    do {
      let sample = try objective.sample(stride: stride)
      let fit = known == nil ? try solver.minimize(sample) : nil
      let start = known ?? fit?.coefficients ?? objective.origin
      guard columns < Self.sampleColumns * Double(sample.design.rowCount) else {
        return try Descent(objective, from: start, reusing: nil)
      }
      let curvature = sample.point(
        at: start, eta: fit?.eta ?? sample.design.times(start)
      ).curvature
      return try Descent(
        objective, from: start,
        sample: SampledCurvature(
          of: sample, curvature: curvature, totalWeight: objective.totalWeight))
    } catch {
      return nil
    }
  }
}

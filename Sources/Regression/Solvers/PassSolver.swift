import LinearAlgebra

/// Minimizes an objective whose rows are not in memory, by Newton's method: each step is one pass over all of them.
///
/// A pass reads rows from a disk, beside which a Gram matrix costs little: so every step has the Hessian of its own
/// place, a few steps are enough from a start near by, and the last pass has the Hessian of the minimum. When a
/// fit has converged is judged as `NewtonSolver` does.
public struct PassSolver: Sendable {
  /// The Newton decrement at which a fit has converged.
  public var tolerance = NewtonSolver().tolerance
  /// The largest gradient element at which a fit has converged, in nats a row.
  public var gradientTolerance = NewtonSolver().gradientTolerance
  /// The passes after which the solver gives up.
  public var maximumPasses = 60

  /// The decrement below which a fit that rounding keeps from coming closer has converged.
  private static let roundingDecrement = 1e-5
  /// The mean loss without any penalty, in nats, below which the outcomes count as foretold.
  private static let separationThreshold = 1e-8

  /// Creates a solver with the default tolerances.
  public init() {}

  /// The minimum of an objective.
  ///
  /// - Parameters:
  ///   - totalWeight: The sum of the weights of all rows.
  ///   - start: Coefficients (p) near the minimum.
  ///   - pass: The sums of all rows at some coefficients.
  public func minimize<Failure: Error>(
    _ penalty: QuadraticPenalty, totalWeight: Double, from start: [Double],
    pass: ([Double]) throws(Failure) -> RowSums
  ) throws(PassError<Failure>) -> PassFit {
    var best: (coefficients: [Double], value: Double, step: [Double])?
    var (trial, share, last) = (start, 1.0, Double.infinity)
    var gradientNorm = Double.infinity
    for passes in 1...maximumPasses {
      let sums: RowSums
      do throws(Failure) { sums = try pass(trial) } catch { throw .pass(error) }
      let value = sums.loss + 0.5 * penalty.product(trial, trial)
      if let best, !(value <= best.value + LossTerms.rounding * abs(best.value)) {
        // The step went too far: half of it is tried.
        share /= 2
        trial = zip(best.coefficients, best.step).map { $0 + share * $1 }
        continue
      }
      let downhill = zip(sums.score, penalty.times(trial)).map { $0 - $1 }
      let hessian: Hessian
      do throws(FactorizationError) {
        hessian = try Hessian(information: sums.information, penalty: penalty)
      } catch { throw .fit(.singularHessian(error)) }
      let step = hessian.solve(downhill)
      let squared = dot(step, downhill)
      let decrement = max(0, squared).squareRoot()
      gradientNorm = downhill.reduce(0) { max($0, abs($1)) } / totalWeight
      let isClose =
        decrement <= tolerance && (gradientNorm <= gradientTolerance || decrement > 0.5 * last)
      if isClose || (decrement > 0.5 * last && decrement <= Self.roundingDecrement) {
        guard value / totalWeight >= Self.separationThreshold || !penalty.isZero else {
          throw .fit(.separated)
        }
        return PassFit(
          coefficients: trial, objective: value / totalWeight, gradientNorm: gradientNorm,
          decrement: decrement, passes: passes, hessian: hessian)
      }
      last = decrement
      best = (trial, value, step)
      share = 1
      trial = zip(trial, step).map { $0 + $1 }
    }
    throw .fit(.notConverged(gradientNorm: gradientNorm, steps: maximumPasses))
  }
}

/// The minimum that passes over rows have found.
public struct PassFit: Sendable {
  /// The coefficients (p).
  public let coefficients: [Double]
  /// The objective, in nats a row.
  public let objective: Double
  /// The largest element of the gradient, in nats a row.
  public let gradientNorm: Double
  /// The Newton decrement.
  public let decrement: Double
  /// The passes over all rows.
  public let passes: Int
  /// The Hessian of the minimum.
  public let hessian: Hessian

  /// This minimum as a fit of rows that are at hand, such as a sample of all.
  public func fit(of design: DesignMatrix) -> Fit {
    Fit(
      coefficients: coefficients, eta: design.times(coefficients), objective: objective,
      gradientNorm: gradientNorm, decrement: decrement, gramPasses: passes,
      gradientPasses: passes, hessian: hessian, hasErrors: true)
  }
}

/// Why passes over rows gave no fit.
public enum PassError<Failure: Error>: Error {
  /// The fit has no result.
  case fit(FitError)
  /// A pass failed.
  case pass(Failure)
}

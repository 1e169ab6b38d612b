import CKernels
import LinearAlgebra
import Parallelism

/// What the loss contributes at one place, row by row and in sum; a buffer that is used again.
struct LossTerms: Sendable {
  /// The linear predictors (n).
  private(set) var eta: [Double]
  /// Weight times outcome minus probability (n): the negative derivative of the loss.
  private(set) var residual: [Double]
  /// Weight times p (1 - p) (n): the second derivative of the loss.
  private(set) var curvature: [Double]
  /// The weighted sum of losses, in nats.
  private(set) var loss = 0.0
  /// The sum of residual times direction: the loss falls by it per unit of the step.
  private(set) var slope = 0.0
  /// The sum of curvature times the direction's square.
  private(set) var bend = 0.0

  /// Makes room for rows; the elements are any numbers until `evaluate` fills them.
  init(rows: Int) {
    eta = Self.room(rows)
    residual = Self.room(rows)
    curvature = Self.room(rows)
  }

  /// Makes room for what rows with these predictors (n) contribute.
  init(predictors: consuming [Double]) {
    residual = Self.room(predictors.count)
    curvature = Self.room(predictors.count)
    eta = predictors
  }

  /// Makes room for predictors alone; the rest is taken over from terms that are not needed any more.
  init(predictorsOf rows: Int) {
    eta = Self.room(rows)
    residual = []
    curvature = []
  }

  /// Takes the room for residuals and curvatures over from terms of as many rows, whose own are gone with it: memory that
  /// is written to for the first time costs more than what is computed.
  mutating func takeRoom(from other: inout LossTerms) {
    swap(&residual, &other.residual)
    swap(&curvature, &other.curvature)
  }

  /// Memory that no thread has touched yet, so that the jobs which fill it share the cost of that.
  static func room(_ rows: Int) -> [Double] {
    unsafe [Double](unsafeUninitializedCapacity: rows) { buffer, count in
      unsafe useLargePages(UnsafeRawBufferPointer(buffer))
      count = rows
    }
  }

  /// Fills the terms for the predictors `start + step * direction` (n).
  ///
  /// - Parameter start: Nil is the predictors that are there.
  mutating func evaluate(
    eta start: [Double]? = nil, direction: [Double]? = nil, step: Double = 0, outcomes: [Double],
    weights: [Double]?
  ) {
    let rows = eta.count
    precondition(
      start?.count ?? rows == rows && outcomes.count == rows, "one predictor and outcome a row")
    precondition(direction.map { $0.count == rows } ?? true, "one element of the direction a row")
    precondition(weights.map { $0.count == rows } ?? true, "one weight a row")
    let jobs = LogisticLoss.jobs(rows)
    var sums = [Double](repeating: 0, count: 3 * jobs)
    unsafe eta.withUnsafeMutableBufferPointer { eta in
      unsafe residual.withUnsafeMutableBufferPointer { residual in
        unsafe curvature.withUnsafeMutableBufferPointer { curvature in
          unsafe sums.withUnsafeMutableBufferPointer { sums in
            let (eta, residual) = unsafe (DisjointRows(eta), DisjointRows(residual))
            let (curvature, sums) = unsafe (DisjointRows(curvature), DisjointRows(sums))
            Parallel.forEach(jobs) { job in
              let (first, count) = LogisticLoss.rows(of: job, in: rows)
              func fill(_ start: UnsafePointer<Double>?) {
                unsafe winnow_logistic_terms(
                  first, count, start, direction, step, outcomes, weights, eta.base, residual.base,
                  curvature.base, sums.base.map { unsafe $0 + 3 * job })
              }
              if let start { unsafe fill(start) } else { unsafe fill(eta.base) }
            }
          }
        }
      }
    }
    (loss, slope, bend) = (0, 0, 0)
    for job in 0..<jobs {
      loss += sums[3 * job]
      slope += sums[3 * job + 1]
      bend += sums[3 * job + 2]
    }
  }

  /// Fills the terms for predictors that are moved along a direction of the coefficients, and gives the residuals' sums
  /// X' r (p): one pass over the design, where the change of predictors, the terms and the sums by themselves take two.
  ///
  /// - Parameters:
  ///   - start: The predictors (n) before.
  ///   - direction: The change of the coefficients (p).
  ///   - change: Room for the change of the predictors (n).
  mutating func move(
    _ start: [Double], along direction: [Double], of design: DesignMatrix, change: inout [Double],
    outcomes: [Double], weights: [Double]?
  ) -> [Double] {
    let rows = eta.count
    precondition(start.count == rows && outcomes.count == rows, "one predictor and outcome a row")
    precondition(weights.map { $0.count == rows } ?? true, "one weight a row")
    // Sums of fixed rows, added up in their order: they do not depend on the number of threads.
    let unit = DesignMatrix.passUnit
    var sums = [Double](repeating: 0, count: 3 * ((rows + unit - 1) / unit))
    var residual: [Double] = []
    swap(&residual, &self.residual)
    let pull = unsafe eta.withUnsafeMutableBufferPointer { eta in
      unsafe curvature.withUnsafeMutableBufferPointer { curvature in
        unsafe sums.withUnsafeMutableBufferPointer { sums in
          let (eta, curvature) = unsafe (DisjointRows(eta), DisjointRows(curvature))
          let sums = unsafe DisjointRows(sums)
          return unsafe design.timesAndBack(direction, products: &change, residuals: &residual) {
            tile, change, residual in
            unsafe winnow_logistic_terms(
              tile.lowerBound, tile.count, start, change, 1, outcomes, weights, eta.base, residual,
              curvature.base, sums.base.map { unsafe $0 + 3 * (tile.lowerBound / unit) })
          }
        }
      }
    }
    swap(&residual, &self.residual)
    (loss, slope, bend) = (0, 0, 0)
    for first in stride(from: 0, to: sums.count, by: 3) {
      loss += sums[first]
      slope += sums[first + 1]
      bend += sums[first + 2]
    }
    return pull
  }
}

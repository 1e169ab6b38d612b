import CKernels
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

  /// Memory that no thread has touched yet, so that the jobs which fill it share the cost of that.
  private static func room(_ rows: Int) -> [Double] {
    unsafe [Double](unsafeUninitializedCapacity: rows) { $1 = rows }
  }

  /// Fills the terms for the predictors `start + step * direction` (n).
  mutating func evaluate(
    eta start: [Double], direction: [Double]? = nil, step: Double = 0, outcomes: [Double],
    weights: [Double]?
  ) {
    let rows = eta.count
    precondition(start.count == rows && outcomes.count == rows, "one predictor and outcome a row")
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
              unsafe winnow_logistic_terms(
                first, count, start, direction, step, outcomes, weights, eta.base, residual.base,
                curvature.base, sums.base.map { unsafe $0 + 3 * job })
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
}

import CKernels
import LinearAlgebra
import Parallelism

/// What the loss contributes at one place, row by row and in sum; a buffer that is used again.
///
/// The predictors are always kept. Residuals and curvatures are where somebody wants them: a pass that brings them to memory
/// and back takes a quarter longer than one that uses them up tile by tile (`move`).
struct LossTerms: Sendable {
  /// The relative rounding error of a sum of losses.
  static let rounding = 1e-12

  /// The linear predictors (n).
  private(set) var eta: [Double]
  /// Weight times outcome minus probability (n): the negative derivative of the loss; empty where it is not kept.
  private(set) var residual: [Double]
  /// Weight times p (1 - p) (n): the second derivative of the loss; empty where it is not kept.
  private(set) var curvature: [Double]
  /// The weighted sum of losses, in nats.
  private(set) var loss = 0.0
  /// The sum of residual times direction: the loss falls by it per unit of the step.
  private(set) var slope = 0.0
  /// The sum of curvature times the direction's square.
  private(set) var bend = 0.0

  /// Makes room for rows; the elements are any numbers until `evaluate` fills them.
  init(rows: Int) {
    eta = room(rows)
    residual = room(rows)
    curvature = room(rows)
  }

  /// Makes room for what rows with these predictors (n) contribute.
  init(predictors: consuming [Double]) {
    residual = room(predictors.count)
    curvature = room(predictors.count)
    eta = predictors
  }

  /// Makes room for the predictors of rows alone.
  init(predictorsOf rows: Int) { self.init(keeping: room(rows)) }

  /// No rows: what is in the place of terms that were taken out to be changed, since a copy would take memory for all rows.
  static let none = LossTerms(keeping: [])

  /// Takes predictors (n) over, and keeps nothing else.
  init(keeping predictors: consuming [Double]) {
    eta = predictors
    residual = []
    curvature = []
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
    let isKept = residual.count == rows
    var sums = [Double](repeating: 0, count: 3 * jobs)
    unsafe eta.withUnsafeMutableBufferPointer { eta in
      unsafe residual.withUnsafeMutableBufferPointer { residual in
        unsafe curvature.withUnsafeMutableBufferPointer { curvature in
          unsafe sums.withUnsafeMutableBufferPointer { sums in
            let (eta, residual) = unsafe (DisjointRows(eta), DisjointRows(residual))
            let (curvature, sums) = unsafe (DisjointRows(curvature), DisjointRows(sums))
            Parallel.forEach(jobs) { job in
              let (first, count) = LogisticLoss.rows(of: job, in: rows)
              // What is not kept goes to a place of the job's own.
              unsafe withUnsafeTemporaryAllocation(
                of: Double.self, capacity: isKept ? 0 : 2 * count
              ) { spare in
                let (r, c) =
                  unsafe isKept
                  ? (residual.base, curvature.base)
                  : (
                    spare.baseAddress.map { unsafe $0 - first },
                    spare.baseAddress.map { unsafe $0 + count - first }
                  )
                func fill(_ start: UnsafePointer<Double>?) {
                  unsafe winnow_logistic_terms(
                    first, count, start, direction, step, outcomes, weights, eta.base, r, c,
                    sums.base.map { unsafe $0 + 3 * job })
                }
                if let start { unsafe fill(start) } else { unsafe fill(eta.base) }
              }
            }
          }
        }
      }
    }
    take(
      (0..<3).map { kind in (0..<jobs).reduce(0) { $0 + sums[3 * $1 + kind] } })
  }

  /// Moves the predictors along a direction of the coefficients, fills the terms there, and gives the residuals' sums X' r (p):
  /// one pass over the design, where the change of predictors, the terms and the sums by themselves take two.
  ///
  /// Residuals and curvatures are not kept.
  ///
  /// - Parameters:
  ///   - direction: The change of the coefficients (p).
  ///   - fromZero: Whether the predictors are 0 before, whatever they were.
  ///   - curvatures: Whether the curvatures' sums are wanted too.
  /// - Returns: The sums of residuals, and those of curvatures if they are wanted.
  @discardableResult mutating func move(
    along direction: [Double], fromZero: Bool = false, of design: DesignMatrix,
    outcomes: [Double], weights: [Double]?, curvatures: Bool = false
  ) -> [[Double]] {
    pass(outcomes, weights) { rows, eta, sums in
      unsafe design.timesAndBack(direction, backs: curvatures ? 2 : 1) {
        tile, change, back in
        let first = tile.lowerBound
        unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: tile.count) { spare in
          let own = unsafe eta.base.map { unsafe $0 + first }
          let start = unsafe fromZero ? change : own.map { unsafe UnsafePointer($0) }
          let curvature = unsafe curvatures ? back + DesignMatrix.passRows : spare.baseAddress
          unsafe winnow_logistic_terms(
            0, tile.count, start, fromZero ? nil : change, 1,
            rows.outcomes.base.map { unsafe $0 + first },
            rows.weights.base.map { unsafe $0 + first }, own, back, curvature, sums.at(tile))
        }
      }
    }
  }

  /// Moves the predictors along a direction of the coefficients (p); sums stay what they were.
  mutating func shift(along direction: [Double], of design: DesignMatrix) {
    unsafe eta.withUnsafeMutableBufferPointer { eta in
      let eta = unsafe DisjointRows(eta)
      _ = unsafe design.timesAndBack(direction, backs: 0) { tile, change, _ in
        guard let target = unsafe eta.base.map({ unsafe $0 + tile.lowerBound }) else { return }
        for i in 0..<tile.count { unsafe target[i] += change[i] }
      }
    }
  }

  /// Fills the sums for the predictors that are there, and gives those of residuals X' r (p): one pass over the design.
  mutating func pull(
    of design: DesignMatrix, outcomes: [Double], weights: [Double]?
  ) -> [Double] {
    pass(outcomes, weights) { rows, eta, sums in
      unsafe design.transposedTimes(backs: 1) { tile, back in
        let first = tile.lowerBound
        unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: tile.count) { spare in
          let own = unsafe eta.base.map { unsafe $0 + first }
          unsafe winnow_logistic_terms(
            0, tile.count, own, nil, 0, rows.outcomes.base.map { unsafe $0 + first },
            rows.weights.base.map { unsafe $0 + first }, own, back, spare.baseAddress,
            sums.at(tile))
        }
      }[0]
    }
  }

  /// The arrays that a pass reads.
  private typealias Rows = (outcomes: ReadRows, weights: ReadRows)

  /// Makes a pass over tiles of rows, whose sums are taken at its end.
  private mutating func pass<Result>(
    _ outcomes: [Double], _ weights: [Double]?,
    _ body: (_ rows: Rows, _ eta: DisjointRows, _ sums: UnitSums.Target) -> Result
  ) -> Result {
    precondition(outcomes.count == eta.count, "one outcome a row")
    precondition(weights.map { $0.count == eta.count } ?? true, "one weight a row")
    var sums = UnitSums(rows: eta.count, width: 3)
    let result = unsafe eta.withUnsafeMutableBufferPointer { eta in
      let eta = unsafe DisjointRows(eta)
      return ReadRows.with(outcomes) { outcomes in
        ReadRows.with(weights) { weights in
          sums.fill { sums in body((outcomes, weights), eta, sums) }
        }
      }
    }
    take(sums.totals)
    return result
  }

  private mutating func take(_ sums: [Double]) {
    (loss, slope, bend) = (sums[0], sums[1], sums[2])
  }
}

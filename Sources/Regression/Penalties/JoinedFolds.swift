import CKernels
import LinearAlgebra
import Parallelism

/// The fits to the rows outside of each fold, made together: every pass over the rows serves all of them.
///
/// Each goes its own way from a start near its minimum, by steps of a Hessian near by that gradients correct, as
/// `NewtonSolver` does; a step is halved until it comes down.
struct JoinedFolds {
  /// The predictor of each row (n) by the fit to the other folds.
  private(set) var eta: [Double]
  /// The coefficients of each fold's fit (p).
  private(set) var coefficients: [[Double]]
  /// The weighted sum of losses of the rows that each fold holds out, in nats, and the sum of their weights.
  private(set) var heldLosses: [Double] = []
  let heldWeights: [Double]

  /// The passes after which folds go on by themselves.
  private static let maximumPasses = 12
  /// The relative rounding error of a sum of losses.
  private static let rounding = 1e-12

  /// A fold on its way.
  private struct Way {
    var coefficients: [Double]
    var value = Double.infinity
    var downhill: [Double] = []
    var step: [Double] = []
    var share = 1.0
    var secants = SecantPairs()
    var hasArrived = false

    /// Where its step leads.
    var trial: [Double] { zip(coefficients, step).map { $0 + share * $1 } }
  }

  /// Fits all folds; nil where there are more than go together, or one does not get to its minimum in a few passes.
  ///
  /// - Parameters:
  ///   - starts: Coefficients near the minimum of each fold (p each).
  ///   - hessian: What stands for the Hessian of each.
  init?(
    _ folds: Folds, objective: LogisticObjective, starts: [[Double]], hessian: Hessian,
    solver: NewtonSolver
  ) {
    let rows = objective.outcomes.count
    guard folds.count <= DesignMatrix.eight, rows > 0 else { return nil }
    eta = LossTerms.room(rows)
    coefficients = starts
    heldWeights = folds.weights(objective.weights)
    let weights = heldWeights.map { objective.totalWeight - $0 }
    guard weights.allSatisfy({ $0 > 0 }) else { return nil }
    var ways = starts.map { Way(coefficients: $0) }
    for pass in 1...Self.maximumPasses {
      let (losses, pulls) = self.pass(folds, objective)
      for fold in ways.indices where !ways[fold].hasArrived {
        let trial = coefficients[fold]
        let value = losses[fold] + objective.penalty(of: trial)
        guard value <= ways[fold].value + Self.rounding * abs(value) else {
          guard pass > 1 else { return nil }
          ways[fold].share /= 2
          coefficients[fold] = ways[fold].trial
          continue
        }
        let downhill = zip(pulls[fold], objective.penalty.times(trial)).map { $0 - $1 }
        if pass > 1 {
          ways[fold].secants.append(
            step: zip(trial, ways[fold].coefficients).map { $0 - $1 },
            change: zip(ways[fold].downhill, downhill).map { $0 - $1 })
        }
        let step = ways[fold].secants.solve(downhill) { hessian.solve($0) }
        let squared = dot(step, downhill)
        // A start that is far off asks for a Hessian of its own.
        guard squared >= 0, pass > 1 || 0.5 * squared <= solver.chordDecrement * weights[fold]
        else { return nil }
        ways[fold].coefficients = trial
        ways[fold].value = value
        ways[fold].downhill = downhill
        ways[fold].step = step
        ways[fold].share = 1
        let gradientNorm = downhill.reduce(0) { max($0, abs($1)) } / weights[fold]
        ways[fold].hasArrived =
          squared <= solver.tolerance * solver.tolerance
          && gradientNorm <= solver.gradientTolerance
        if !ways[fold].hasArrived { coefficients[fold] = ways[fold].trial }
      }
      if ways.allSatisfy(\.hasArrived) { return }
    }
    return nil
  }

  /// One pass over the rows at the coefficients of each fold: their losses outside of it, in nats, and residuals' sums X' r
  /// (p). Fills `eta` and `heldLosses`.
  private mutating func pass(
    _ folds: Folds, _ objective: LogisticObjective
  ) -> (losses: [Double], pulls: [[Double]]) {
    let unit = DesignMatrix.passUnit
    let width = 2 * DesignMatrix.eight
    // Sums of fixed rows, added up in their order: they do not depend on the number of threads.
    var sums = [Double](repeating: 0, count: width * ((eta.count + unit - 1) / unit))
    let pulls = unsafe eta.withUnsafeMutableBufferPointer { eta in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        let (eta, sums) = unsafe (DisjointRows(eta), DisjointRows(sums))
        return unsafe objective.design.timesAndBack(eight: coefficients) { tile, products in
          unsafe winnow_eight_fold_terms(
            tile.lowerBound, tile.count, objective.outcomes, objective.weights, folds.numbers,
            products, eta.base.map { unsafe $0 + tile.lowerBound },
            sums.base.map { unsafe $0 + width * (tile.lowerBound / unit) })
        }
      }
    }
    var totals = [Double](repeating: 0, count: width)
    for place in sums.indices { totals[place % width] += sums[place] }
    heldLosses = Array(totals[DesignMatrix.eight...].prefix(folds.count))
    return (totals, pulls)
  }
}

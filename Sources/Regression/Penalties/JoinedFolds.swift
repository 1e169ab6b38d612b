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

  private let folds: Folds
  private let objective: LogisticObjective

  /// The passes after which folds go on by themselves.
  private static let maximumPasses = 12

  /// A fold on its way.
  private struct Way {
    var coefficients: [Double]
    var value = Double.infinity
    var downhill: [Double] = []
    var step: [Double] = []
    var share = 1.0
    var squaredDecrement = Double.infinity
    var secants = SecantPairs()
    var hasArrived = false

    /// Where its step leads.
    var trial: [Double] { zip(coefficients, step).map { $0 + share * $1 } }
  }

  /// Fits all folds; nil where there are more than go together, or one does not get to its minimum in a few passes.
  ///
  /// - Parameters:
  ///   - fit: The fit to all rows, where folds start.
  ///   - starts: Better starts (each p), if there are any.
  ///   - hessian: What stands for the Hessian of each.
  init?(
    _ folds: Folds, objective: LogisticObjective, near fit: Fit, starts: [[Double]]?,
    hessian: Hessian, solver: NewtonSolver
  ) {
    let rows = objective.outcomes.count
    guard folds.count <= DesignMatrix.eight, rows > 0 else { return nil }
    (self.folds, self.objective) = (folds, objective)
    eta = room(rows)
    coefficients = starts ?? [[Double]](repeating: fit.coefficients, count: folds.count)
    heldWeights = folds.weights(objective.weights)
    guard heldWeights.allSatisfy({ $0 < objective.totalWeight }) else { return nil }
    var ways = coefficients.map { Way(coefficients: $0) }
    for pass in 1...Self.maximumPasses {
      let sums = pass == 1 && starts == nil ? startSums(near: fit) : self.sums()
      for fold in ways.indices where !ways[fold].hasArrived {
        guard
          advance(
            &ways[fold], to: coefficients[fold], value: sums.losses[fold], pull: sums.pulls[fold],
            weight: objective.totalWeight - heldWeights[fold], hessian, solver)
        else { return nil }
        coefficients[fold] = ways[fold].trial
      }
      if ways.allSatisfy(\.hasArrived) {
        hold()
        return
      }
    }
    return nil
  }

  /// Takes a trial step, or halves it; false where the fold should go by itself.
  ///
  /// - Parameters:
  ///   - value: The losses at the trial, in nats; infinite where they are not known.
  ///   - pull: The residuals' sums X' r (p) there.
  ///   - weight: The sum of the weights of the fold's rows.
  private func advance(
    _ way: inout Way, to trial: [Double], value: Double, pull: [Double], weight: Double,
    _ hessian: Hessian, _ solver: NewtonSolver
  ) -> Bool {
    let isFirst = way.downhill.isEmpty
    let value = value + objective.penalty(of: trial)
    guard isFirst || value <= way.value + LossTerms.rounding * abs(value) else {
      way.share /= 2
      return true
    }
    let downhill = zip(pull, objective.penalty.times(trial)).map { $0 - $1 }
    if !isFirst {
      way.secants.append(
        step: zip(trial, way.coefficients).map { $0 - $1 },
        change: zip(way.downhill, downhill).map { $0 - $1 })
    }
    let step = way.secants.solve(downhill) { hessian.solve($0) }
    let squared = dot(step, downhill)
    // A start that is far off, and a way that leads nowhere, ask for a Hessian of their own.
    guard squared >= 0, squared < way.squaredDecrement,
      !isFirst || 0.5 * squared <= solver.chordDecrement * weight
    else { return false }
    let target = solver.tolerance * solver.tolerance
    let norm = downhill.reduce(0) { max($0, abs($1)) } / weight
    let isThere = squared <= target && norm <= solver.gradientTolerance
    // A step brings a fold nearer by about as much as the last one did: whether it arrives needs no pass.
    let arrives =
      !isFirst && solver.gradientTolerance == .infinity
      && squared * (squared / way.squaredDecrement) <= target
    way.coefficients = trial
    (way.value, way.downhill, way.step) = (value, downhill, step)
    way.share = isThere ? 0 : 1
    way.squaredDecrement = squared
    way.hasArrived = isThere || arrives
    return true
  }

  /// The losses of each fold's rows at its coefficients, in nats, and residuals' sums X' r (p): one pass.
  private func sums() -> (losses: [Double], pulls: [[Double]]) {
    var losses = UnitSums(rows: eta.count, width: DesignMatrix.eight)
    let pulls = losses.fill { sums in
      unsafe objective.design.timesAndBack(eight: coefficients) {
        [objective, folds] tile, products in
        unsafe winnow_eight_fold_terms(
          tile.lowerBound, tile.count, objective.outcomes, objective.weights, folds.numbers,
          products, sums.at(tile))
      }
    }
    return (losses.totals, pulls)
  }

  /// The residuals' sums X' r (p) of each fold's rows at the fit to all: all that there are, less those of the rows held out.
  private func startSums(near fit: Fit) -> (losses: [Double], pulls: [[Double]]) {
    let residuals = objective.point(at: fit.coefficients, eta: fit.eta).residuals
    let held = unsafe objective.design.transposedTimes(eight: { [folds] tile, elements in
      unsafe winnow_eight_fold_spread(
        tile.lowerBound, tile.count, residuals, folds.numbers, elements)
    })
    var all = [Double](repeating: 0, count: objective.design.columnCount)
    for part in held { add(1, part, to: &all) }
    return (
      [Double](repeating: .infinity, count: folds.count),
      held.prefix(folds.count).map { part in zip(all, part).map { $0 - $1 } }
    )
  }

  /// Fills the predictors of the rows held out, and their losses.
  private mutating func hold() {
    var losses = UnitSums(rows: eta.count, width: DesignMatrix.eight)
    unsafe eta.withUnsafeMutableBufferPointer { eta in
      let eta = unsafe DisjointRows(eta)
      losses.fill { sums in
        unsafe objective.design.times(eight: coefficients) { [objective, folds] tile, products in
          guard let held = unsafe eta.base else { return }
          unsafe winnow_eight_fold_held(
            tile.lowerBound, tile.count, objective.outcomes, objective.weights, folds.numbers,
            products, held + tile.lowerBound, sums.at(tile))
        }
      }
    }
    heldLosses = Array(losses.totals.prefix(folds.count))
  }
}

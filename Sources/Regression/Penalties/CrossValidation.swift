import LinearAlgebra
import Parallelism

/// What a model says of leads that its fit had not seen, each held out in one fold.
public struct CrossValidation: Sendable {
  /// The linear predictor of each row (n), by the fit to the other folds.
  public let eta: [Double]
  /// The mean loss of the rows held out, in nats.
  public let logLoss: Double
  /// Its standard error, from the spread over folds.
  public let standardError: Double
  /// The mean loss of each fold, in nats.
  public let foldLogLosses: [Double]
  /// The coefficients of each fold's fit (p).
  let coefficients: [[Double]]

  /// Below as many rows the folds are spread over threads, above it the rows of each, as the terms of each row's loss are
  /// held once a fold that is being fitted.
  private static let parallelFoldRows = 250_000

  /// Fits an objective to the rows outside of each fold in turn.
  ///
  /// Rows held out have a weight of 0, so that a fit costs no copy and leaves their predictors behind. Of many rows the
  /// folds are fitted together (`JoinedFolds`) and, where one does not get near its minimum so, each by itself.
  ///
  /// - Parameters:
  ///   - fit: The fit to all rows: where folds start, with its Hessian.
  ///   - starts: Better starts for the folds (each p), from an earlier cross-validation near by.
  public init(
    of objective: LogisticObjective, near fit: Fit, folds: Folds, starts: [[Double]]? = nil,
    solver: NewtonSolver = NewtonSolver()
  ) throws(CrossValidationError) {
    guard folds.numbers.count == objective.outcomes.count else {
      throw .wrongCount(found: folds.numbers.count, expected: objective.outcomes.count)
    }
    let hessian = try Self.foldHessian(of: objective, near: fit, share: 1 - 1 / Double(folds.count))
    if objective.outcomes.count >= NewtonSolver.manyRows,
      let joined = JoinedFolds(
        folds, objective: objective, near: fit, starts: starts, hessian: hessian, solver: solver)
    {
      self.init(
        eta: joined.eta, losses: joined.heldLosses, weights: joined.heldWeights,
        coefficients: joined.coefficients)
      return
    }
    let fitFold: @Sendable (Int) throws(CrossValidationError) -> FoldFit = {
      fold throws(CrossValidationError) in
      try FoldFit(
        fold, of: folds, objective: objective, near: fit, start: starts?[fold], hessian: hessian,
        solver: solver)
    }
    let fits: [FoldFit]
    if objective.outcomes.count < Self.parallelFoldRows {
      fits = try Parallel.map(folds.count, fitFold)
    } else {
      var found: [FoldFit] = []
      for fold in 0..<folds.count { found.append(try fitFold(fold)) }
      fits = found
    }
    var eta = [Double](repeating: 0, count: objective.outcomes.count)
    for fit in fits {
      for (row, value) in zip(fit.rows, fit.eta) { eta[row] = value }
    }
    self.init(
      eta: eta, losses: fits.map(\.loss), weights: fits.map(\.weight),
      coefficients: fits.map(\.coefficients))
  }

  /// - Parameters:
  ///   - losses: The weighted sum of losses of each fold's rows, by a fit to the others.
  ///   - weights: The sum of their weights.
  private init(
    eta: [Double], losses: [Double], weights: [Double], coefficients: [[Double]]
  ) {
    self.eta = eta
    self.coefficients = coefficients
    logLoss = losses.reduce(0, +) / weights.reduce(0, +)
    let means = zip(losses, weights).map { $0 / $1 }
    foldLogLosses = means
    let mean = means.reduce(0, +) / Double(means.count)
    let squares = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    standardError = (squares / Double(means.count * (means.count - 1))).squareRoot()
  }

  /// The Hessian of the whole fit, scaled to the rows that a fold leaves.
  private static func foldHessian(
    of objective: LogisticObjective, near fit: Fit, share: Double
  ) throws(CrossValidationError) -> Hessian {
    do {
      return try fit.hessian.forShare(share, penalty: objective.penalty)
    } catch {
      throw .fit(.singularHessian(error))
    }
  }
}

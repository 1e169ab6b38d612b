/// The fit to the rows outside of one fold, and what it says of those inside.
struct FoldFit: Sendable {
  let rows: [Int]
  /// The predictors of the rows held out.
  let eta: [Double]
  /// Their weighted sum of losses, in nats, and their sum of weights.
  let loss: Double
  let weight: Double
  let coefficients: [Double]

  init(
    _ fold: Int, of folds: Folds, objective: LogisticObjective, near whole: Fit, start: [Double]?,
    hessian: Hessian, solver: NewtonSolver
  ) throws(CrossValidationError) {
    let fit = try Self.fit(
      fold, of: folds, objective: objective, near: whole, start: start, hessian: hessian,
      solver: solver)
    let rows = folds.rows(of: fold)
    let eta = rows.map { fit.eta[$0] }
    let weights = objective.weights.map { weights in rows.map { weights[$0] } }
    self.rows = rows
    self.eta = eta
    loss = LogisticLoss.sum(
      eta: eta, outcomes: rows.map { objective.outcomes[$0] }, weights: weights)
    weight = weights?.reduce(0, +) ?? Double(rows.count)
    coefficients = fit.coefficients
  }

  private static func fit(
    _ fold: Int, of folds: Folds, objective: LogisticObjective, near whole: Fit, start: [Double]?,
    hessian: Hessian, solver: NewtonSolver
  ) throws(CrossValidationError) -> Fit {
    let part: LogisticObjective
    do {
      part = try objective.reweighted(folds.holdingOut(fold, from: objective.weights))
    } catch {
      throw .emptyComplement(fold: fold)
    }
    do {
      if let start { return try solver.minimize(part, from: start, reusing: hessian) }
      return try solver.minimize(part, near: whole, reusing: hessian)
    } catch {
      throw .foldFit(fold: fold, error)
    }
  }
}

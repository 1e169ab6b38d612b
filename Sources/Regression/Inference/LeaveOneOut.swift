import LinearAlgebra

/// What fits without a row say of that row, without fitting them.
///
/// One Newton step from the fit takes a row out (Rad and Maleki, *A scalable estimate of the out-of-sample prediction error
/// via approximate leave-one-out cross-validation*, 2020): with `q = x' H^-1 x` and a leverage `h = q p (1 - p)` the
/// predictor falls by `q (y - p) / (1 - h)`. It does not know that penalties were set by the same rows.
public struct LeaveOneOut: Sendable {
  /// The predictors of the rows asked for, each by the fit without it.
  ///
  /// Of a row of weight two one copy is left out.
  public let eta: [Double]

  /// The leverage above which a row counts as if it had this one.
  private static let largestLeverage = 0.99

  /// Takes rows out of a fit, one at a time.
  public init(_ fit: EvidenceFit, rows: [Int]) {
    let objective = fit.objective
    let forms = fit.inference.hessian.inverseForms(ofRows: rows, of: objective.design)
    let probabilities = LogisticLoss.probabilities(rows.map { fit.fit.eta[$0] })
    eta = rows.indices.map { place in
      let (row, form, probability) = (rows[place], forms[place], probabilities[place])
      let leverage = min(Self.largestLeverage, form * probability * (1 - probability))
      return fit.fit.eta[row] - form * (objective.outcomes[row] - probability) / (1 - leverage)
    }
  }
}

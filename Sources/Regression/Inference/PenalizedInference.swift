import LinearAlgebra

/// The errors of a penalized fit's coefficients, with the penalty read as a normal prior.
///
/// Their covariance is then `(X'WX + S)^-1` (Wood, *Generalized Additive Models*, 2nd ed., 6.10), whose
/// intervals cover truths on average over columns; where a penalty is 0 they are those of Wald.
public struct PenalizedInference: Sendable {
  /// The standard errors of the coefficients (p).
  public let standardErrors: [Double]
  /// The ends of the 95 % intervals (p).
  public let low: [Double]
  public let high: [Double]
  /// The effective number of parameters, `trace((X'WX + S)^-1 X'WX)`: p without a penalty.
  public let effectiveParameters: Double
  /// How far the penalty holds the coefficients (p) back, as far as they tell themselves: `(X'WX + S)^-1 S b`.
  public let heldBack: [Double]
  /// The Hessian at the minimum, `X'WX + S`.
  public let hessian: Hessian
  /// The covariances of the coefficients, but for those that eliminated levels have with each other.
  public let covariances: PartialInverse

  /// Computes the Hessian at a fit's coefficients, and what follows from it; one Gram pass, where the fit does not have it
  /// (`NewtonSolver.wantsErrors`).
  ///
  /// - Parameter objective: That of the fit.
  ///
  /// - Throws: `singularHessian` where coefficients are not determined.
  public init(_ fit: Fit, of objective: LogisticObjective) throws(FitError) {
    guard !fit.hasErrors else {
      self.init(fit.coefficients, hessian: fit.hessian, penalty: objective.penalty)
      return
    }
    let hessian: Hessian
    do {
      hessian = try objective.hessian(at: objective.point(at: fit.coefficients, eta: fit.eta))
    } catch {
      throw .singularHessian(error)
    }
    self.init(fit.coefficients, hessian: hessian, penalty: objective.penalty)
  }

  /// What follows from the Hessian at coefficients (p), which has the penalty.
  public init(_ coefficients: [Double], hessian: Hessian, penalty: QuadraticPenalty) {
    self.hessian = hessian
    heldBack = hessian.solve(penalty.times(coefficients))
    covariances = hessian.partialInverse()
    let variances = covariances.diagonal
    standardErrors = variances.map { $0.squareRoot() }
    low = zip(coefficients, standardErrors).map { $0 - NormalDistribution.quantile975 * $1 }
    high = zip(coefficients, standardErrors).map { $0 + NormalDistribution.quantile975 * $1 }
    effectiveParameters = Double(variances.count) - penalty.trace(with: covariances)
  }
}

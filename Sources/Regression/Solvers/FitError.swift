import LinearAlgebra

/// Why a fit has no result.
public enum FitError: Error, Equatable, CustomStringConvertible {
  /// All outcomes that have a weight are the same, so that an intercept would grow without end.
  case oneClass(outcome: Double)
  /// A column depends on others, or is 0 throughout, and has no penalty.
  case singularHessian(FactorizationError)
  /// The outcomes are foretold without error, so that coefficients without penalty grow without end.
  case separated
  /// The gradient (nats a row) is still too large after so many steps.
  case notConverged(gradientNorm: Double, steps: Int)

  public var description: String {
    switch self {
    case .oneClass(let outcome):
      """
      every outcome is \(outcome == outcome.rounded() ? "\(Int(outcome))" : "\(outcome)"); a fit needs \
      leads that converted and leads that did not
      """
    case .singularHessian(let error): "the fit has no unique solution: \(error)"
    case .separated:
      """
      the columns foretell every outcome without error, so that the coefficients grow without end; \
      leave out what became known with the outcome, or use a penalty
      """
    case .notConverged(let gradientNorm, let steps):
      """
      the fit did not converge: after \(steps) steps the gradient is still \(gradientNorm) nats a row; \
      scale the columns alike, or use a larger penalty
      """
    }
  }
}

import LinearAlgebra

/// The minimum of an objective, and how it was found.
public struct Fit: Sendable {
  /// The coefficients (p).
  public let coefficients: [Double]
  /// The linear predictors (n).
  public let eta: [Double]
  /// The objective, in nats a row.
  public let objective: Double
  /// The largest element of the gradient, in nats a row.
  public let gradientNorm: Double
  /// The Newton decrement, `sqrt(g' H^-1 g)` for the sum of losses: no coefficient is further from the
  /// minimum than this many of its standard errors.
  public let decrement: Double
  /// The passes over all rows that made a Gram matrix, and those that made a gradient.
  public let gramPasses: Int
  public let gradientPasses: Int
  /// The last Hessian that was computed, near the minimum: the start of a fit near by.
  public let hessian: Hessian
  /// Whether that is the Hessian at the minimum itself, from which errors come.
  let hasErrors: Bool

  /// The steps taken.
  public var steps: Int { gradientPasses - 1 }

  /// This fit with other coefficients (p), and the linear predictors that they give (n).
  ///
  /// All else stays what it was at the minimum.
  public func replacing(coefficients: [Double], eta: [Double]) -> Fit {
    Fit(
      coefficients: coefficients, eta: eta, objective: objective,
      gradientNorm: gradientNorm,
      decrement: decrement, gramPasses: gramPasses, gradientPasses: gradientPasses,
      hessian: hessian, hasErrors: hasErrors)
  }
}

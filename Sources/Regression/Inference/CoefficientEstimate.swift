/// A coefficient with what can be said about its error.
public struct CoefficientEstimate: Sendable, Equatable {
  /// The name of its column.
  public let name: String
  /// The change of the logit per unit of the column.
  public let estimate: Double
  /// The standard error of the estimate.
  public let standardError: Double
  /// The estimate in standard errors.
  public let z: Double
  /// The probability of a `z` so far from 0 if the coefficient were 0.
  public let p: Double
  /// The ends of the 95 % interval of Wald.
  public let low: Double
  public let high: Double

  /// Derives what follows from an estimate and its standard error.
  public init(name: String, estimate: Double, standardError: Double) {
    self.name = name
    self.estimate = estimate
    self.standardError = standardError
    z = estimate / standardError
    p = NormalDistribution.twoSidedP(z)
    low = estimate - NormalDistribution.quantile975 * standardError
    high = estimate + NormalDistribution.quantile975 * standardError
  }
}

import Regression

/// An estimate and how sure it is.
public struct Coefficient: Codable, Equatable, Sendable {
  /// The estimate, in logits.
  public let value: Double

  /// Its standard error, in logits.
  public let standardError: Double

  /// Creates a coefficient.
  public init(value: Double, standardError: Double) {
    self.value = value
    self.standardError = standardError
  }

  /// The ends of the 95 % interval.
  public var interval: (low: Double, high: Double) {
    let reach = NormalDistribution.quantile975 * standardError
    return (value - reach, value + reach)
  }
}

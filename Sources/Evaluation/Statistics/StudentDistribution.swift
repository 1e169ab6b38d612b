#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Student's distribution; with infinite degrees of freedom, the normal distribution.
public struct StudentDistribution: Sendable {
  /// The degrees of freedom, above 0; they need not be whole.
  public let degreesOfFreedom: Double

  /// Creates a distribution.
  public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

  /// The probability of a value at least as far from 0 as `t`.
  public func twoSidedTail(_ t: Double) -> Double {
    guard t.isFinite, degreesOfFreedom > 0 else { return t.isInfinite ? 0 : .nan }
    guard degreesOfFreedom < Self.normalFrom else { return NormalDistribution.twoSidedTail(t) }
    guard t != 0 else { return 1 }
    let beta = BetaDistribution(a: degreesOfFreedom / 2, b: 0.5)
    return exp(beta.logTails(log(degreesOfFreedom) - 2 * log(abs(t))).lower)
  }

  /// The distance from 0 beyond which a share `p` lies, on both sides together.
  public func twoSidedQuantile(_ p: Double) -> Double {
    guard p > 0, p < 1, degreesOfFreedom > 0 else { return p == 1 ? 0 : p == 0 ? .infinity : .nan }
    guard degreesOfFreedom < Self.normalFrom else { return -NormalDistribution.quantile(p / 2) }
    let beta = BetaDistribution(a: degreesOfFreedom / 2, b: 0.5)
    return sqrt(degreesOfFreedom * exp(-beta.logitQuantile(p)))
  }

  /// The degrees of freedom from which the two distributions agree to 1e-12.
  private static let normalFrom = 1e13
}

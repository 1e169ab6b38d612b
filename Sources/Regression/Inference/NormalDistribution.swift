#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The standard normal distribution, with both tails to full relative accuracy.
package enum NormalDistribution {
  /// The quantile of 0.975: a 95 % interval reaches this many standard errors to both sides.
  package static let quantile975 = 1.959963984540054

  /// The probability of a value at least as far from 0 as `z`: right down to 1e-300.
  package static func twoSidedP(_ z: Double) -> Double { scaledComplement(abs(z)) }

  /// `erfc(z / sqrt(2))`, where the rounding of the quotient, which a far tail would magnify, is made
  /// up for by the derivative.
  private static func scaledComplement(_ z: Double) -> Double {
    let root = 0x1.6a09e667f3bcdp-1
    let rootRest = -0x1.bdd3413b26456p-55
    let x = z * root
    guard abs(x) < 28 else { return erfc(x) }
    let rest = (-x).addingProduct(z, root) + z * rootRest
    return erfc(x) - 2 / Double.pi.squareRoot() * exp(-x * x) * rest
  }
}

import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What is thought before of many terms: that only some of them tell anything.
///
/// A term tells with a probability of `share`, and then its coefficients vary as its strength says; else they are 0 (a spike
/// and a slab; Mitchell and Beauchamp, *Bayesian variable selection in linear regression*, 1988). How large
/// the share is, the terms say together: it has a Beta prior of `telling` and `silent` terms.
public struct TellingTerms: Sendable, Equatable {
  /// How many telling terms the prior is worth.
  public var telling = 1.0
  /// How many silent terms the prior is worth.
  public var silent = 8.0

  /// Creates the prior.
  public init(telling: Double = 1, silent: Double = 8) {
    (self.telling, self.silent) = (telling, silent)
  }

  /// Whether a term may tell nothing: pairs have passed a bar of their own, and what may go one way only was asked for.
  func concerns(_ term: EvidenceTerm) -> Bool {
    term.penalties.count == 1 && term.direction == nil
  }

  /// The least probability of a term to tell, for which a strength can be given.
  private static let least = 1e-6
  /// The evidence, in nats, beyond which more says no more.
  private static let mostEvidence = 30.0

  /// The probability of each term to tell, from its evidence: the logarithm of how much likelier the outcomes are if it
  /// does.
  func probabilities(_ evidence: [Double]) -> [Double] {
    let odds = evidence.map {
      exponential(min(max($0, -Self.mostEvidence), Self.mostEvidence))
    }
    let all = Double(evidence.count) + telling + silent
    var share = (telling + 0.5 * Double(evidence.count)) / all
    var found: [Double] = []
    for _ in 0..<200 {
      found = odds.map { share * $0 / (share * $0 + 1 - share) }
      let next = (found.reduce(0, +) + telling) / all
      let change = abs(next - share)
      share = next
      if change < 1e-9 { break }
    }
    return found.map { max($0, Self.least) }
  }
}

/// What the outcomes say of one term, all others taken as they are.
struct TermEvidence {
  /// The strength if the term tells, updated.
  let strength: Double
  /// How much likelier the outcomes are if it tells than if it does not, a logarithm.
  let evidence: Double
  /// How much the rows tell of one of its coefficients on average.
  let information: Double

  /// - Parameters:
  ///   - strength: The strength if the term tells, so far.
  ///   - current: The strength that `coefficients` and `inverse` belong to.
  ///   - update: What makes a strength of free parameters and the coefficients' square.
  /// - Returns: nil where rounding hides what the rows tell.
  init?(
    _ term: EvidenceTerm, strength: Double, current: Double, coefficients: [Double],
    inverse: PartialInverse, update: (_ parameters: Double, _ square: Double) -> Double
  ) {
    let count: Double
    let (logDeterminant, trace, square, fit, information): (Double, Double, Double, Double, Double)
    if let spread = term.spread(in: inverse) {
      let values = term.coordinates(of: coefficients)
      guard !values.isEmpty else { return nil }
      count = Double(values.count)
      do throws(FactorizationError) {
        // The posterior's precision is what the rows tell and the penalty: without it, then with another.
        var precision = try Cholesky(factoring: spread).inverse()
        let pull = precision.times(values)
        var told = 0.0
        for j in values.indices {
          told += precision[j, j] - current
          precision[j, j] += strength - current
        }
        let factor = try Cholesky(factoring: precision)
        let mean = factor.solve(pull)
        logDeterminant = factor.logDeterminant
        trace = factor.inverse().diagonal.reduce(0, +)
        square = dot(mean, mean)
        fit = dot(pull, mean)
        information = told / count
      } catch {
        return nil
      }
    } else {
      // Levels that were eliminated: each by itself.
      count = Double(term.columns.count)
      var sums = (logDeterminant: 0.0, trace: 0.0, square: 0.0, fit: 0.0, told: 0.0)
      for j in term.columns {
        let told = max(0, 1 / inverse.diagonal[j] - current)
        let pull = coefficients[j] / inverse.diagonal[j]
        let precision = told + strength
        sums.logDeterminant += logarithm(precision)
        sums.trace += 1 / precision
        sums.square += pull / precision * (pull / precision)
        sums.fit += pull * pull / precision
        sums.told += told
      }
      (logDeterminant, trace, square, fit, information) = (
        sums.logDeterminant, sums.trace, sums.square, sums.fit, sums.told / count
      )
    }
    evidence = 0.5 * (count * logarithm(strength) - logDeterminant + fit)
    self.strength = update(max(count - strength * trace, 1e-12), square)
    self.information = max(0, information)
    guard evidence.isFinite else { return nil }
  }

  /// The strength under which the term's coefficients are what they are on average over telling and not telling: `probability`
  /// times those of a telling term.
  func strength(telling probability: Double) -> Double {
    (strength + information * (1 - probability)) / probability
  }
}

import LinearAlgebra
import Regression

/// Sums of coefficients, with their standard errors.
struct Estimates {
  let coefficients: [Double]
  let inference: PenalizedInference?

  /// A contrast of no coefficient.
  var zero: [Double] { [Double](repeating: 0, count: coefficients.count) }

  /// A sum of coefficients that many others begin with.
  struct Base {
    let value: Double
    let variance: Double
    /// How far penalties hold it back.
    let heldBack: Double
    /// Its covariances with all coefficients; empty without inference.
    let covariances: [Double]

    var coefficient: Coefficient {
      Coefficient(value: value, standardError: max(0, variance).squareRoot())
    }
  }

  func base(_ contrast: [Double]) -> Base {
    var (value, variance) = (0.0, 0.0)
    for (weight, coefficient) in zip(contrast, coefficients) { value += weight * coefficient }
    let covariances = inference?.hessian.solve(contrast) ?? []
    for (weight, part) in zip(contrast, covariances) { variance += weight * part }
    let heldBack = inference.map { zip(contrast, $0.heldBack).reduce(0) { $0 + $1.0 * $1.1 } } ?? 0
    return Base(
      value: value, variance: variance, heldBack: heldBack, covariances: covariances)
  }

  /// A base and one coefficient, whose standard error counts how far penalties hold the two back.
  ///
  /// The effects of a few levels share one penalty, and those that reach furthest, of the fewest leads, are held back most:
  /// an interval of the spread alone would miss them more often than it says. The spread and this distance are
  /// added as squares.
  func level(_ column: Int, _ base: Base) -> Coefficient {
    let found = sum([(column, 1)], base)
    guard let inference else { return found }
    let heldBack = base.heldBack + inference.heldBack[column]
    return Coefficient(
      value: found.value,
      standardError: (found.standardError * found.standardError + heldBack * heldBack).squareRoot())
  }

  /// A coefficient alone.
  func plain(_ column: Int) -> Coefficient {
    Coefficient(
      value: coefficients[column], standardError: inference?.standardErrors[column] ?? 0)
  }

  /// A base and some weighted coefficients; if they are several, none was eliminated.
  func sum(_ shares: [(column: Int, weight: Double)], _ base: Base) -> Coefficient {
    var (value, variance) = (base.value, base.variance)
    for (column, weight) in shares { value += weight * coefficients[column] }
    guard let inference else { return Coefficient(value: value, standardError: 0) }
    for (index, (column, weight)) in shares.enumerated() {
      variance += weight * weight * inference.covariances.diagonal[column]
      variance += 2 * weight * base.covariances[column]
      for (other, second) in shares[..<index] {
        variance += 2 * weight * second * inference.covariances[column, other]
      }
    }
    return Coefficient(value: value, standardError: max(0, variance).squareRoot())
  }

  /// How far penalties hold C b back, for a matrix C of as many columns.
  func heldBack(_ contrasts: Matrix, columns: Range<Int>) -> [Double] {
    guard let inference else { return [Double](repeating: 0, count: contrasts.rows) }
    return contrasts.times(Array(inference.heldBack[columns]))
  }

  /// The variances of C b for a matrix C of as many columns, none of which was eliminated.
  func variances(_ contrasts: Matrix, columns: [Int]) -> [Double] {
    guard let inference else { return [Double](repeating: 0, count: contrasts.rows) }
    let product = contrasts.multiplied(by: inference.covariances.block(columns))
    return (0..<contrasts.rows).map { row in
      columns.indices.reduce(0) { $0 + product[row, $1] * contrasts[row, $1] }
    }
  }
}

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
    return Base(value: value, variance: variance, covariances: covariances)
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

  /// The variances of C b for a matrix C of as many columns, none of which was eliminated.
  func variances(_ contrasts: Matrix, columns: [Int]) -> [Double] {
    guard let inference else { return [Double](repeating: 0, count: contrasts.rows) }
    let product = contrasts.multiplied(by: inference.covariances.block(columns))
    return (0..<contrasts.rows).map { row in
      columns.indices.reduce(0) { $0 + product[row, $1] * contrasts[row, $1] }
    }
  }
}

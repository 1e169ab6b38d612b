/// Why a matrix has no Cholesky factor.
public enum FactorizationError: Error, Equatable, CustomStringConvertible {
  /// The first column that depends on the columns before it, or whose pivot is not positive.
  case notPositiveDefinite(column: Int)

  public var description: String {
    switch self {
    case .notPositiveDefinite(let column):
      """
      the matrix is not positive definite at column \(column): the column depends on others or \
      holds nothing; leave it out or give it a penalty
      """
    }
  }
}

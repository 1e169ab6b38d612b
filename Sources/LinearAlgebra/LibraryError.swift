/// Why the linear algebra library cannot be used.
public enum LibraryError: Error, Equatable, CustomStringConvertible {
  /// An operation on a small matrix differs from the same sums in a plain loop.
  case wrongResult(operation: String, library: String)

  public var description: String {
    switch self {
    case .wrongResult(let operation, let library):
      """
      the BLAS library computes a wrong \(operation) on this processor (\(library)); set \
      OPENBLAS_CORETYPE to Haswell or Nehalem, or install another build of OpenBLAS
      """
    }
  }
}

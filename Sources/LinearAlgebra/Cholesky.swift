import COpenBLAS

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The Cholesky factor L of a symmetric positive definite matrix A = L L', which it took over.
public struct Cholesky: ~Copyable, Sendable {
  /// The pivot, as a share of the matrix's own diagonal element, at which a column counts as
  /// dependent on those before it: what rounding leaves of an exact dependence is about 1e-15.
  public static let defaultPivotTolerance = 1e-13

  /// L in the part on and below the diagonal; above it, what was there.
  private let factor: Matrix

  /// The number of rows and columns.
  public var count: Int { factor.rows }

  /// Factors a matrix; only the part on and below its diagonal is read.
  ///
  /// - Throws: `notPositiveDefinite` with the first column whose pivot is not above
  ///   `pivotTolerance` times the larger of its diagonal element and that of `scale`.
  public init(
    factoring matrix: consuming Matrix, pivotTolerance: Double = defaultPivotTolerance
  ) throws(FactorizationError) {
    let scale = matrix.diagonal
    try self.init(factoring: matrix, scale: scale, pivotTolerance: pivotTolerance)
  }

  /// Factors a matrix whose pivots are compared with `scale`: where the matrix is a Schur complement,
  /// its own diagonal may already be what rounding left.
  init(
    factoring matrix: consuming Matrix, scale: [Double], pivotTolerance: Double
  ) throws(FactorizationError) {
    precondition(matrix.rows == matrix.columns, "only a square matrix has a Cholesky factor")
    var factor = matrix
    let failing = factor.factorLower()
    // Columns before a failing one are final, and one of them may be the first that is dependent.
    let finished = failing > 0 ? failing - 1 : factor.rows
    for j in 0..<finished {
      let pivot = factor[j, j] * factor[j, j]
      guard pivot > pivotTolerance * scale[j], pivot.isFinite else {
        throw .notPositiveDefinite(column: j)
      }
    }
    guard failing == 0 else { throw .notPositiveDefinite(column: finished) }
    self.factor = factor
  }

  /// The solution x of A x = b.
  public borrowing func solve(_ right: [Double]) -> [Double] {
    precondition(right.count == count, "\(count) elements are needed, not \(right.count)")
    guard count > 0 else { return [] }
    var result = right
    var size = librarySize(count)
    var stride = size
    var rightStride = size
    var one: Int32 = 1
    var info: Int32 = 0
    unsafe dpotrs_(
      "L", &size, &one, factor.elements, &stride, &result, &rightStride, &info)
    precondition(info == 0, "dpotrs refused its argument \(-info)")
    return result
  }

  /// The inverse of A.
  public borrowing func inverse() -> Matrix {
    var result = lowerInverse()
    result.mirrorLower()
    return result
  }

  /// The inverse of A on and below its diagonal; above it are any numbers.
  ///
  /// - Parameter blocks: Rows and columns of which the elements with each other are wanted; others may be NaN. Nil is all.
  borrowing func lowerInverse(within blocks: [Range<Int>]? = nil) -> Matrix {
    guard count < TiledMatrix.threshold else { return factor.invertedLower(within: blocks) }
    var result = factor
    guard count > 0 else { return result }
    var size = librarySize(count)
    var stride = size
    var info: Int32 = 0
    unsafe dpotri_("L", &size, &result.elements, &stride, &info)
    precondition(info == 0, "dpotri refused its argument \(-info)")
    return result
  }

  /// The natural logarithm of the determinant of A.
  public var logDeterminant: Double {
    var sum = 0.0
    for element in factor.diagonal { sum += log(element) }
    return 2 * sum
  }

  /// The squared length of L^-1 v for each column v of a matrix: v' A^-1 v, without cancellation.
  borrowing func squaredLengths(ofColumns matrix: consuming Matrix) -> [Double] {
    guard count > 0, matrix.columns > 0 else { return .init(repeating: 0, count: matrix.columns) }
    var solved = matrix
    unsafe cblas_dtrsm(
      CblasColMajor, CblasLeft, CblasLower, CblasNoTrans, CblasNonUnit, librarySize(count),
      librarySize(solved.columns), 1, factor.elements, librarySize(count), &solved.elements,
      librarySize(count))
    return (0..<solved.columns).map { column in
      var sum = 0.0
      for element in solved.elements[column * count..<(column + 1) * count] {
        sum += element * element
      }
      return sum
    }
  }
}

extension Matrix {
  /// Turns the part on and below the diagonal into its Cholesky factor.
  ///
  /// - Returns: 0, or the number of the first column, from 1 on, that is not positive.
  fileprivate mutating func factorLower() -> Int {
    guard rows > 0 else { return 0 }
    LinearAlgebraLibrary.prepare()
    let count = rows
    guard count < TiledMatrix.threshold else {
      return unsafe elements.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return 0 }
        return unsafe TiledMatrix(base: base, count: count).factor()
      }
    }
    var size = librarySize(count)
    var stride = size
    var info: Int32 = 0
    unsafe dpotrf_("L", &size, &elements, &stride, &info)
    return Int(info)
  }

  /// The inverse, on and below the diagonal, of what this Cholesky factor on and below the diagonal is of.
  fileprivate func invertedLower(within blocks: [Range<Int>]?) -> Matrix {
    let count = rows
    let inverse = unsafe [Double](unsafeUninitializedCapacity: count * count) { buffer, filled in
      filled = count * count
      unsafe elements.withUnsafeBufferPointer { factor in
        guard let from = factor.baseAddress, let to = buffer.baseAddress else { return }
        let spare = AlignedBuffer(uninitialized: count * count)
        // The factor is read only.
        let tiles = unsafe TiledMatrix(base: UnsafeMutablePointer(mutating: from), count: count)
        unsafe tiles.invert(
          to: TiledMatrix(base: to, count: count),
          inverseFactor: TiledMatrix(base: spare.base, count: count), within: blocks)
      }
    }
    return Matrix(rows: count, columns: count, elements: inverse)
  }
}

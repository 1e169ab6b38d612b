import COpenBLAS

extension Matrix {
  /// The product of the matrix and a vector (columns), a vector (rows).
  public func times(_ vector: [Double]) -> [Double] {
    precondition(vector.count == columns, "\(columns) elements are needed, not \(vector.count)")
    return product(CblasNoTrans, vector, count: rows)
  }

  /// The product of the transposed matrix and a vector (rows), a vector (columns).
  public func transposedTimes(_ vector: [Double]) -> [Double] {
    precondition(vector.count == rows, "\(rows) elements are needed, not \(vector.count)")
    return product(CblasTrans, vector, count: columns)
  }

  private func product(
    _ side: CBLAS_TRANSPOSE, _ vector: [Double], count: Int
  ) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    guard rows > 0, columns > 0 else { return result }
    LinearAlgebraLibrary.prepare()
    unsafe cblas_dgemv(
      CblasColMajor, side, librarySize(rows), librarySize(columns), 1, elements, librarySize(rows),
      vector, 1, 0, &result, 1)
    return result
  }

  /// The product of the matrix and another, which has as many rows as this one has columns.
  public func multiplied(by other: Matrix) -> Matrix {
    precondition(columns == other.rows, "\(columns) columns cannot meet \(other.rows) rows")
    var result = Matrix(rows: rows, columns: other.columns)
    guard rows > 0, columns > 0, other.columns > 0 else { return result }
    LinearAlgebraLibrary.prepare()
    unsafe cblas_dgemm(
      CblasColMajor, CblasNoTrans, CblasNoTrans, librarySize(rows), librarySize(other.columns),
      librarySize(columns), 1, elements, librarySize(rows), other.elements, librarySize(columns),
      0, &result.elements, librarySize(rows))
    return result
  }
}

extension Matrix {
  /// The eigenvalues of a symmetric matrix, ascending; only its part on and below the diagonal is read.
  public func symmetricEigenvalues() -> [Double] {
    precondition(rows == columns, "only a square matrix has eigenvalues")
    guard rows > 0 else { return [] }
    LinearAlgebraLibrary.prepare()
    var copy = elements
    var values = [Double](repeating: 0, count: rows)
    var size = librarySize(rows)
    var stride = size
    var workSize = librarySize(34 * rows)
    var work = [Double](repeating: 0, count: 34 * rows)
    var info: Int32 = 0
    unsafe dsyev_("N", "L", &size, &copy, &stride, &values, &work, &workSize, &info)
    precondition(info == 0, "dsyev found no eigenvalues (\(info))")
    return values
  }
}

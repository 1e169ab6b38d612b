import COpenBLAS
import Parallelism

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

  /// The elements that a job takes: a large matrix is brought from memory by all threads.
  private static let partSize = 1 << 20

  private func product(
    _ side: CBLAS_TRANSPOSE, _ vector: [Double], count: Int
  ) -> [Double] {
    guard rows > 0, columns > 0 else { return [Double](repeating: 0, count: count) }
    LinearAlgebraLibrary.prepare()
    let width = max(1, Self.partSize / rows)
    guard columns > width else { return product(side, vector, 0..<columns) }
    let parts = Parallel.map((columns + width - 1) / width) { job in
      product(side, vector, job * width..<min(columns, (job + 1) * width))
    }
    if side == CblasTrans { return parts.flatMap { $0 } }
    // Sums of fixed columns, added up in their order: they do not depend on the number of threads.
    var result = parts[0]
    for part in parts.dropFirst() { for i in result.indices { result[i] += part[i] } }
    return result
  }

  /// The product of some of the columns.
  private func product(
    _ side: CBLAS_TRANSPOSE, _ vector: [Double], _ range: Range<Int>
  ) -> [Double] {
    let isTransposed = side == CblasTrans
    var result = [Double](repeating: 0, count: isTransposed ? range.count : rows)
    unsafe elements.withUnsafeBufferPointer { elements in
      unsafe vector.withUnsafeBufferPointer { vector in
        guard let elements = elements.baseAddress, let vector = vector.baseAddress else { return }
        unsafe cblas_dgemv(
          CblasColMajor, side, librarySize(rows), librarySize(range.count), 1,
          elements + range.lowerBound * rows, librarySize(rows),
          isTransposed ? vector : vector + range.lowerBound, 1, 0, &result, 1)
      }
    }
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

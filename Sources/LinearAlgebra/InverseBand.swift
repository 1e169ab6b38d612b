/// The diagonal of an inverse V (p x p), and the elements beside it: variances, and covariances of neighbors.
public struct InverseBand: Sendable {
  /// The elements (j, j).
  public let diagonal: [Double]
  /// The elements (j, j + 1), as many less one; not those of eliminated columns, which are 0.
  public let beside: [Double]

  /// The trace of V D'D over some columns, where D takes the differences of neighbors: the sum of
  /// the differences' variances.
  public func differences(in columns: Range<Int>) -> Double {
    var sum = 0.0
    for j in columns.dropLast() { sum += diagonal[j] + diagonal[j + 1] - 2 * beside[j] }
    return sum
  }
}

extension GramFactor {
  /// The inverse on its diagonal and beside it; takes 2/3 q^3 operations.
  public func inverseBand() -> InverseBand {
    let core = coreInverse()
    var beside = [Double](repeating: 0, count: max(0, columnCount - 1))
    for j in 0..<max(0, core.rows - 1) {
      let column = self.column(ofCore: j)
      guard self.column(ofCore: j + 1) == column + 1 else { continue }
      beside[column] = core[j, j + 1]
    }
    return InverseBand(diagonal: inverseDiagonal(coreInverse: core), beside: beside)
  }
}

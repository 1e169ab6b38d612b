/// The inverse V (p x p) of a factored matrix, but for what pairs of eliminated columns share: variances
/// and covariances of coefficients, if the matrix is their information.
public struct PartialInverse: Sendable {
  /// The elements (j, j); NaN for eliminated columns where they were not asked for.
  public let diagonal: [Double]
  /// The columns that were eliminated, of which the diagonal alone is known.
  public let eliminated: Range<Int>
  /// The elements of the other columns, on and below the diagonal.
  private let core: Matrix

  init(diagonal: [Double], eliminated: Range<Int>, core: Matrix) {
    self.diagonal = diagonal
    self.eliminated = eliminated
    self.core = core
  }

  /// The element of two columns.
  ///
  /// - Precondition: neither was eliminated.
  public subscript(i: Int, j: Int) -> Double {
    element(place(i), place(j))
  }

  /// The elements of some columns with each other.
  ///
  /// - Precondition: none was eliminated.
  public func block(_ columns: [Int]) -> Matrix {
    let places = columns.map(place)
    var result = Matrix(rows: places.count, columns: places.count)
    for (j, column) in places.enumerated() {
      for (i, row) in places.enumerated() { result[i, j] = element(row, column) }
    }
    return result
  }

  /// The weighted sum over edges of the variance of the difference of their ends: tr(V L), with L the
  /// edges' Laplacian.
  public func differences(_ edges: [QuadraticPenalty.Edge]) -> Double {
    edges.reduce(0) { $0 + $1.weight * variance(ofDifference: $1) }
  }

  /// The variance of the difference of an edge's ends.
  public func variance(ofDifference edge: QuadraticPenalty.Edge) -> Double {
    diagonal[edge.first] + diagonal[edge.second] - 2 * self[edge.first, edge.second]
  }

  /// The variance of the mean of some columns, none of which was eliminated.
  public func variance(ofMean columns: Range<Int>) -> Double {
    let sum = columns.reduce(0) { sum, i in sum + columns.reduce(0) { $0 + self[i, $1] } }
    return sum / Double(max(1, columns.count * columns.count))
  }

  /// The element of two columns of the core.
  private func element(_ i: Int, _ j: Int) -> Double { core[max(i, j), min(i, j)] }

  private func place(_ column: Int) -> Int {
    precondition(!eliminated.contains(column), "column \(column) was eliminated")
    return column < eliminated.lowerBound ? column : column - eliminated.count
  }
}

extension GramFactor {
  /// The inverse, as far as it is known without its part of the eliminated columns; takes 2/3 q^3 operations.
  ///
  /// - Parameters:
  ///   - knowsEliminated: Whether the diagonal of the eliminated columns is wanted, for k q^2 operations more.
  ///   - blocks: Columns of which the elements with each other are wanted; others may be NaN. Nil is all.
  public func partialInverse(
    knowsEliminated: Bool = true, within blocks: [Range<Int>]? = nil
  ) -> PartialInverse {
    let core = coreInverse(within: blocks)
    return PartialInverse(
      diagonal: inverseDiagonal(coreInverse: core, knowsEliminated: knowsEliminated),
      eliminated: eliminated, core: core)
  }
}

/// Factors a Gram matrix under one penalty after another.
///
/// To eliminate its diagonal part is most of the work where levels are many, and is done again only where the levels' own
/// penalties have changed.
public struct GramElimination: Sendable {
  /// The matrix without a penalty.
  public let gram: GramMatrix
  /// The penalties of the eliminated columns under which they were; nil before the first factor.
  private var penalties: [Double]?
  /// The Schur complement under these, on and below its diagonal, beside the border and the levels without a penalty.
  private var complement: GramMatrix

  public init(_ gram: GramMatrix) {
    self.gram = gram
    complement = gram
  }

  /// Whether to eliminate takes more work than all else.
  public var isLargest: Bool { gram.eliminated.count > gram.core.rows }

  /// The factor of the matrix under a penalty.
  ///
  /// - Throws: `notPositiveDefinite` with a column of the design matrix.
  public mutating func factored(
    under penalty: QuadraticPenalty
  ) throws(FactorizationError) -> GramFactor {
    let levels = Array(penalty.squares[gram.eliminated])
    if levels != penalties {
      penalties = nil
      complement = gram
      try complement.eliminate(under: levels)
      penalties = levels
    }
    let sum = complement.adding(penalty)
    let scale = zip(zip(sum.core.diagonal, complement.core.diagonal), gram.core.diagonal)
      .map { $0.0 - $0.1 + $1 }
    return try GramFactor(
      reduced: sum, scale: scale, pivotTolerance: Cholesky.defaultPivotTolerance)
  }
}

import LinearAlgebra

/// What rows contribute to an objective and its derivatives at some coefficients, summed.
///
/// Sums of parts of the rows, added in a fixed order, are the sums of all: so rows need not be in memory together.
public struct RowSums: Sendable {
  /// The weighted losses, in nats.
  public private(set) var loss: Double
  /// X' (weight times outcome minus probability) (p): the negative gradient of the losses.
  public private(set) var score: [Double]
  /// X'WX: the Hessian of the losses.
  public private(set) var information: GramMatrix

  /// The sums of some rows.
  ///
  /// - Parameters:
  ///   - outcomes: one a row, each 0...1.
  ///   - weights: one a row; nil where each is 1.
  ///   - coefficients: as many as the design has columns.
  public init(
    _ design: DesignMatrix, outcomes: [Double], weights: [Double]?, at coefficients: [Double]
  ) {
    var terms = LossTerms(rows: design.rowCount)
    terms.evaluate(eta: design.times(coefficients), outcomes: outcomes, weights: weights)
    loss = terms.loss
    score = design.transposedTimes(terms.residual)
    information = design.gram(weights: terms.curvature)
  }

  /// Adds the sums of further rows.
  public mutating func add(_ other: RowSums) {
    loss += other.loss
    for j in score.indices { score[j] += other.score[j] }
    information.add(other.information)
  }
}

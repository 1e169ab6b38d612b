/// A fit whose penalties the data have set: strengths for each term.
public struct EvidenceFit: Sendable {
  /// The strengths lambda of each term's penalties.
  public let strengths: [[Double]]
  /// How many free coefficients each term is worth, `k - tr(V S)`, with `V = (X'WX + S)^-1`.
  public let effectiveParameters: [Double]
  /// The objective under these strengths.
  public let objective: LogisticObjective
  /// Its minimum, over all rows.
  public let fit: Fit
  /// The standard errors of the coefficients (p), and the Hessian they come from.
  public let inference: PenalizedInference
  /// The passes over rows that the strengths took.
  public let passes: Int
}

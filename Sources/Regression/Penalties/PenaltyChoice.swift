/// The strength of a penalty that was chosen, why, and the fits under it.
public struct PenaltyChoice: Sendable {
  /// A strength that was tried.
  public struct Candidate: Sendable, Equatable {
    /// The strength L.
    public let strength: Double
    /// The mean loss of rows held out, in nats, and its standard error over folds.
    public let logLoss: Double
    public let standardError: Double
  }

  /// The strength with the lowest cross-validated log loss.
  public let strength: Double
  /// The strengths that were tried, ascending.
  public let candidates: [Candidate]
  /// The objective under the chosen strength.
  public let objective: LogisticObjective
  /// The fit to all rows.
  public let fit: Fit
  /// What the fits without each fold say of that fold's rows.
  public let validation: CrossValidation
}

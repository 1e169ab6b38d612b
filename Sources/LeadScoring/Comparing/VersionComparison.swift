import DataSources
import Evaluation

/// Two versions of a model on the same leads, in every respect that decides which to use.
public struct VersionComparison: Sendable {
  /// The measures of both, their differences and the verdict.
  public let comparison: ModelComparison

  /// Where leads go that change tiers.
  public let migration: TierMigration

  /// The coefficients that changed, the largest changes first.
  public let changes: [CoefficientChange]

  /// What makes the comparison less than it seems, a sentence each.
  public let warnings: [String]

  /// The names of the models.
  public let currentName, candidateName: String

  /// The leads with an outcome, and those without.
  public let leads, open: Int

  /// Compares two models by the histories they scored.
  ///
  /// - Throws: `EvaluationError` where the histories are not of the same leads.
  public init(
    current: LeadModel, candidate: LeadModel, currentHistory: ScoredHistory,
    candidateHistory: ScoredHistory
  ) throws(EvaluationError) {
    comparison = try ModelComparison(
      current: try currentHistory.scoredLeads(), candidate: try candidateHistory.scoredLeads())
    migration = try TierMigration(
      currentTiers: current.tiers.names, candidateTiers: candidate.tiers.names,
      current: currentHistory.tiers, candidate: candidateHistory.tiers,
      outcomes: currentHistory.outcomes, weights: currentHistory.weights)
    changes = CoefficientChange.all(from: current, to: candidate)
    let window = currentHistory.window ?? candidateHistory.window
    let sha256 = currentHistory.summary.stream.sha256
    warnings =
      DataOverlap.warnings(
        current, called: "the current model", sha256: sha256, from: window?.from, to: window?.to)
      + DataOverlap.warnings(
        candidate, called: "the candidate", sha256: sha256, from: window?.from, to: window?.to)
    currentName = current.name
    candidateName = candidate.name
    leads = currentHistory.outcomes.count
    open = currentHistory.open
  }
}

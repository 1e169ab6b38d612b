import Evaluation

/// How well a model foretells a history.
public struct LeadEvaluation: Codable, Sendable {
  /// The name of the model.
  public let model: String

  /// The measures.
  public let metrics: Metrics

  /// The spread of measures when the leads are drawn anew, where that was asked for.
  public let bootstrap: Bootstrap?

  /// The tiers with what happened to these leads in each.
  public let tiers: TierBoundaries

  /// The leads without an outcome, which are left out.
  public let open: Int

  /// What makes the measures less than they seem, and what was odd in the file, a sentence each.
  public let warnings: [String]

  /// Measures a model by a history that it scored.
  ///
  /// - Parameters:
  ///   - draws: of a bootstrap, 2 or more; none is made where it is nil.
  ///   - seed: of the draws.
  /// - Throws: `EvaluationError` where there is nothing to measure.
  public init(
    _ history: ScoredHistory, model: LeadModel, draws: Int? = nil, seed: UInt64 = 1
  ) throws {
    self.model = model.name
    let leads = try history.scoredLeads()
    metrics = Metrics(leads)
    bootstrap = try draws.map { try Bootstrap(leads, draws: $0, seed: seed) }
    tiers = try model.tiers.judged(
      positions: history.tiers, outcomes: history.outcomes, weights: history.weights)
    open = history.open
    warnings =
      DataOverlap.warnings(
        model, called: "the model", sha256: history.summary.stream.sha256,
        from: history.window?.from, to: history.window?.to)
      + history.summary.remarks(model)
  }
}

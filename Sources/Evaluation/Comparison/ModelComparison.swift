/// Two models on the same leads: how they differ, and which to use.
///
/// Every difference is the candidate's less the current model's.
public struct ModelComparison: Sendable {
  /// Each model by itself.
  public let current: Metrics
  public let candidate: Metrics

  /// The difference of log losses in nats a lead; below 0 the candidate is better.
  public let logLoss: LossDifference

  /// The difference of Brier scores; below 0 the candidate is better.
  public let brier: LossDifference

  /// The difference of areas under the curve, the candidate's first; none with one outcome only.
  public let areaUnderCurve: DeLongTest?

  /// How far the candidate's scores are from the current model's.
  public let scoreStability: PopulationStability

  /// What to do, and why.
  public let verdict: Verdict

  /// Compares two models.
  ///
  /// - Throws: `EvaluationError.differentLeads` where the leads are not the same, row by row.
  public init(
    current: ScoredLeads, candidate: ScoredLeads, rule: Verdict.Rule = Verdict.Rule()
  ) throws(EvaluationError) {
    let paired = try PairedLeads(candidate, current)
    self.current = Metrics(current)
    self.candidate = Metrics(candidate)
    logLoss = LossDifference.logLoss(paired)
    brier = LossDifference.brier(paired)
    let hasBoth = candidate.converted > 0 && candidate.converted < candidate.leadCount
    areaUnderCurve = hasBoth ? try DeLongTest(paired: paired) : nil
    scoreStability = PopulationStability(before: current, after: candidate)
    verdict = Verdict(
      logLoss: logLoss.difference, areaUnderCurve: areaUnderCurve?.difference,
      candidate: self.candidate, rule: rule)
  }
}

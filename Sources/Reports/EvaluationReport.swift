import LeadScoring

/// How well a model foretells a history, for a terminal.
public struct EvaluationReport {
  private let evaluation: LeadEvaluation

  /// Creates a report of an evaluation.
  public init(_ evaluation: LeadEvaluation) { self.evaluation = evaluation }

  /// The lines of the report.
  public var lines: [String] {
    let metrics = evaluation.metrics
    let name = TextTable.printable(evaluation.model)
    let title =
      "Model \"\(name)\" on \(NumberText.leads(metrics.leads)) leads with an outcome "
      + "(\(NumberText.count(evaluation.open)) open left out)"
    return Paragraph.lines("", title)
      + MetricsTable(metrics, evaluation.bootstrap).lines + ["", "Reliability"]
      + ReliabilityTable(metrics).lines + [""] + TierTable(evaluation.tiers).lines
      + (metrics.notes + evaluation.warnings).flatMap { Paragraph.lines("  note: ", $0) }
  }
}

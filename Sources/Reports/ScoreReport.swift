import LeadScoring

/// How a file of leads spread over the tiers, and what to bear in mind.
public struct ScoreReport {
  private let summary: LeadFileScoring.Summary
  private let model: LeadModel

  /// Creates a report of a scoring.
  public init(_ summary: LeadFileScoring.Summary, model: LeadModel) {
    self.summary = summary
    self.model = model
  }

  /// The lines of the report.
  public var lines: [String] {
    var table = TextTable([("tier", .left), ("leads", .right), ("share", .right)])
    for (name, leads) in zip(model.tiers.names, summary.tierLeads) {
      let share = summary.leads > 0 ? Double(leads) / Double(summary.leads) : .nan
      table.add([name, NumberText.count(leads), NumberText.percent(share)])
    }
    let title =
      "\(NumberText.count(summary.leads)) leads scored by \"\(TextTable.printable(model.name))\", "
      + "mean probability \(NumberText.percent(summary.meanProbability))"
    return Paragraph.lines("", title) + table.lines
      + summary.remarks(model).flatMap { Paragraph.lines("  note: ", $0) }
  }
}

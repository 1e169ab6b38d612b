import LeadScoring

/// The tiers of a model, for a terminal.
public struct TierReport {
  private let tiers: TierBoundaries

  /// Creates a report of tiers.
  public init(_ tiers: TierBoundaries) { self.tiers = tiers }

  /// The lines of the report.
  public var lines: [String] { TierTable(tiers).lines }
}

/// Tiers with what happened to leads in each.
struct TierTable {
  private let tiers: TierBoundaries

  init(_ tiers: TierBoundaries) { self.tiers = tiers }

  var lines: [String] {
    var table = TextTable([
      ("tier", .left), ("from", .right), ("leads", .right), ("converted", .right),
      ("95 % interval", .left), ("border chosen", .left),
    ])
    for tier in tiers.tiers {
      let needs = tier.requires.isEmpty ? "" : "; needs " + tier.requires.joined(separator: ", ")
      table.add(
        cells(tier.name, NumberText.fixed(tier.lowest, 4), tier.evidence, tier.chosen + needs))
    }
    table.add(cells(tiers.rest, "0", tiers.restEvidence, "the rest"))
    return ["Tiers"] + table.lines
  }

  private func cells(
    _ name: String, _ border: String, _ evidence: TierEvidence?, _ chosen: String
  ) -> [String] {
    guard let evidence else { return [name, border, "-", "-", "-", chosen] }
    return [
      name, border, NumberText.leads(evidence.leads), NumberText.percent(evidence.rate),
      "\(NumberText.percent(evidence.low)) to \(NumberText.percent(evidence.high))", chosen,
    ]
  }
}

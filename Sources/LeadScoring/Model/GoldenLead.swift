/// A made-up lead and what the model says of it: the check of every reader and exporter.
public struct GoldenLead: Codable, Equatable, Sendable {
  /// The cells, by column, as text; a column that is not there is missing.
  public let cells: [String: String]

  /// Its logit.
  public let logit: Double

  /// Its probability.
  public let probability: Double

  /// Its tier.
  public let tier: String

  /// The same lead in other tiers.
  func sorted(into tiers: TierBoundaries) -> GoldenLead {
    let position = tiers.position(of: probability) { cells[$0] != nil }
    return GoldenLead(
      cells: cells, logit: logit, probability: probability, tier: tiers.names[position])
  }
}

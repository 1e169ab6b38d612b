/// A class of leads that a sales team treats alike: every lead at or above a border.
public struct Tier: Codable, Equatable, Sendable {
  /// The name, such as `SQL` or `MQL-A`.
  public let name: String

  /// The lowest probability of the tier, 0 to 1.
  public let lowest: Double

  /// The fields that must be known for a lead to be in the tier; else the next tier below takes it.
  public let requires: [String]

  /// How the border was chosen, in words.
  public let chosen: String

  /// What happened to leads of this tier that the fit had not seen.
  public let evidence: TierEvidence?

  /// Creates a tier.
  public init(
    name: String, lowest: Double, requires: [String] = [], chosen: String,
    evidence: TierEvidence? = nil
  ) {
    self.name = name
    self.lowest = lowest
    self.requires = requires
    self.chosen = chosen
    self.evidence = evidence
  }
}

/// The observed conversions of leads in a tier.
public struct TierEvidence: Codable, Equatable, Sendable {
  /// The leads (sum of weights).
  public let leads: Double

  /// The share that converted.
  public let rate: Double

  /// The lower end of the share's 95 % interval (Clopper and Pearson 1934).
  public let low: Double

  /// Its upper end.
  public let high: Double

  /// Creates evidence.
  public init(leads: Double, rate: Double, low: Double, high: Double) {
    self.leads = leads
    self.rate = rate
    self.low = low
    self.high = high
  }
}

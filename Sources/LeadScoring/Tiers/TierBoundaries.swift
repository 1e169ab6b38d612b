/// The tiers of a model, best first, and what the rest is called.
public struct TierBoundaries: Codable, Equatable, Sendable {
  /// The tiers, with falling borders.
  public let tiers: [Tier]

  /// The name of the tier of leads below every border.
  public let rest: String

  /// What is known of the rest.
  public let restEvidence: TierEvidence?

  /// Creates boundaries.
  ///
  /// - Throws: `TierError` where borders are not strictly falling or outside 0 to 1, or a name is used twice.
  public init(
    _ tiers: [Tier], rest: String = "unqualified", restEvidence: TierEvidence? = nil
  ) throws(TierError) {
    guard !tiers.isEmpty else { throw .none }
    var names: Set<String> = [rest]
    for (index, tier) in tiers.enumerated() {
      guard !tier.name.isEmpty, !tier.name.utf8.contains(where: { $0 < 0x20 }) else {
        throw .badName(tier.name)
      }
      guard names.insert(tier.name).inserted else { throw .namedTwice(tier.name) }
      guard (0...1).contains(tier.lowest) else {
        throw .outOfRange(name: tier.name, lowest: tier.lowest)
      }
      if index > 0, tiers[index - 1].lowest <= tier.lowest {
        throw .outOfOrder(
          upper: tiers[index - 1].name, upperLowest: tiers[index - 1].lowest, lower: tier.name,
          lowerLowest: tier.lowest)
      }
    }
    self.tiers = tiers
    self.rest = rest
    self.restEvidence = restEvidence
  }

  private enum CodingKeys: String, CodingKey { case tiers, rest, restEvidence }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      values.decode([Tier].self, forKey: .tiers), rest: values.decode(String.self, forKey: .rest),
      restEvidence: values.decodeIfPresent(TierEvidence.self, forKey: .restEvidence))
  }

  /// The names of all tiers, best first, the rest last.
  public var names: [String] { tiers.map(\.name) + [rest] }

  /// The position of the tier of a lead among `names`.
  ///
  /// - Parameter isKnown: Whether the lead has a value for a field.
  public func position(of probability: Double, isKnown: (String) -> Bool = { _ in true }) -> Int {
    tiers.firstIndex { probability >= $0.lowest && $0.requires.allSatisfy(isKnown) } ?? tiers.count
  }

  /// The position of the tier of each of many leads.
  ///
  /// - Parameter isKnown: Whether a lead has a value for a field.
  func positions(
    of probabilities: Span<Double>, isKnown: (_ lead: Int, _ field: String) -> Bool
  ) -> [Int] {
    if tiers.contains(where: { !$0.requires.isEmpty }) {
      return probabilities.indices.map { lead in
        position(of: probabilities[lead]) { isKnown(lead, $0) }
      }
    }
    // Borders fall, so that as many tiers are beyond a lead as have a border above it.
    let borders = tiers.map(\.lowest)
    return probabilities.indices.map { lead in
      borders.reduce(0) { $0 + (probabilities[lead] >= $1 ? 0 : 1) }
    }
  }

  /// The name of the tier of a lead of which every required field is known.
  public func tier(of probability: Double) -> String { names[position(of: probability)] }
}

/// Why borders do not make tiers.
public enum TierError: Error, Equatable, CustomStringConvertible {
  case none
  case badName(String)
  case namedTwice(String)
  case outOfRange(name: String, lowest: Double)
  case outOfOrder(upper: String, upperLowest: Double, lower: String, lowerLowest: Double)
  case notABorder(String)
  case notANeed(String)
  case unknownTier(String, known: [String])

  public var description: String {
    switch self {
    case .none: "there must be at least one tier, such as SQL=0.5"
    case .badName(let name): "\"\(name)\" cannot name a tier: a name is not empty and on one line"
    case .namedTwice(let name):
      "two tiers are named \"\(name)\"; names must differ, also from the rest's"
    case .outOfRange(let name, let lowest):
      "the border of \(name) is \(shortest(lowest)); a border is a probability, from 0 to 1"
    case .outOfOrder(let upper, let upperLowest, let lower, let lowerLowest):
      "\(upper) begins at \(shortest(upperLowest)) and \(lower), named after it, at \(shortest(lowerLowest)); "
        + "give tiers from the best down, each with a lower border than the one before"
    case .notABorder(let text):
      "\"\(text)\" is not NAME=PROBABILITY; write for instance SQL=0.5,MQL-A=0.3,MQL-B=0.15"
    case .notANeed(let text):
      "\"\(text)\" is not TIER=FIELD; write for instance SQL=contact_email+phone"
    case .unknownTier(let name, let known):
      "there is no tier \"\(name)\"; there are \(known.joined(separator: ", "))"
    }
  }
}

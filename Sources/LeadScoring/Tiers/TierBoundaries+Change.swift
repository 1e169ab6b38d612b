import Tables

extension TierBoundaries {
  /// These tiers with other borders, required fields or name of the rest; what is nil stays.
  ///
  /// What was observed of tiers is dropped: it was observed of the old ones.
  /// - Parameters:
  ///   - text: Borders as a command line gives them, `SQL=0.5,MQL-A=0.3`.
  ///   - needs: Required fields, `SQL=contact_email+phone` each.
  public func changed(
    to text: String?, needs: [String], rest: String?
  ) throws(TierError) -> TierBoundaries {
    let base = try text.map { text throws(TierError) in try TierBoundaries.parse(text) } ?? self
    var requirements: [String: [String]] = [:]
    for need in needs {
      let parts = need.split(separator: "=", maxSplits: 1).map { trimmed($0) }
      guard parts.count == 2 else { throw .notANeed(need) }
      guard base.tiers.contains(where: { $0.name == parts[0] }) else {
        throw .unknownTier(parts[0], known: base.tiers.map(\.name))
      }
      let fields = parts[1].split(separator: "+").map { trimmed($0) }
      requirements[parts[0], default: []] += fields.filter { !$0.isEmpty }
    }
    return try TierBoundaries(
      base.tiers.map { tier in
        Tier(
          name: tier.name, lowest: tier.lowest, requires: requirements[tier.name] ?? tier.requires,
          chosen: tier.chosen)
      }, rest: rest ?? base.rest)
  }
}

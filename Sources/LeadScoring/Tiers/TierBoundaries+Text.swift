import Tables

extension TierBoundaries {
  /// Reads borders as a command line gives them: `SQL=0.5,MQL-A=0.3`.
  public static func parse(_ text: String) throws(TierError) -> TierBoundaries {
    var tiers: [Tier] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let cut = part.lastIndex(of: "="),
        let lowest = Double(trimmed(part[part.index(after: cut)...])), lowest.isFinite
      else { throw .notABorder(String(part)) }
      tiers.append(
        Tier(name: trimmed(part[..<cut]), lowest: lowest, chosen: "by hand"))
    }
    return try TierBoundaries(tiers)
  }
}

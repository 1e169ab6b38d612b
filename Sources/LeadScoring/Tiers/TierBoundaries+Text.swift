extension TierBoundaries {
  /// Reads borders as a command line gives them: `SQL=0.5,MQL-A=0.3`.
  public static func parse(_ text: String) throws(TierError) -> TierBoundaries {
    var tiers: [Tier] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let cut = part.lastIndex(of: "="),
        let lowest = Double(trimmed(String(part[part.index(after: cut)...]))), lowest.isFinite
      else { throw .notABorder(String(part)) }
      tiers.append(
        Tier(name: trimmed(String(part[..<cut])), lowest: lowest, chosen: "by hand"))
    }
    return try TierBoundaries(tiers)
  }
}

/// A text without white space at its ends.
func trimmed(_ text: String) -> String {
  var rest = Substring(text)
  while rest.first?.isWhitespace == true { rest.removeFirst() }
  while rest.last?.isWhitespace == true { rest.removeLast() }
  return String(rest)
}

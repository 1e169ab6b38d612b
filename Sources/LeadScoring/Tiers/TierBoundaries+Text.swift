extension TierBoundaries {
  /// Reads borders as a command line gives them: `SQL=0.5,MQL-A=0.3`.
  public static func parse(_ text: String, requirements: [String] = []) throws(TierError) -> TierBoundaries {
    var required: [String: [String]] = [:]
    for requirement in requirements {
      let parts = requirement.split(separator: "=", maxSplits: 1).map { trimmed(String($0)) }
      guard parts.count == 2 else { throw .notABorder(requirement) }
      required[parts[0], default: []] += parts[1].split(separator: "+").map { trimmed(String($0)) }
    }
    var tiers: [Tier] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let cut = part.lastIndex(of: "="),
        let lowest = Double(trimmed(String(part[part.index(after: cut)...]))), lowest.isFinite
      else { throw .notABorder(String(part)) }
      let name = trimmed(String(part[..<cut]))
      tiers.append(Tier(name: name, lowest: lowest, requires: required[name] ?? [], chosen: "by hand"))
    }
    let boundaries = try TierBoundaries(tiers)
    for name in required.keys.sorted() where !tiers.contains(where: { $0.name == name }) {
      throw .unknownTier(name, known: tiers.map(\.name))
    }
    return boundaries
  }
}

/// A text without white space at its ends.
func trimmed(_ text: String) -> String {
  var rest = Substring(text)
  while rest.first?.isWhitespace == true { rest.removeFirst() }
  while rest.last?.isWhitespace == true { rest.removeLast() }
  return String(rest)
}

/// Pairs of words for false and true.
enum FlagWords {
  /// The known pairs, in lower case, false first.
  static let pairs: [(no: String, yes: String)] = [
    ("0", "1"), ("no", "yes"), ("false", "true"), ("nein", "ja"), ("falsch", "wahr"), ("n", "y"),
    ("n", "j"), ("f", "t"),
    ("non", "oui"), ("faux", "vrai"), ("no", "sí"), ("no", "si"), ("falso", "verdadero"),
    ("falso", "vero"),
    ("nee", "ja"), ("off", "on"),
  ]

  /// The pair that all words belong to; the words in lower case, at least one.
  static func pair(of words: some Collection<String>) -> (no: String, yes: String)? {
    pairs.first { pair in words.allSatisfy { $0 == pair.no || $0 == pair.yes } }
  }

  /// Whether a word in lower case means true, nil if it means neither.
  static func meaning(of word: String) -> Bool? {
    if pairs.contains(where: { $0.yes == word }) { return true }
    return pairs.contains(where: { $0.no == word }) ? false : nil
  }

  /// A word of a pair, in the case of the other one that the file has: `Yes` gives `No`, `JA` gives `NEIN`.
  static func spelled(_ word: String, like other: String) -> String {
    if other == other.uppercased(), other != other.lowercased() { return word.uppercased() }
    if other == other.lowercased() { return word }
    return word.prefix(1).uppercased() + word.dropFirst()
  }
}

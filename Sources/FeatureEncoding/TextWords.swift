/// The words of a text: runs of letters and digits, in lower case and without accents.
///
/// Umlauts are written out, so that `Geschäftsführer` and `Geschaeftsfuehrer` are the same word.
public enum TextWords {
  /// The different words of a text, in the order in which they come first.
  public static func of(_ text: String) -> [String] {
    var words: [String] = []
    var known = Set<String>()
    var word = ""
    func end() {
      if !word.isEmpty, known.insert(word).inserted { words.append(word) }
      word = ""
    }
    for character in text.lowercased() {
      guard character.isLetter || character.isNumber else {
        end()
        continue
      }
      if character.isASCII {
        word.append(character)
      } else {
        append(character, to: &word)
      }
    }
    end()
    return words
  }

  /// Adds a letter as ASCII shows it, if it can.
  private static func append(_ character: Character, to word: inout String) {
    var base: Unicode.Scalar?
    for scalar in character.unicodeScalars {
      if scalar == diaeresis, let base, "aou".unicodeScalars.contains(base) {
        word.append("e")
      } else if !combining.contains(scalar.value) {
        word += folded[scalar] ?? String(Character(scalar))
      }
      base = scalar
    }
  }

  /// What stands above the letter before it: two dots alone, and all such marks.
  private static let diaeresis: Unicode.Scalar = "\u{308}"
  private static let combining: ClosedRange<UInt32> = 0x300...0x36F

  /// Latin letters with accents, by what they become.
  private static let folded: [Unicode.Scalar: String] = {
    var folded: [Unicode.Scalar: String] = [:]
    for (plain, letters) in [
      ("a", "àáâãåāăąǎ"), ("ae", "äæ"), ("c", "çćĉċč"), ("d", "ďđð"), ("e", "èéêëēĕėęěẽ"),
      ("g", "ĝğġģǧ"), ("h", "ĥħ"), ("i", "ìíîïĩīĭįıǐ"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"),
      ("n", "ñńņňŉ"), ("o", "òóôõōŏőǒ"), ("oe", "öøœ"), ("r", "ŕŗř"), ("s", "śŝşšșſ"),
      ("ss", "ß"), ("t", "ţťŧț"), ("th", "þ"), ("u", "ùúûũūŭůűųǔ"), ("ue", "ü"), ("w", "ŵ"),
      ("y", "ýÿŷ"), ("z", "źżž"),
    ] {
      for letter in letters.unicodeScalars { folded[letter] = plain }
    }
    return folded
  }()
}

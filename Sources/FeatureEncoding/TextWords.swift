/// The words of a text: runs of letters and digits, in lower case and without accents.
///
/// Umlauts are written out, so that `Geschäftsführer` and `Geschaeftsfuehrer` are the same word.
public enum TextWords {
  /// The different words of a text, in the order in which they come first.
  public static func of(_ text: String) -> [String] {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return ofASCII(text) }
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

  /// The words of a text in ASCII: most texts are, and letters are told there by their bytes.
  private static func ofASCII(_ text: String) -> [String] {
    var words: [String] = []
    var known = Set<String>()
    var word: [UInt8] = []
    func end() {
      guard !word.isEmpty else { return }
      let found = String(decoding: word, as: UTF8.self)
      if known.insert(found).inserted { words.append(found) }
      word.removeAll(keepingCapacity: true)
    }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        word.append(byte)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte | 0x20)
      default: end()
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

import Testing

@testable import FeatureEncoding

@Suite("Words of a text")
struct TextWordsTests {
  @Test(
    "are runs of letters and digits, in lower case, each once",
    arguments: [
      ("VP of Marketing", ["vp", "of", "marketing"]),
      ("Marketing-VP", ["marketing", "vp"]),
      ("  sales,SALES & Sales/sales ", ["sales"]),
      ("Int'l (EMEA) 2nd-level", ["int", "l", "emea", "2nd", "level"]),
      ("R&D", ["r", "d"]), ("", []), ("--- !?", []), ("24/7", ["24", "7"]),
      ("a\u{0}b\u{200B}c", ["a", "b", "c"]),
    ])
  func split(text: String, words: [String]) {
    #expect(TextWords.of(text) == words)
  }

  @Test(
    "have no accents, and umlauts are written out",
    arguments: [
      ("Geschäftsführer", ["geschaeftsfuehrer"]), ("GESCHÄFTSFÜHRER", ["geschaeftsfuehrer"]),
      ("Geschaeftsfuehrer", ["geschaeftsfuehrer"]), ("Straße Öl", ["strasse", "oel"]),
      ("Président-Directeur général", ["president", "directeur", "general"]),
      ("Señor Çelik Łódź Ångström", ["senor", "celik", "lodz", "angstroem"]),
      ("Bjørn Æon œuvre", ["bjoern", "aeon", "oeuvre"]), ("İstanbul", ["istanbul"]),
      ("ﬁnance", ["ﬁnance"]),
    ])
  func folding(text: String, words: [String]) {
    #expect(TextWords.of(text) == words)
  }

  @Test("are the same for composed and decomposed letters")
  func decomposed() {
    #expect(TextWords.of("Gescha\u{308}ftsfu\u{308}hrer") == ["geschaeftsfuehrer"])
    #expect(TextWords.of("ge\u{301}ne\u{301}ral") == TextWords.of("g\u{E9}n\u{E9}ral"))
    #expect(TextWords.of("I\u{308}le") == ["ile"])
  }

  @Test("a letter in a cell is no matter of minutes", .timeLimit(.minutes(1)))
  func long() {
    let text = (0..<200_000).map { "w\($0)" }.joined(separator: ";")
    #expect(TextWords.of(text).count == 200_000)
    #expect(ListEncoding.entries(of: text, ";").count == 200_000)
  }

  @Test("other scripts keep their letters")
  func scripts() {
    #expect(TextWords.of("Директор, 経理 部長") == ["директор", "経理", "部長"])
  }

  @Test("a word is its own only word", arguments: ["Müller & Söhne GmbH", "Größe ½ ①", "ẞ"])
  func idempotent(text: String) {
    for word in TextWords.of(text) { #expect(TextWords.of(word) == [word]) }
  }
}

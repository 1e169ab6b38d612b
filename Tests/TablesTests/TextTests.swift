import Tables
import Testing

@Suite("Texts of counts and words")
struct TextTests {
  @Test(
    "a count has a comma between thousands",
    arguments: [
      (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (12_345, "12,345"), (123_456, "123,456"),
      (1_000_000, "1,000,000"), (-1, "-1"), (-999, "-999"), (-1000, "-1,000"),
      (.max, "9,223,372,036,854,775,807"), (.min, "-9,223,372,036,854,775,808"),
    ] as [(Int, String)])
  func groupedCount(count: Int, text: String) { #expect(grouped(count) == text) }

  @Test(
    "blanks go at both ends and stay within",
    arguments: [
      ("", ""), (" ", ""), ("a", "a"), (" a b ", "a b"), ("\t\r\n a\u{A0}", "a"),
      ("\u{3000}ü ", "ü"),
    ])
  func trimmedText(text: String, expected: String) { #expect(trimmed(text) == expected) }

  @Test("what counts as a blank can be said")
  func otherBlanks() {
    #expect(trimmed("--a-b ") { $0 == "-" } == "a-b ")
    #expect(trimmed("---") { $0 == "-" } == "")
  }
}

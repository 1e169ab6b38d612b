import Testing

@testable import Reports

@Suite("Paragraph")
struct ParagraphTests {
  @Test("a short text is one line after its label")
  func short() {
    #expect(Paragraph.lines("  note: ", "all is well") == ["  note: all is well"])
  }

  @Test("a long text goes on below its first word, in lines of at most 100 characters")
  func long() {
    let text = (0..<60).map { "word\($0)" }.joined(separator: " ")
    let lines = Paragraph.lines("  note: ", text)
    #expect(lines.count > 3)
    #expect(lines.allSatisfy { $0.count <= 100 && $0.last != " " })
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("        word") })
    #expect(lines.map { $0.dropFirst(8) }.joined(separator: " ") == text)
    // Each line is as full as it can be.
    for (line, next) in zip(lines, lines.dropFirst()) {
      let word = next.dropFirst(8).prefix { $0 != " " }
      #expect(line.count + 1 + word.count > 100)
    }
  }

  @Test("a word that is longer than a line stays whole")
  func longWord() {
    let path = String(repeating: "x", count: 150)
    #expect(Paragraph.lines("- ", "see \(path) there") == ["- see", "  " + path, "  there"])
  }

  @Test("a name of a file cannot break a line")
  func harmless() {
    #expect(
      Paragraph.lines("note: ", "column \"a\nb\u{1B}[2J\"") == [
        "note: column \"a\u{FFFD}b\u{FFFD}[2J\""
      ])
  }
}

import Testing

@testable import Reports

@Suite("Text table")
struct TextTableTests {
  @Test("words line up on the left and numbers on the right, without blanks at the ends")
  func alignment() {
    var table = TextTable([("name", .left), ("n", .right), ("what", .left)])
    table.add(["a", "1", ""])
    table.add(["longer", "1,000", "x"])
    #expect(
      table.lines == [
        "  name        n  what",
        "  a           1",
        "  longer  1,000  x",
      ])
  }

  @Test("a table without rows is its headings")
  func noRows() {
    #expect(TextTable([("a", .left), ("b", .right)]).lines == ["  a  b"])
  }

  @Test("letters of several bytes, marks and emoji count as one character each")
  func characters() {
    var table = TextTable([("", .left), ("n", .right)])
    for name in ["Müller", "Mu\u{308}ller", "🇩🇪 Bonn", "👩\u{200D}💻 Bonn", "ab"] {
      table.add([name, "7"])
    }
    let lines = table.lines
    #expect(Set(lines.map(\.count)) == [11])
    #expect(lines.allSatisfy { $0.hasSuffix("  7") || $0.hasSuffix("  n") })
    #expect(lines[4].contains("👩\u{200D}💻"))
  }

  @Test(
    "what would break a line or steer a terminal is shown as a replacement",
    arguments: [
      "a\nb", "a\r\nb", "a\tb", "a\u{1B}[31mb", "a\u{0}b", "a\u{7F}b", "a\u{85}b", "a\u{9B}b",
      "a\u{2028}b", "a\u{2029}b", "a\u{202E}b", "a\u{200F}b", "a\u{FEFF}b",
    ])
  func controls(text: String) {
    var table = TextTable([(text, .left), ("n", .right)])
    table.add([text, "1"])
    for line in table.lines {
      #expect(line.contains("\u{FFFD}"))
      let bad = line.unicodeScalars.filter {
        [.control, .format, .lineSeparator, .paragraphSeparator]
          .contains($0.properties.generalCategory)
      }
      #expect(bad.isEmpty)
    }
  }

  @Test("a long cell is cut at 60 characters and says so; one of 60 stays")
  func longCells() {
    let just = String(repeating: "ü", count: 60)
    #expect(TextTable.printable(just) == just)
    #expect(TextTable.printable(just + "x") == String(repeating: "ü", count: 57) + "...")
    let endless = String(repeating: "word ", count: 200_000)
    #expect(TextTable.printable(endless).count == 60)
  }

  @Test("a character under a heap of marks does not fill the screen")
  func marks() {
    let heap = "a" + String(repeating: "\u{301}", count: 10_000)
    #expect(TextTable.printable(heap).unicodeScalars.count <= 243)
  }

  @Test("words in the last column go on below their first where a line has no room for them")
  func wrapped() {
    var table = TextTable([("field", .left), ("n", .right), ("why", .left)])
    table.add([
      String(repeating: "f", count: 50), "12", "because it is the best of all that were tried",
    ])
    #expect(
      table.lines.dropFirst() == [
        "  " + String(repeating: "f", count: 50) + "  12  because it is the best of all that were",
        String(repeating: " ", count: 58) + "tried",
      ])
  }

  @Test("numbers in the last column are never broken")
  func wideNumbers() {
    var table = TextTable([("", .left), ("n", .right)])
    table.add([String(repeating: "f", count: 60), String(repeating: "1 ", count: 29) + "1"])
    #expect(table.lines.count == 2)
    #expect(table.lines[1].count > 100)
  }
}

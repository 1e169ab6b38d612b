import Tables
import TestSupport
import Testing

@testable import DataSources

@Suite("Known words")
struct KnownWordsTests {
  private let levels = [
    "Germany", "France", "a word of more than sixteen bytes", "a word of more than sixteen bytez",
    "x", "Germany", "12345678", "123456789", "Österreich", "NA", "sixteen bytes ab", "of",
  ]

  /// What each of some cells is read as: its level, nil for a missing one, "other" for an unknown one.
  private func read(_ cells: [[UInt8]], encoding: TextEncoding? = nil) -> [String?] {
    let missing = MissingWords(adding: [])
    let reader = ColumnReader(missing: missing, decoding: TextDecoding(encoding: encoding))
    var text: [UInt8] = []
    let places = cells.map { cell in
      let start = UInt32(text.count)
      text += cell
      return Cell(start: start, end: UInt32(text.count))
    }
    text += [UInt8](repeating: 0x61, count: 128)
    let known = KnownLevels(levels, missing: missing, encoding: encoding)
    return reader.categories(known, text.span, places.span).codes.map { code in
      switch Int(code) {
      case 0: nil
      case levels.count + 1: "other"
      default: levels[Int(code) - 1]
      }
    }
  }

  private func read(_ cells: [String]) -> [String?] { read(cells.map { Array($0.utf8) }) }

  @Test("cells are found as they stand, without blanks around them")
  func plain() {
    #expect(
      read(["Germany", " France ", "x", "12345678", "123456789", "\tof", "sixteen bytes ab"])
        == ["Germany", "France", "x", "12345678", "123456789", "of", "sixteen bytes ab"])
    #expect(
      read(["a word of more than sixteen bytez", "a word of more than sixteen bytes", "Österreich"])
        == ["a word of more than sixteen bytez", "a word of more than sixteen bytes", "Österreich"])
  }

  @Test("empty cells and words for nothing are missing, though a level be called so")
  func missing() {
    #expect(read(["", " ", "NA", "n/a", "-", "null"]) == [nil, nil, nil, nil, nil, nil])
  }

  @Test("words that are no level are other ones")
  func other() {
    #expect(
      read(["germany", "Germany2", "y", "a word of more than sixteen byteS", "Osterreich"])
        == ["other", "other", "other", "other", "other"])
  }

  @Test("of equal levels the first counts, by either way")
  func equal() {
    let missing = MissingWords(adding: [])
    let reader = ColumnReader(missing: missing, decoding: TextDecoding(encoding: nil))
    let text = Array(" Germany".utf8) + [UInt8](repeating: 0, count: 128)
    let cells = [Cell(start: 1, end: 8), Cell(start: 0, end: 8)]
    let known = KnownLevels(levels, missing: missing, encoding: nil)
    #expect(reader.categories(known, text.span, cells.span).codes.wide == [1, 1])
  }

  @Test("bytes mean what the encoding says")
  func encodings() {
    // "Österreich" in Windows-1252, and its UTF-8, which there is another word.
    let windows: [UInt8] = [0xD6] + Array("sterreich".utf8)
    let utf8 = Array("Österreich".utf8)
    #expect(read([windows, utf8]) == ["Österreich", "Österreich"])
    #expect(read([windows, utf8], encoding: .windows1252) == ["Österreich", "other"])
    #expect(read([windows, utf8], encoding: .utf8) == ["other", "Österreich"])
  }

  @Test("many cells that are no level are read as few are")
  func manyOthers() {
    var random = SeededGenerator(seed: 4)
    let words = levels + ["Peru", "Chile", "", " x", "na"]
    var cells: [String] = []
    for _ in 0..<3000 { cells.append(words[Int.random(in: 0..<words.count, using: &random)]) }
    let unknown = (0..<3000).map { "unknown\($0 % 700)" }
    let found = read(cells)
    #expect(read(unknown + cells) == unknown.map { _ in "other" } + found)
    #expect(found.contains("Germany") && found.contains(nil) && found.contains("other"))
  }
}

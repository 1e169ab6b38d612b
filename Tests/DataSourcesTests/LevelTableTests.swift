import Testing

@testable import DataSources

@Suite("Level table")
struct LevelTableTests {
  /// A word with the bytes behind it that may be read.
  private func padded(_ word: String) -> [UInt8] {
    Array(word.utf8) + [UInt8](repeating: 0, count: 16)
  }

  @Test("numbers words in the order they come, as a dictionary does, looked at before or not")
  func numbers() {
    let words = (0..<3000).map { index -> String in
      let number = index * 7919 % 1000
      return number % 3 == 0
        ? "\(number)" : "a longer word, of more than 16 bytes: \(number)"
    }
    let hashes = words.map { WordHash.hash(padded($0).span, 0, $0.utf8.count) }
    var places: [String: Int] = [:]
    var order: [String] = []
    var table = LevelTable()
    var prepared = LevelTable()
    for (index, word) in words.enumerated() {
      if index % 64 == 0 { prepared.prepare(hashes[index..<min(index + 64, words.count)]) }
      let text = padded(word)
      let count = word.utf8.count
      let found = table.add(text.span, 0, count, hash: hashes[index])
      #expect(prepared.add(text.span, 0, count, hash: hashes[index]) == found)
      if places[word] == nil {
        places[word] = order.count
        order.append(word)
      }
      #expect(found == places[word])
    }
    #expect(table.strings == order)
    #expect(prepared.strings == order)
    // What may be read behind the last word.
    #expect(table.bytes.suffix(16).allSatisfy { $0 == 0 })
    #expect(table.find(padded("not there").span, 0, 9, hash: 1) == nil)
  }

  @Test("takes an empty word and none")
  func empty() {
    var table = LevelTable()
    #expect(table.strings == [])
    table.prepare([1, 2])
    let hash = WordHash.hash(padded("").span, 0, 0)
    #expect(table.add(padded("").span, 0, 0, hash: hash) == 0)
    #expect(table.add(padded("").span, 0, 0, hash: hash) == 0)
    #expect(table.strings == [""])
  }
}

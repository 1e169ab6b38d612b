import Testing

@testable import DataSources

@Suite("Table of words")
struct WordTableTests {
  @Test("words of all lengths are numbered as they are met, and found again", arguments: 1...4)
  func numbers(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // Of two letters, so that short words repeat and long ones share beginnings and ends.
    var words = [[UInt8]](repeating: [], count: 600)
    for index in words.indices.dropFirst() {
      let count = Int.random(in: 1...(index % 3 == 0 ? 70 : 20), using: &random)
      words[index] = (0..<count).map { place in
        let isInside = count > 16 && place >= 4 && place < count - 4 && place != count / 2
        return isInside ? 0x61 : 0x61 + UInt8.random(in: 0...1, using: &random)
      }
    }
    var text: [UInt8] = []
    var cells: [Cell] = []
    for _ in 0..<5000 {
      let start = text.count
      text += words.randomElement(using: &random) ?? []
      cells.append(Cell(start: UInt32(start), end: UInt32(text.count)))
      text.append(0x2C)
    }
    text += [UInt8](repeating: 0, count: 16)
    func word(_ row: Int) -> [UInt8] { Array(text[Int(cells[row].start)..<Int(cells[row].end)]) }

    var table = WordTable()
    var known: [[UInt8]: UInt32] = [[]: 0]
    var codes = [UInt32](repeating: 0, count: cells.count)
    var row = 0
    while true {
      row = table.find(cells.span, from: row, in: text.span, codes: &codes)
      if row == cells.count { break }
      #expect(known[word(row)] == nil)
      let (number, isNew) = table.number(of: cells[row], in: text.span)
      #expect(isNew && number == known.count - 1)
      known[word(row)] = UInt32(number + 1)
      codes[row] = UInt32(number + 1)
      row += 1
    }
    for row in cells.indices { #expect(codes[row] == known[word(row)]) }
    var again = [UInt32](repeating: 0, count: cells.count)
    #expect(table.find(cells.span, from: 0, in: text.span, codes: &again) == cells.count)
    #expect(again == codes)
    var narrow = [UInt16](repeating: 0, count: cells.count)
    #expect(table.find(cells.span, from: 0, in: text.span, codes: &narrow) == cells.count)
    #expect(narrow.map { UInt32($0) } == codes)
    #expect(table.count == known.count - 1)

    table.spread(text.span)
    var spread = [UInt32](repeating: 0, count: cells.count)
    #expect(table.find(cells.span, from: 0, in: text.span, codes: &spread) == cells.count)
    #expect(spread == codes)
  }
}

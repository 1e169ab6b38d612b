import Tables
import Testing

@Suite("Column")
struct ColumnTests {
  static let columns: [(column: Column, kind: ColumnKind)] = [
    (Column(name: "a", values: .numeric([1, .nan, 3])), .numeric),
    (Column(name: "b", values: .date([20_780, .nan, 0.5])), .date),
    (
      Column(name: "c", values: .category(Categories(codes: [2, 0, 1], levels: ["x", "y"]))),
      .category
    ),
    (
      Column(
        name: "d", values: .flag(Flags(codes: [0, 1, 2], falseWord: "nein", trueWord: "ja"))),
      .flag
    ),
    (Column(name: "e", values: .text(Texts(bytes: Array("abc".utf8), ends: [1, 1, 3]))), .text),
  ]

  @Test("each kind of values says what it is and how many there are", arguments: columns.indices)
  func kindAndCount(index: Int) {
    let (column, kind) = Self.columns[index]
    #expect(column.kind == kind)
    #expect(column.count == 3)
  }

  @Test("kinds have the names of the command line")
  func kindNames() {
    #expect(
      ColumnKind.allCases.map(\.rawValue) == ["numeric", "category", "flag", "date", "text"])
  }
}

@Suite("Texts")
struct TextsTests {
  /// Texts of the given cells.
  static func texts(_ cells: [String]) -> Texts {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    for cell in cells {
      bytes += Array(cell.utf8)
      ends.append(bytes.count)
    }
    return Texts(bytes: bytes, ends: ends)
  }

  @Test(
    "each cell comes back as it was, empty ones too",
    arguments: [
      [], [""], ["a"], ["", "", ""], ["one", "", "drei", ""],
      ["", "Gr\u{f6}\u{df}e", "\u{1F33E}", "e\u{301}"],
    ] as [[String]])
  func slices(cells: [String]) {
    let texts = Self.texts(cells)
    #expect(texts.count == cells.count)
    for (row, cell) in cells.enumerated() {
      #expect(Array(texts[row]) == Array(cell.utf8))
      #expect(texts.string(at: row) == cell)
    }
  }

  @Test("added one to another are all their cells, missing ones in between and at the end")
  func appended() {
    var texts = Texts(missing: 2)
    texts.append(Self.texts(["ab", "", "c"]))
    texts.append(missing: 1)
    var more = Self.texts(["d"])
    more.append(missing: 2)
    texts.append(more)
    texts.append(Texts(missing: 1))
    texts.append(Self.texts(["ef"]))
    #expect(
      (0..<texts.count).map { texts.string(at: $0) }
        == ["", "", "ab", "", "c", "", "d", "", "", "", "ef"])
    #expect(texts.range(at: 0) == 0..<0 && texts.range(at: 7) == 4..<4)
    var none = Texts(missing: 0)
    none.append(texts)
    none.append(missing: 3)
    #expect(none.count == 14 && none[10].elementsEqual("ef".utf8) && none[13].isEmpty)
  }

  @Test("bytes that are no UTF-8 become a replacement character, without a trap")
  func notUTF8() {
    let texts = Texts(bytes: [0x61, 0xFF, 0x62], ends: [2, 3])
    #expect(texts.string(at: 0) == "a\u{FFFD}")
    #expect(texts.string(at: 1) == "b")
  }
}

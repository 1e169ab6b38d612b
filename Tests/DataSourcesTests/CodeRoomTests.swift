import Parallelism
import Tables
import Testing

@testable import DataSources

extension LevelCodes {
  /// Whether they are kept in 16 bits.
  fileprivate var areShort: Bool { if case .shorts = storage { true } else { false } }
}

@Suite("Rooms of codes")
struct CodeRoomTests {
  private func placed<Code>(
    _ codes: [Code], in room: ColumnRoom<Code>, from row: Int
  ) -> ChunkCells<Code> {
    ChunkCells.filled(codes.count, in: room, from: row) { place in
      for row in codes.indices { place[row] = codes[row] }
    }.cells
  }

  @Test("a room becomes one of 32 bits while others write to the places of later rows in it")
  func widening() throws {
    var room = CodeRoom(firstRow: 5, capacity: 20)
    guard case .shorts(let narrow) = room else {
      Issue.record("a room begins with 16 bits")
      return
    }
    room.add(.shorts(placed([1, 2, 3], in: narrow, from: 5)), levels: [], rows: 3)
    room.add(.shorts(.own([1, 0])), levels: [0, 4], rows: 2)
    // Read before the room is another, and written after.
    let early = placed([5, 6], in: narrow, from: 10)
    room.widen()
    guard case .words(let wide) = room else {
      Issue.record("the room has 32 bits")
      return
    }
    #expect(wide.firstRow == 5 && wide.count == 5)
    let late = placed([1, 2, 0], in: narrow, from: 12)
    let far = placed([70_001, 8], in: wide, from: 15)
    room.add(.shorts(early), levels: [], rows: 2)
    room.add(.shorts(late), levels: [0, 70_000, 9], rows: 3)
    room.add(.words(far), levels: [], rows: 2)
    room.add(.words(.own([2, 1])), levels: [0, 65_536, 65_537], rows: 2)
    room.widen()
    room.add(missing: 1)
    let codes = room.take()
    #expect(codes.wide == [1, 2, 3, 4, 0, 5, 6, 70_000, 9, 0, 70_001, 8, 65_537, 65_536, 0])
    #expect(!codes.areShort)
  }

  @Test("wide codes of a block that stand for levels of 16 bits are kept in these")
  func narrowing() {
    let room = CodeRoom(firstRow: 0, capacity: 0)
    room.add(missing: 1)
    room.add(
      .words(.own([70_000, 0, 1])), levels: [0, 65_535] + [UInt32](repeating: 2, count: 69_999),
      rows: 3)
    room.add(.words(.own([3])), levels: [], rows: 1)
    let codes = room.take()
    #expect(codes.wide == [0, 2, 0, 65_535, 3] && codes.areShort)
  }

  /// The words of a row, of which one column, with 65,536, has one more than 16 bits number.
  private static func words(_ row: Int) -> [String] {
    [
      row % 977 == 5 ? "" : "w\(row % 70_001)", row < 40_000 ? "early \(row % 9)" : "late \(row)",
      row < 30_000 ? "" : "then \(row)", "e\(row % 65_535)", "o\(row % 65_536)",
      "\(row % 66_000)", "few \(row % 3)",
    ]
  }

  private static let names = ["many", "late", "then", "exact", "over", "forced", "few"]
  private static let rows = (0..<110_000).map { words($0) }

  /// The rows as a file, with blanks around some words of the first column, and others for none.
  private static let text =
    names.joined(separator: ",") + "\n"
    + rows.enumerated().map { row, words in
      let first =
        words[0].isEmpty ? [" ", "NA", "n/a"][row % 3] : row % 5 == 0 ? " \(words[0]) " : ""
      return (first.isEmpty ? words[0] : first) + "," + words.dropFirst().joined(separator: ",")
        + "\n"
    }.joined()

  /// What each cell of a column says, numbered in the order in which words are met.
  private static func plain(_ column: Int) -> (codes: [UInt32], levels: [String]) {
    var numbers = ["": UInt32(0)]
    var levels: [String] = []
    let codes = rows.map { words -> UInt32 in
      if let number = numbers[words[column]] { return number }
      levels.append(words[column])
      numbers[words[column]] = UInt32(levels.count)
      return UInt32(levels.count)
    }
    return (codes, levels)
  }

  @Test("columns of more levels than 16 bits number are read as plainly, in any blocks")
  func manyLevels() throws {
    let plain = Self.names.indices.map { Self.plain($0) }
    #expect(plain.map(\.levels.count) == [69_970, 70_009, 80_000, 65_535, 65_536, 66_000, 3])
    let before = Parallel.threads
    defer { Parallel.threads = before }
    for (threads, blockBytes) in [(1, 300_000), (2, 100_000), (2, 64 << 20)] {
      Parallel.threads = threads
      let table = try readLeads(Self.text) {
        $0.blockBytes = blockBytes
        $0.kinds["forced"] = .category
      }.table
      for (name, plain) in zip(Self.names, plain) {
        guard case .category(let categories)? = table[name]?.values else {
          Issue.record("\(name) is a category")
          continue
        }
        #expect(categories.codes.wide == plain.codes, "\(name) by \(threads), \(blockBytes)")
        #expect(categories.levels == plain.levels, "\(name)")
        #expect(categories.codes.areShort == (plain.levels.count <= 65_535), "\(name)")
      }
    }
  }

  @Test("columns with more levels than are allowed are texts")
  func tooMany() throws {
    let table = try readLeads(Self.text) {
      $0.blockBytes = 100_000
      $0.maximumLevels = 65_535
    }.table
    #expect(
      table.columns.map(\.kind) == [.text, .text, .text, .category, .text, .numeric, .category])
  }

  @Test(
    "a block of a stream has a code for words beyond its levels", arguments: [65_534, 65_535])
  func streamed(count: Int) throws {
    let levels = (1...count).map { "w\($0)" }
    let missing = MissingWords(adding: [])
    let reader = ColumnReader(missing: missing, decoding: TextDecoding(encoding: nil))
    let known = KnownLevels(levels, missing: missing, encoding: nil)
    // So many strange ones that words are looked up once each, and not.
    for strange in [1, 500] {
      let words = ["w1", " w\(count)", "", "NA"] + (0..<strange).map { "x\($0)" } + ["w\(count)"]
      var text: [UInt8] = []
      let cells = words.map { word -> Cell in
        let start = UInt32(text.count)
        text += word.utf8
        return Cell(start: start, end: UInt32(text.count))
      }
      text += [UInt8](repeating: 0, count: 16)
      let codes = reader.categories(known, text.span, cells.span).codes
      let other = UInt32(count + 1)
      #expect(
        codes.wide == [1, UInt32(count), 0, 0] + words[4..<words.count - 1].map { _ in other }
          + [UInt32(count)])
      #expect(codes.areShort == (count == 65_534))
    }
  }

  @Test("a column that grows by blocks keeps its width, and the levels that it has")
  func builder() {
    let levels = (1...70_000).map { "w\($0)" }
    var builder = ColumnBuilder(capacity: 6)
    for codes in [[70_000, 1, 0], [1, 70_001]] as [[UInt32]] {
      builder.append(.category(Categories(codes: LevelCodes(.words(codes)), levels: levels)))
    }
    let column = Column(name: "x", values: builder.values())
    guard case .category(let all) = column.values,
      case .category(let used) = column.withUsedLevels.values
    else {
      Issue.record("the column is a category")
      return
    }
    #expect(all.codes.wide == [70_000, 1, 0, 1, 70_001] && all.levels.count == 70_000)
    #expect(used.codes.wide == [2, 1, 0, 1, 0] && used.levels == ["w1", "w70000"])
    #expect(!all.codes.areShort && used.codes.areShort)
  }
}

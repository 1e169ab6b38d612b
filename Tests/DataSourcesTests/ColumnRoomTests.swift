import Parallelism
import Tables
import Testing

@testable import DataSources

@Suite("Column rooms")
struct ColumnRoomTests {
  /// A text of many rows, whose first ones are so long that fewer are expected than come.
  ///
  /// - Parameters:
  ///   - rows: How many rows.
  ///   - long: How many of them have a long cell at their end.
  private func history(rows: Int, long: Int) -> String {
    var lines = ["count,amount,late,early,day,stage,title,mixed,note"]
    for row in 0..<rows {
      let cells = [
        row % 11 == 3 ? "" : "\(row % 97)", "\(Double(row * 7 % 1000) / 8)",
        // Nothing for most of the file, then numbers; numbers, then nothing.
        row < rows * 2 / 3 ? "" : "\(row)", row < rows / 3 ? "\(row)" : "n/a",
        row % 5 == 0 ? "" : "2024-0\(1 + row % 9)-1\(row % 8)",
        // New words come late; blanks around some; other words for a missing value.
        ["new", " open ", "won", "", "NA", row > rows / 2 ? "late \(row % 40)" : "won"][row % 6],
        "title \(row * row % 1013)", row == rows * 4 / 5 ? "many" : "\(row % 13)",
        row < long ? String(repeating: "x", count: 500) : "",
      ]
      lines.append(cells.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What a column holds, as text.
  private func text(_ column: Column) -> [String] {
    switch column.values {
    case .numeric(let numbers), .date(let numbers): numbers.map { "\($0)" }
    case .category(let categories):
      categories.codes.map { $0 == 0 ? "" : categories.levels[Int($0) - 1] }
    case .flag(let flags): flags.codes.map { "\($0)" }
    case .text(let texts): (0..<texts.count).map { texts.string(at: $0) }
    }
  }

  @Test(
    "blocks of any size, written where they stay, are what one block holds",
    arguments: [2000, 9000, 100_000], [0, 300, 20_000])
  func anyBlocks(blockBytes: Int, long: Int) throws {
    let history = history(rows: 20_000, long: long)
    let whole = try readLeads(history) { $0.blockBytes = 64 << 20 }.table
    for levels in [50, 100_000] {
      let expected = try readLeads(history) {
        $0.blockBytes = 64 << 20
        $0.maximumLevels = levels
      }.table
      let found = try readLeads(history) {
        $0.blockBytes = blockBytes
        $0.maximumLevels = levels
      }.table
      for (column, other) in zip(found.columns, expected.columns) {
        #expect(column.kind == other.kind, "\(column.name)")
        #expect(text(column) == text(other), "\(column.name)")
        if case .category(let one) = column.values, case .category(let two) = other.values {
          #expect(one.levels == two.levels)
        }
      }
    }
    #expect(whole["mixed"]?.kind == .category && whole["late"]?.kind == .numeric)
    #expect(whole["stage"].map(text)?[..<7] == ["new", "open", "won", "", "", "won", "new"])
    #expect(whole["early"].map(text)?[6667] == "nan" && whole.rowCount == 20_000)
  }

  @Test("values that others wrote stay, all others are copied, and none is lost beyond the room")
  func adding() {
    let room = ColumnRoom<Double>(firstRow: 10, capacity: 8)
    room.add(.own([1, 2]))
    let placed = ChunkCells.filled(3, in: room, from: 12) { values in
      for row in 0..<3 { values[row] = Double(3 + row) }
    }.cells
    guard case .placed(_, rows: 12..<15) = placed else {
      Issue.record("there is room for three")
      return
    }
    room.add(placed)
    // Of another room, and of one where it is not this one's turn.
    let other = ColumnRoom<Double>(firstRow: 0, capacity: 100)
    let elsewhere = ChunkCells.filled(2, in: other, from: 15) {
      $0[0] = 6; $0[1] = 7
    }.cells
    room.add(elsewhere)
    #expect(elsewhere.array() == [6, 7])
    room.change(last: 2) { values in for row in 0..<2 { values[row] *= 10 } }
    // No room for two more.
    let last = ChunkCells.filled(2, in: room, from: 17) {
      $0[0] = 8; $0[1] = 9
    }.cells
    guard case .own(let values) = last else {
      Issue.record("there is room for one alone")
      return
    }
    #expect(values == [8, 9])
    room.add(last)
    room.add(repeating: 0, count: 2)
    #expect(room.count == 11)
    #expect(room.take() == [1, 2, 3, 4, 5, 60, 70, 8, 9, 0, 0])
    #expect(room.take() == [])
  }

  @Test("a room of no size takes what comes")
  func unknownSize() {
    let room = ColumnRoom<UInt32>(firstRow: 0, capacity: 0)
    for block in 0..<5 { room.add(.own([UInt32(block), 7])) }
    room.change(last: 1) { $0[0] = 9 }
    #expect(room.take() == [0, 7, 1, 7, 2, 7, 3, 7, 4, 9])
  }
}

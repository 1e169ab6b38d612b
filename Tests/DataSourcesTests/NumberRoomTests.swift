import Parallelism
import Tables
import Testing

@testable import DataSources

extension Numbers {
  /// How they are kept: `16 ones`.
  fileprivate var form: String {
    switch storage {
    case .doubles: "64"
    case .shorts(_, let unit): "16 \(unit)"
    case .words(_, let unit): "32 \(unit)"
    }
  }

  fileprivate var bits: [UInt64] { doubles.map { $0.isNaN ? 1 : $0.bitPattern } }
}

extension [Double] {
  fileprivate var bits: [UInt64] { map { $0.isNaN ? 1 : $0.bitPattern } }
}

@Suite("Rooms of numbers")
struct NumberRoomTests {
  private func placed(_ numbers: [Double], in room: NumberRoom?, from row: Int) -> NumberCells {
    var spare: [Double] = []
    return NumberCells.filled(numbers.count, in: room, from: row, spare: &spare) { place in
      for row in numbers.indices { place[row] = numbers[row] }
    }.cells
  }

  @Test(
    "hold numbers as narrow as they come back with the same bits",
    arguments: [
      ([0, 7, .nan, -3, 32_767, -32_767], "16 ones"), ([32_768], "32 ones"),
      ([-32_768, 1], "32 ones"), ([-0.0], "64"), ([0.1], "16 tenths"), ([16.24], "16 hundredths"),
      ([16.24, 327.68], "32 hundredths"), ([0.125, 32.767], "16 thousandths"), ([0.1254], "64"),
      ([2_147_483_647, -2_147_483_647], "32 ones"), ([-2_147_483_648], "64"),
      ([2_147_483_648], "64"), ([1e300], "64"), ([-1e300], "64"), ([.infinity], "64"),
      ([-.infinity], "64"), ([.leastNonzeroMagnitude], "64"),
      ([21_474_836.47, 0.5], "32 hundredths"),
      ([21_474_836.48], "64"), ([0.30000000000000004], "64"), ([1 + 0x1p-52], "64"),
      ([.nan, .nan], "16 ones"), ([], "16 ones"), ([1 / 3], "64"), ([-16.24], "16 hundredths"),
    ] as [([Double], String)])
  func forms(numbers: [Double], form: String) {
    for capacity in [0, 100] {
      var room = NumberRoom(firstRow: 0, capacity: capacity)
      // Behind others, and so at a place of either part of a kernel's loop.
      let padded = [Double](repeating: 1, count: 70) + numbers
      room.add(.doubles(.own(padded)), areDays: false)
      room.add(placed(numbers, in: room, from: room.count), areDays: false)
      room.add(missing: 1)
      let found = room.take()
      #expect(found.form == form, "\(numbers)")
      #expect(found.bits == (padded + numbers + [.nan]).bits, "\(numbers)")
    }
  }

  @Test(
    "hold days, with times and without",
    arguments: [
      ([20_000, .nan, -5], "16 ones"), ([2_932_896], "32 ones"),
      ([20_000 + 26_700.0 / 86_400], "32 seconds"), ([-3 + 86_399.0 / 86_400], "32 seconds"),
      ([20_000 + 0.5 / 86_400], "64"), ([24_856 + 1.0 / 86_400], "64"),
      ([40_000, 20_000.5], "64"), ([24_854, 20_000.5], "32 seconds"), ([19_999.123456789], "64"),
    ] as [([Double], String)])
  func days(days: [Double], form: String) {
    var room = NumberRoom(firstRow: 3, capacity: 10)
    for day in days { room.add(placed([day], in: room, from: 3 + room.count), areDays: true) }
    let found = room.take()
    #expect(found.form == form && found.bits == days.bits, "\(days)")
  }

  @Test("every second of a day is held")
  func seconds() {
    let days = (0..<86_400).map { 19_000 + Double($0 % 5000) + Double($0) / 86_400 }
    var room = NumberRoom(firstRow: 0, capacity: 0)
    room.add(.doubles(.own(days)), areDays: true)
    let found = room.take()
    #expect(found.form == "32 seconds" && found.bits == days.bits)
  }

  @Test("every amount of two decimals is held")
  func amounts() throws {
    let amounts = try (-32_767...32_767).map { cents in
      let size = abs(cents)
      return try #require(
        Double("\(cents < 0 ? "-" : "")\(size / 100).\(size / 10 % 10)\(size % 10)"))
    }
    var room = NumberRoom(firstRow: 0, capacity: 0)
    room.add(.doubles(.own(amounts)), areDays: false)
    let found = room.take()
    #expect(found.form == "16 hundredths" && found.bits == amounts.bits)
  }

  @Test("become wider while others write to the places of later rows in them")
  func widening() {
    var room = NumberRoom(firstRow: 5, capacity: 20)
    room.add(placed([1, .nan, 30_000], in: room, from: 5), areDays: false)
    // Read before the room is another, and written after.
    let old = room
    let early = placed([5, -6], in: old, from: 9)
    room.add(placed([100_000], in: room, from: 8), areDays: false)
    guard case .words(let wide, .ones) = room else {
      Issue.record("the room has 32 bits")
      return
    }
    #expect(wide.firstRow == 5 && wide.count == 4)
    let late = placed([7, 32_000], in: old, from: 11)
    let far = placed([8], in: room, from: 13)
    room.add(early, areDays: false)
    room.add(late, areDays: false)
    room.add(far, areDays: false)
    let next = placed([9, .nan], in: room, from: 15)
    room.add(placed([1.5], in: room, from: 14), areDays: false)
    let last = placed([3e8], in: .words(wide, .ones), from: 17)
    room.add(next, areDays: false)
    // What was held in the old form is too large for the one that there is now.
    room.add(last, areDays: false)
    guard case .doubles = room else {
      Issue.record("the room has 64 bits")
      return
    }
    room.add(placed([1e20], in: room, from: 18), areDays: false)
    room.add(missing: 2)
    // Beyond the room.
    room.add(.doubles(.own([1, 2, 3, 4, 5, 6])), areDays: false)
    #expect(
      room.take().bits
        == [
          1, .nan, 30_000, 100_000, 5, -6, 7, 32_000, 8, 1.5, 9, .nan, 3e8, 1e20, .nan, .nan, 1, 2,
          3, 4, 5, 6,
        ].bits)
  }

  /// Columns that are whole for many rows and then something else, each with when and with what.
  private static let changes:
    [(name: String, from: Int, value: @Sendable (Int) -> String, form: String)] = [
      ("whole", 0, { "\($0 % 900)" }, "16 ones"),
      ("wide", 17_000, { _ in "100000" }, "32 ones"),
      ("tenths", 17_001, { _ in "1.5" }, "16 tenths"),
      ("cents", 17_002, { "\($0 % 300).\(10 + $0 % 90)" }, "16 hundredths"),
      ("amounts", 100, { "\($0).\(10 + $0 % 90)" }, "32 hundredths"),
      ("huge", 29_999, { _ in "100000000000000000000" }, "64"),
      ("minus", 25_000, { _ in "-0" }, "64"),
      ("third", 1, { _ in "0.333333333" }, "64"),
      ("day", 0, { "20\(10 + $0 % 20)-0\(1 + $0 % 9)-1\($0 % 10)" }, "16 ones"),
      (
        "time", 12_345,
        { "2024-0\(1 + $0 % 9)-1\($0 % 10) 1\($0 % 10):\(10 + $0 % 50):\(10 + $0 % 49)" },
        "32 seconds"
      ),
      ("far", 20_000, { _ in "9000-12-31" }, "32 ones"),
      ("far time", 20_000, { _ in "9000-12-31 12:30:01" }, "64"),
    ]

  /// What a cell holds; each step of "steps" widens that column again.
  private static func cell(_ column: Int, _ row: Int) -> String {
    let (name, from, value, _) = changes[column]
    if row % 13 == 5 { return "" }
    if row >= from { return value(row) }
    return name.hasPrefix("far") || name == "time" ? "2024-0\(1 + row % 9)-20" : "\(row % 200)"
  }

  private static func step(_ row: Int) -> String {
    switch row {
    case 9_000..<9_001: "1.5"
    case 12_000..<12_001: "100000"
    case 15_000..<15_001: "1.25"
    case 20_000..<20_001: "1e20"
    default: row % 11 == 0 ? "" : "\(row % 32_768)"
    }
  }

  private static let rows = 30_000

  private static let text =
    (changes.map(\.name) + ["steps", "late"]).joined(separator: ",") + "\n"
    + (0..<rows).map { row in
      (changes.indices.map { cell($0, row) } + [step(row), row < 20_000 ? "" : "\(row)"])
        .joined(separator: ",") + "\n"
    }.joined()

  /// What a cell says, as plainly as can be.
  private static func plain(_ cell: String) throws -> Double {
    if cell.isEmpty { return .nan }
    if let number = Double(cell) { return number }
    let text = Array((cell + String(repeating: " ", count: 32)).utf8)
    let whole = Cell(start: 0, end: UInt32(cell.utf8.count))
    return try #require(DateGrammar.read(text.span, whole)?.value(.yearFirst))
  }

  @Test("columns that stop being whole at any row are read as plainly, in any blocks")
  func changing() throws {
    let columns = try Self.changes.indices.map { column in
      try (0..<Self.rows).map { try Self.plain(Self.cell(column, $0)) }
    }
    let steps = try (0..<Self.rows).map { try Self.plain(Self.step($0)) }
    let before = Parallel.threads
    defer { Parallel.threads = before }
    for (threads, blockBytes) in [
      (1, 20_000), (2, 20_000), (2, 3000), (2, 300_000), (1, 64 << 20),
    ] {
      Parallel.threads = threads
      let table = try readLeads(Self.text) { $0.blockBytes = blockBytes }.table
      func numbers(_ name: String) throws -> Numbers {
        switch try #require(table[name]).values {
        case .numeric(let numbers), .date(let numbers): return numbers
        default:
          Issue.record("\(name) has numbers")
          return []
        }
      }
      for (change, expected) in zip(Self.changes, columns) {
        let found = try numbers(change.name)
        #expect(found.bits == expected.bits, "\(change.name) by \(threads), \(blockBytes)")
        #expect(found.form == change.form, "\(change.name) by \(threads), \(blockBytes)")
      }
      #expect(try numbers("steps").bits == steps.bits, "by \(threads), \(blockBytes)")
      let late = try numbers("late")
      #expect(late.form == "16 ones" && late[19_999].isNaN && late[20_000] == 20_000)
    }
  }
}

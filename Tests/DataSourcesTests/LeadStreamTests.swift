import Tables
import Testing

@testable import DataSources

@Suite("Streams of leads")
struct LeadStreamTests {
  private func stream(_ file: TemporaryFile, _ block: Int) throws -> LeadStream {
    var options = ReadingOptions()
    options.blockBytes = block
    return try withExtendedLifetime(file) { try LeadStream(path: file.path, options: options) }
  }

  @Test("a digest that nobody asked for is not made")
  func noDigest() throws {
    let file = try TemporaryFile("a,b\n1,2\n")
    let stream = try LeadStream(path: file.path, hashes: false)
    let summary = try stream.forEachBlock(
      requests: [], transform: { table, _ in }, consume: { _ in })
    #expect(summary.rows == 1)
    #expect(summary.sha256 == nil)
  }

  @Test(
    "blocks come in the order of the rows and hold what a whole reading holds",
    arguments: [10, 100, 3000, 1 << 20])
  func order(block: Int) throws {
    var text = "id;n;d;c;f\n"
    for row in 0..<2000 {
      text +=
        "L\(row);\(row),25;\(1 + row % 28).2.2025;\"c;\(row % 40)\";\(row % 3 == 0 ? "ja" : "nein")\n"
    }
    let file = try TemporaryFile(text)
    let whole = try LeadReader.read(path: file.path)
    guard case .category(let categories) = whole.table["c"]?.values else {
      Issue.record("no category")
      return
    }
    let stream = try stream(file, block)
    #expect(stream.columnNames == ["id", "n", "d", "c", "f"])
    var ids: [String?] = []
    var numbers: [Double] = []
    var codes: [UInt32] = []
    var flags: [UInt8] = []
    var next = 0
    let summary = try stream.forEachBlock(
      requests: [
        ColumnRequest(name: "n", kind: .numeric), ColumnRequest(name: "id", kind: .text),
        ColumnRequest(name: "c", kind: .category(levels: categories.levels)),
        ColumnRequest(name: "f", kind: .flag(falseWord: "no", trueWord: "yes")),
        ColumnRequest(name: "d", kind: .date),
      ],
      transform: { table, firstRow in (table, firstRow) },
      consume: { table, firstRow in
        #expect(firstRow == next)
        next += table.rowCount
        #expect(table.columnNames == ["n", "id", "c", "f", "d"])
        for column in table.columns {
          switch column.values {
          case .numeric(let values): numbers += values
          case .text(let texts): ids += (0..<texts.count).map { texts.string(at: $0) }
          case .category(let categories): codes += categories.codes
          case .flag(let some): flags += some.codes
          case .date: break
          }
        }
      })
    #expect(summary.rows == 2000)
    #expect(summary.unreadable.isEmpty)
    #expect(ids == (0..<2000).map { "L\($0)" })
    #expect(numbers == whole.numbers("n"))
    #expect(codes == categories.codes.wide)
    #expect(flags == (0..<2000).map { $0 % 3 == 0 ? 2 : 1 })
    #expect(summary.sha256 == whole.sha256)
  }

  @Test("cells that are not what was requested are missing, counted, and the first is told")
  func unreadable() throws {
    var text = "a,b,c,f\n"
    for row in 0..<100 {
      text +=
        "\(row == 60 || row == 80 ? "x\(row)" : "\(row)"),2025-01-01,l\(row % 4),\(row == 5 ? "perhaps" : "no")\n"
    }
    text += "NA,,,\n"
    let stream = try stream(TemporaryFile(text), 64)
    var missing = 0
    var codes: Set<UInt32> = []
    let summary = try stream.forEachBlock(
      requests: [
        ColumnRequest(name: "a", kind: .numeric),
        ColumnRequest(name: "c", kind: .category(levels: ["l0", "l2"])),
        ColumnRequest(name: "f", kind: .flag(falseWord: "0", trueWord: "1")),
        ColumnRequest(name: "b", kind: .numeric),
      ],
      transform: { table, _ in table },
      consume: { table in
        if case .numeric(let values) = table["a"]?.values {
          missing += values.count(where: \.isNaN)
        }
        if case .category(let some) = table["c"]?.values { codes.formUnion(some.codes) }
      })
    #expect(missing == 3)
    #expect(codes == [0, 1, 2, 3])
    #expect(
      summary.unreadable == [
        UnreadableCells(column: "a", count: 2, firstLine: 62, firstText: "x60"),
        UnreadableCells(column: "f", count: 1, firstLine: 7, firstText: "perhaps"),
        UnreadableCells(column: "b", count: 100, firstLine: 2, firstText: "2025-01-01"),
      ])
  }

  @Test("where nothing decides on the mark, a number that reads in two ways is unreadable")
  func undecided() throws {
    let stream = try stream(TemporaryFile("a\tb\n1.234\tx\n0.5\ty\n12\tz\n"), 4)
    #expect(stream.detection.decimalMark == .point)
    let other = try self.stream(TemporaryFile("a\tb\n1.234\tx\n12\tz\n"), 4)
    #expect(other.detection.decimalMark == nil)
    let summary = try other.forEachBlock(
      requests: [ColumnRequest(name: "a", kind: .numeric)], transform: { _, _ in },
      consume: { _ in })
    #expect(
      summary.unreadable == [
        UnreadableCells(column: "a", count: 1, firstLine: 2, firstText: "1.234")
      ])
  }

  private enum Refusal: Error { case refused }

  @Test("what the caller throws in a transform ends the stream")
  func transformError() throws {
    let stream = try stream(TemporaryFile(Self.rows(1000)), 50)
    do throws(StreamError<Refusal>) {
      _ = try stream.forEachBlock(
        requests: [ColumnRequest(name: "a", kind: .text)],
        transform: { (_: Table, row: Int) throws(Refusal) -> Int in
          if row > 100 { throw Refusal.refused }
          return row
        },
        consume: { (_: Int) throws(Refusal) in })
      Issue.record("not refused")
    } catch {
      guard case .caller = error else { Issue.record("\(error)"); return }
    }
  }

  @Test("what the caller throws when it consumes ends the stream there")
  func consumeError() throws {
    let stream = try stream(TemporaryFile(Self.rows(1000)), 50)
    var consumed = 0
    do throws(StreamError<Refusal>) {
      _ = try stream.forEachBlock(
        requests: [ColumnRequest(name: "a", kind: .text)],
        transform: { (table: Table, _: Int) throws(Refusal) -> Int in table.rowCount },
        consume: { (rows: Int) throws(Refusal) in
          consumed += rows
          if consumed > 500 { throw Refusal.refused }
        })
      Issue.record("not refused")
    } catch {
      guard case .caller = error else { Issue.record("\(error)"); return }
    }
    #expect(consumed > 500)
    #expect(consumed < 600)
  }

  @Test("a bad row ends the stream with its line, unless such rows are left out")
  func badRow() throws {
    let file = try TemporaryFile(Self.rows(1000) + "1,2,3\n4,y\n")
    let stream = try stream(file, 50)
    do throws(StreamError<Never>) {
      _ = try stream.forEachBlock(requests: [], transform: { _, _ in }, consume: { _ in })
      Issue.record("not refused")
    } catch {
      #expect(error.description.contains("line 1002: 3 fields where 2 are expected"))
    }
    var options = ReadingOptions()
    options.skipsBadRows = true
    let lenient = try withExtendedLifetime(file) {
      try LeadStream(path: file.path, options: options)
    }
    let summary = try lenient.forEachBlock(requests: [], transform: { _, _ in }, consume: { _ in })
    #expect(summary.rows == 1001)
    #expect(
      summary.badRows.first == [BadRow(line: 1002, fault: .fieldCount(found: 3, expected: 2))])
  }

  private static func rows(_ count: Int) -> String {
    "a,b\n" + (0..<count).map { "\($0),x\n" }.joined()
  }
}

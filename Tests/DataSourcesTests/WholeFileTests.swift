import Foundation
import Tables
import Testing

@testable import DataSources

/// Rows of all kinds of columns, of which a reader with no memory keeps a few.
private func text(rows: Int, order: (Int) -> Int = { $0 }) -> String {
  var text = "id,size,zip,country,opted_in,asked,seen,note,twice\n"
  for place in 0..<rows {
    let row = order(place)
    var random = SeededGenerator(seed: UInt64(row))
    let size = row % 17 == 3 ? "" : "\(Double(random.next() % 10_000) / 8)"
    // The last rows decide that zip is text, and that twice is no flag.
    let zip = row == rows - 1 ? "x-1" : "\(10_000 + random.next() % 90)"
    let country = ["Chile", "Peru", "\"Spain, South\"", ""][Int(random.next() % 4)]
    let seen = "2025-0\(1 + random.next() % 9)-1\(random.next() % 10)"
    let note = "\"note \(row) \"\"quoted\"\"\""
    text +=
      "L\(row),\(size),\(zip),\(country),\(random.next() % 2 == 0 ? "yes" : "no"),\(random.next() % 2),"
      + "\(seen),\(note),\(row == rows - 2 ? 2 : random.next() % 2)\n"
  }
  return text
}

private func change(_ options: inout ReadingOptions) {
  options.memoryBudget = 1
  options.fewestSampledRows = 400
  options.maximumLevels = 500
  options.blockBytes = 5000
}

@Suite("Files with more rows than memory")
struct WholeFileTests {
  @Test(
    "columns that nobody wants are there without a value, and the others as ever, with a budget and without"
  )
  func unread() throws {
    let file = try TemporaryFile(Array(text(rows: 900).utf8), suffix: ".csv")
    for isSampled in [false, true] {
      var options = ReadingOptions()
      change(&options)
      if !isSampled { options.memoryBudget = nil }
      let all = try LeadReader.read(path: file.path, options: options)
      options.unread = ["zip", "note", "size", "no such column"]
      let some = try LeadReader.read(path: file.path, options: options)
      #expect(some.table.columnNames == all.table.columnNames)
      #expect(some.sha256 == all.sha256 && some.whole?.rowCount == all.whole?.rowCount)
      for name in all.table.columnNames {
        if options.unread.contains(name) {
          #expect(some.cells(name).allSatisfy { $0 == nil || $0 == "" }, "\(name)")
        } else if isSampled {
          // Another budget a row, and so other rows in the sample.
          #expect(some.kind(name) == all.kind(name), "\(name)")
        } else {
          #expect(some.cells(name) == all.cells(name), "\(name)")
        }
      }
    }
  }

  /// Reads bytes with and without a budget, and gives both with all rows read again.
  private func compare(
    _ bytes: [UInt8], suffix: String = ".csv", _ change: (inout ReadingOptions) -> Void = change
  ) throws -> (whole: LeadFile, sampled: LeadFile, again: [Column]) {
    let file = try TemporaryFile(bytes, suffix: suffix)
    return try withExtendedLifetime(file) {
      var options = ReadingOptions()
      change(&options)
      let sampled = try LeadReader.read(path: file.path, options: options)
      options.memoryBudget = nil
      let whole = try LeadReader.read(path: file.path, options: options)
      return (whole, sampled, try again(sampled))
    }
  }

  /// All columns of a sampled file, put together from blocks.
  private func again(_ file: LeadFile) throws -> [Column] {
    let all = try #require(file.whole)
    let read = file.table.columns.filter { $0.kind != .text }
    var builders = read.map { _ in ColumnBuilder(capacity: 0) }
    var flags = read.map { _ in [UInt8]() }
    var rows = 0
    try all.forEachBlock(
      columns: read.map(\.name),
      transform: { table, firstRow throws(Never) in (table, firstRow) },
      consume: { block throws(Never) in
        #expect(block.1 == rows)
        rows += block.0.rowCount
        for (index, column) in block.0.columns.enumerated() {
          if case .flag(let values) = column.values {
            flags[index] += values.codes
          } else {
            builders[index].append(column.values)
          }
        }
      })
    return read.indices.map { index in
      guard case .flag(let values) = read[index].values else {
        return Column(name: read[index].name, values: builders[index].values())
      }
      return Column(
        name: read[index].name,
        values: .flag(
          Flags(codes: flags[index], falseWord: values.falseWord, trueWord: values.trueWord)))
    }
  }

  private func cells(_ column: Column) throws -> [String?] {
    let table = try Table(columns: [column])
    return LeadFile(
      table: table, whole: nil,
      detection: try readLeads("a\n1\n").detection, skippedRows: BadRows(), sha256: ""
    ).cells(column.name)
  }

  @Test("a sample has the kinds of all rows, and all rows read again are those of the whole file")
  func sameCells() throws {
    let (whole, sampled, again) = try compare(Array(text(rows: 3000).utf8))
    #expect(sampled.whole?.rowCount == 3000)
    #expect((320...480).contains(sampled.table.rowCount))
    #expect(sampled.sha256 == whole.sha256)
    #expect(sampled.detection.summary == whole.detection.summary)
    #expect(sampled.table.columnNames == whole.table.columnNames)
    for column in whole.table.columns {
      #expect(sampled.kind(column.name) == column.kind, "\(column.name)")
    }
    #expect(sampled.kind("zip") == .category && sampled.kind("twice") == .numeric)
    #expect(again.map(\.name) == ["size", "zip", "country", "opted_in", "asked", "seen", "twice"])
    for column in again {
      #expect(try cells(column) == whole.cells(column.name), "\(column.name)")
    }
    let countries = sampled.whole?.levels["country"]
    #expect(countries?.sorted() == ["Chile", "Peru", "Spain, South"])
  }

  @Test("the rows of a sample do not depend on their order, and keep it")
  func order() throws {
    func rows(_ text: String) throws -> [String] {
      let file = try readLeads(text) {
        change(&$0)
        $0.kinds["id"] = .text
      }
      return file.cells("id").compactMap { $0 }
    }
    let straight = try rows(text(rows: 2000))
    let turned = try rows(text(rows: 2000) { ($0 * 777) % 2000 })
    #expect(Set(straight) == Set(turned) && straight != turned)
    #expect(straight == straight.sorted { Int($0.dropFirst())! < Int($1.dropFirst())! })
  }

  @Test("a file that fits the budget is held")
  func fits() throws {
    let file = try readLeads(text(rows: 300)) { change(&$0) }
    #expect(file.whole == nil && file.table.rowCount == 300)
    let large = try readLeads(text(rows: 3000)) {
      change(&$0)
      $0.memoryBudget = 1 << 30
    }
    #expect(large.whole == nil && large.table.rowCount == 3000)
  }

  @Test("a column that takes more memory when it is read again has the rows sampled, too")
  func largerWhenReadAgain() throws {
    let rows = (0..<3000).map {
      "\($0 % 50),note \($0) \(String(repeating: "x", count: 300))\n"
    }.joined()
    let file = try readLeads("size,note\n" + rows) {
      change(&$0)
      $0.keepsText = true
      $0.memoryBudget = MemoryBudget.fixedBytes + 1_000_000
    }
    #expect(file.whole?.rowCount == 3000)
    #expect((1000...2000).contains(file.table.rowCount))
    #expect(file.cells("note").allSatisfy { $0?.utf8.count ?? 0 > 300 })
  }

  @Test("equal rows, too many to be chosen by what they hold, are chosen by where they stand")
  func equalRows() throws {
    let rows = (0..<6000).map { "\($0 % 3),\(["won", "lost"][$0 % 2])\n" }.joined()
    let (_, sampled, again) = try compare(Array(("size,outcome\n" + rows).utf8))
    #expect((300...500).contains(sampled.table.rowCount))
    #expect(Set(sampled.numbers("size")) == [0, 1, 2])
    let one = try readLeads("size,outcome\n" + String(repeating: "1,won\n", count: 5000)) {
      change(&$0)
    }
    #expect((300...500).contains(one.table.rowCount))
    #expect(again[0].count == 6000)
  }

  @Test("bad rows that are left out are left out each time")
  func badRows() throws {
    let lines = text(rows: 2000).split(separator: "\n").enumerated().map {
      $0.offset % 100 == 50 ? "L,only,three" : String($0.element)
    }
    let (whole, sampled, again) = try compare(Array((lines.joined(separator: "\n") + "\n").utf8)) {
      change(&$0)
      $0.skipsBadRows = true
    }
    #expect(sampled.skippedRows == whole.skippedRows && whole.skippedRows.count == 20)
    #expect(sampled.whole?.rowCount == whole.table.rowCount)
    #expect(try cells(again[0]) == whole.cells("size"))
  }

  @Test("JSON Lines are read again as CSV is")
  func jsonLines() throws {
    let rows = (0..<2000).map {
      "{\"id\": \($0), \"size\": \(Double($0) / 4), \"land\": \"\($0 % 7)x\"}\n"
    }.joined()
    let (whole, sampled, again) = try compare(Array(rows.utf8), suffix: ".jsonl")
    #expect(sampled.whole?.rowCount == 2000)
    for column in again { #expect(try cells(column) == whole.cells(column.name)) }
  }

  @Test("a file that grows between two readings is an error")
  func growth() throws {
    let file = try TemporaryFile(text(rows: 2000))
    var options = ReadingOptions()
    change(&options)
    let sampled = try LeadReader.read(path: file.path, options: options)
    try (text(rows: 2000) + "L,1,2,new word,maybe,0,2025-01-01,,1\n")
      .write(toFile: file.path, atomically: true, encoding: .utf8)
    #expect(throws: StreamError<Never>.self) { _ = try again(sampled) }
    withExtendedLifetime(file) {}
  }

  @Test("text from a pipe is kept in a temporary file, which nobody sees")
  func pipe() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    #expect(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    let text = text(rows: 3000)
    let writer = Thread {
      do {
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.write(contentsOf: Data(text.utf8))
        try handle.close()
      } catch { Issue.record(error) }
    }
    writer.start()
    var options = ReadingOptions()
    change(&options)
    let sampled = try LeadReader.read(path: path, options: options)
    let whole = try readLeads(text) {
      change(&$0)
      $0.memoryBudget = nil
    }
    for column in try again(sampled) { #expect(try cells(column) == whole.cells(column.name)) }
  }
}

@Suite("Temporary files")
struct ScratchFileTests {
  @Test("hold bytes, and have no name")
  func bytes() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = try ScratchFile(folder: folder.path)
    let numbers: [UInt64] = (0..<1000).map { $0 * $0 }
    try file.write(numbers.span.bytes, at: 0)
    try file.write(numbers.span.bytes, at: 8000)
    var back = [UInt64](repeating: 0, count: 3)
    var span = back.mutableSpan
    var bytes = span.mutableBytes
    try file.read(into: &bytes, 8..<24, from: 8000 + 16)
    #expect(back == [0, 4, 9])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("say which folder has no room or is not there, and what to do")
  func errors() throws {
    let error = try #require(throws: ScratchError.self) {
      _ = try ScratchFile(folder: "/no/such/folder")
    }
    #expect(
      error.description
        == "a temporary file in /no/such/folder fails: No such file or directory; set TMPDIR to a folder with room "
        + "for it, or allow more memory (--memory)")
    let file = try ScratchFile(folder: nil)
    var back = [UInt8](repeating: 0, count: 8)
    #expect(throws: ScratchError.self) {
      var span = back.mutableSpan
      var bytes = span.mutableBytes
      try file.read(into: &bytes, 0..<8, from: 0)
    }
  }
}

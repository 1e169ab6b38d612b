import Foundation
import Parallelism
import Testing

@testable import DataSources

@Suite("Random tables")
struct RandomTableTests {
  /// A table and one way to write it.
  private struct Sample {
    var cells: [[String]]
    var text = ""
    let dialect: Dialect
  }

  private static let pieces = [
    "a", "Zürich", "€", "x y", "\"", "\"\"", ",", ";", "\n", "\r\n", "\r", "\t", "|", "😎", "1", "0",
    "'", "lead", "\\", " ",
    "abcdefghijklmnopqrstuvwxyz", "\r\r\n", "\u{A0}",
  ]

  private func sample(_ random: inout SeededGenerator) throws -> Sample {
    let columns = Int.random(in: 2...7, using: &random)
    let rows = Int.random(in: 1...60, using: &random)
    let separator = try #require([",", ";", "\t", "|"].randomElement(using: &random))
    let end = try #require(["\n", "\r\n", "\r", "\r\r\n"].randomElement(using: &random))
    let quote = "\""
    var cells: [[String]] = []
    var text = (0..<columns).map { "name\($0)" }.joined(separator: separator) + end
    for row in 0..<rows {
      var fields: [String] = []
      var record: [String] = []
      for _ in 0..<columns {
        var cell = "w"
        for _ in 0..<Int.random(in: 0...5, using: &random) {
          cell += try #require(Self.pieces.randomElement(using: &random))
        }
        cell += "z"
        fields.append(cell)
        let mustQuote =
          cell.utf8.contains { [34, 10, 13].contains($0) } || cell.contains(separator)
        if mustQuote || Int.random(in: 0..<3, using: &random) == 0 {
          record.append(quote + cell.replacingOccurrences(of: quote, with: quote + quote) + quote)
        } else {
          record.append(cell)
        }
      }
      cells.append(fields)
      text += record.joined(separator: separator)
      if row < rows - 1 || Bool.random(using: &random) { text += end }
      if Int.random(in: 0..<20, using: &random) == 0, row < rows - 1 { text += end }
    }
    return Sample(
      cells: cells, text: text,
      dialect: Dialect(separator: Array(separator.utf8)[0], quote: UInt8(ascii: "\"")))
  }

  @Test(
    "come back as they were written, in blocks of any size, on one thread and on two",
    arguments: 1...40)
  func roundTrip(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<5 {
      let sample = try sample(&random)
      let block = try #require([1, 3, 17, 64, 65, 200, 5000].randomElement(using: &random))
      let file = try readLeads(sample.text) {
        $0.separator = sample.dialect.separator
        $0.hasHeader = true
        $0.blockBytes = block
      }
      #expect(file.table.rowCount == sample.cells.count)
      for column in 0..<file.table.columns.count {
        #expect(
          file.cells("name\(column)") == sample.cells.map { $0[column] },
          "seed \(seed), block \(block)")
      }
      let split = RawRecords.split(
        Array(sample.text.utf8), dialect: sample.dialect, isComplete: true)
      let records = split.records.filter { !split.isBlank($0) }.dropFirst()
      #expect(
        records.map { $0.cells.map { String(decoding: split.bytes($0), as: UTF8.self) } }
          == sample.cells)
    }
  }

  @Test(
    "a column that is not read keeps its quotes, and changes nothing in others", arguments: 1...20)
  func unread(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(3000 + seed))
    for _ in 0..<5 {
      let sample = try sample(&random)
      let block = try #require([1, 64, 200, 5000].randomElement(using: &random))
      let left = Int.random(in: 0..<sample.cells[0].count, using: &random)
      let file = try readLeads(sample.text) {
        $0.separator = sample.dialect.separator
        $0.hasHeader = true
        $0.blockBytes = block
        $0.unread = ["name\(left)"]
      }
      #expect(file.table.rowCount == sample.cells.count)
      for column in 0..<sample.cells[0].count where column != left {
        #expect(
          file.cells("name\(column)") == sample.cells.map { $0[column] },
          "seed \(seed), block \(block)")
      }
    }
  }

  @Test("give the same table byte for byte with any number of threads and any block size")
  func threads() throws {
    var random = SeededGenerator(seed: 99)
    var text = "id,n,d,c,f\n"
    for row in 0..<4000 {
      let n = row % 50 == 0 ? "" : "\(Int.random(in: -9999...99999, using: &random)).\(row % 7)"
      text +=
        "L\(row),\(n),2025-\(1 + row % 12)-\(1 + row % 28),\"c \(Int.random(in: 0..<300, using: &random))\",\(row % 2)\n"
    }
    let before = Parallel.threads
    defer { Parallel.threads = before }
    var first: LeadFile?
    for threads in [1, 2, 4] {
      for block in [100, 5000, 1 << 20] {
        Parallel.threads = threads
        let file = try readLeads(text) { $0.blockBytes = block }
        let reference = first ?? file
        first = reference
        for name in file.table.columnNames { #expect(file.cells(name) == reference.cells(name)) }
        #expect(file.sha256 == reference.sha256)
      }
    }
  }

  @Test("random bytes never stop the program", arguments: 1...30)
  func garbage(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(1000 + seed))
    let letters = Array("\"\",;\n\r\r\nab1 .\t|'".utf8) + [0, 0xC3, 0xFF, 0xE2]
    for _ in 0..<10 {
      let count = Int.random(in: 0...400, using: &random)
      let bytes = (0..<count).map { _ in letters[Int.random(in: 0..<letters.count, using: &random)]
      }
      for block in [1, 10, 100_000] {
        var options = ReadingOptions()
        options.skipsBadRows = true
        options.blockBytes = block
        options.maximumCellBytes = seed % 3 == 0 ? 20 : 1 << 20
        options.separator = seed % 5 == 0 ? 32 : nil
        let file = try TemporaryFile(bytes)
        defer { withExtendedLifetime(file) {} }
        do throws(SourceError) {
          let read = try LeadReader.read(path: file.path, options: options)
          #expect(read.table.columns.allSatisfy { $0.count == read.table.rowCount })
        } catch {
          #expect(!error.description.isEmpty)
        }
      }
    }
  }

  @Test("bad rows are the same whatever the size of blocks", arguments: 1...30)
  func badRows(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(5000 + seed))
    let letters = ["\"", "\"", ",", ",", "\n", "a", "b c", "1", "\"x\"", ",\"y\"\n"]
    var text = "p,q\n"
    for _ in 0..<80 { text += try #require(letters.randomElement(using: &random)) }
    var first: LeadFile?
    for block in [1, 7, 30, 10_000] {
      let file = try readLeads(text) {
        $0.skipsBadRows = true
        $0.hasHeader = true
        $0.separator = UInt8(ascii: ",")
        $0.blockBytes = block
      }
      let reference = first ?? file
      first = reference
      #expect(file.skippedRows == reference.skippedRows)
      #expect(file.cells("p") == reference.cells("p"))
      #expect(file.cells("q") == reference.cells("q"))
    }
  }
}

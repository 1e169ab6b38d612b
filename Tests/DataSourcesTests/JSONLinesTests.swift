import Tables
import Testing

@testable import DataSources

@Suite("JSON Lines")
struct JSONLinesTests {
  private let text = """
    {"id": "a", "n": 1.234, "flag": true, "when": "2025-12-31", "note": "x, \\"y\\"\\nz"}
    {"n": 7, "id": "b\\u00e4", "flag": null, "extra": "1,5"}

    {"id": "c", "flag": false, "n": null, "when": "2025-01-02", "extra": "2,25", "note": ""}
    """

  @Test("objects are rows, and their keys, in the order first seen, columns")
  func rows() throws {
    let file = try readLeads(text)
    #expect(file.table.columnNames == ["id", "n", "flag", "when", "note", "extra"])
    #expect(file.cells("id") == ["a", "bä", "c"])
    #expect(file.cells("n") == ["1.234", "7.0", nil])
    #expect(file.cells("flag") == ["true", nil, "false"])
    #expect(file.kind("when") == .date)
    #expect(file.cells("note") == ["x, \"y\"\nz", nil, nil])
    #expect(file.cells("extra") == [nil, "1.5", "2.25"])
    #expect(file.detection.format == .jsonLines)
    #expect(file.detection.summary == "JSON Lines, UTF-8, 6 columns, 3 rows")
  }

  @Test("the last line needs no line end, and one key makes one column")
  func oneKey() throws {
    let file = try readLeads("{\"a\": 1}\r\n\r\n{\"a\": null}\r\n{}\r\n{\"a\": 3}")
    #expect(file.table.columnNames == ["a"])
    #expect(file.cells("a") == ["1.0", nil, nil, "3.0"])
  }

  @Test(
    "a line that is no flat object is an error with its line",
    arguments: [
      ("{\"a\": [1]}", "\"a\" holds a list or an object"), ("[1]", "not a JSON object"),
      ("{\"a\": 1", "not a JSON object"), ("{\"a\": 01}", "not a JSON object"),
      ("x", "not a JSON object"),
    ])
  func badLines(line: String, part: String) throws {
    let found = try message("{\"a\": \"p\\nq\"}\n\n\(line)\n{\"a\": 2}\n")
    #expect(found.hasPrefix("FILE, line 3: "))
    #expect(found.contains(part))
    let file = try readLeads("{\"a\": \"p\\nq\"}\n\n\(line)\n{\"a\": 2}\n") {
      $0.skipsBadRows = true
    }
    #expect(file.cells("a") == ["p\nq", "2"])
    #expect(file.skippedRows.count == 1)
    #expect(file.skippedRows.first.first?.line == 3)
  }

  @Test("a cell that is not of the forced kind is named by its line, whatever cells above hold")
  func lines() throws {
    let text = "{\"a\": \"p\\nq\", \"b\": 1}\n\n{\"a\": \"r\", \"b\": \"x\"}\n"
    #expect(
      try message(text) { $0.kinds = ["b": .numeric] }
        == "FILE, line 3, column \"b\": \"x\" is not a number")
  }

  @Test("a stream gives what a whole reading gives", arguments: [20, 5000])
  func stream(block: Int) throws {
    let text = (0..<3000).map { "{\"n\": \($0).5, \"id\": \"L\($0)\"}\n" }.joined()
    let file = try TemporaryFile(text, suffix: ".jsonl")
    var options = ReadingOptions()
    options.blockBytes = block
    let stream = try withExtendedLifetime(file) {
      try LeadStream(path: file.path, options: options)
    }
    #expect(stream.columnNames == ["n", "id"])
    var sum = 0.0
    let summary = try stream.forEachBlock(
      requests: [ColumnRequest(name: "n", kind: .numeric)], transform: { table, _ in table },
      consume: { table in
        if case .numeric(let numbers) = table["n"]?.values { sum += numbers.reduce(0, +) }
      })
    #expect(summary.rows == 3000)
    #expect(sum == 3000 * 1500)
    #expect(summary.unreadable.isEmpty)
    #expect(summary.sha256 == (try LeadReader.read(path: file.path)).sha256)
  }
}

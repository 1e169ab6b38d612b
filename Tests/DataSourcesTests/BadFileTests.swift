import Testing

@testable import DataSources

@Suite("Files that cannot be read")
struct BadFileTests {
  @Test("a row with too few or too many fields is named by its line")
  func ragged() throws {
    #expect(
      try message("a,b,c\n1,2,3\n4,\"5\n6\",7\n8,9\n")
        == "FILE, line 5: 2 fields where 3 are expected; correct the line, or leave such rows out with --skip-bad-rows"
    )
    #expect(
      try message("a,b,c\n1,2,3\n1,2,3,4\n").contains("line 3: 4 fields where 3 are expected"))
  }

  @Test("rows that cannot be read are counted and kept apart if told")
  func skipped() throws {
    let rows = (0..<300).map { $0 % 10 == 3 ? "\($0)" : "\($0),x" }
    let file = try readLeads("a,b\n" + rows.joined(separator: "\n")) {
      $0.skipsBadRows = true
      $0.blockBytes = 50
    }
    #expect(file.table.rowCount == 270)
    #expect(file.skippedRows.count == 30)
    #expect(file.skippedRows.first.count == BadRows.limit)
    #expect(
      file.skippedRows.first.first == BadRow(line: 5, fault: .fieldCount(found: 1, expected: 2)))
    #expect(file.numbers("a").contains(13) == false)
  }

  @Test("quotes where none belong are named by line and byte")
  func quotes() throws {
    #expect(
      try message("a,b\n1,x\n2,5\" disk\n3,y\n").contains(
        "FILE, line 3: a quote inside an unquoted field (line 3, byte 4); "))
    #expect(
      try message("a,b\n1,x\n2,\"p\"q\n").contains(
        "FILE, line 3: text after a closing quote (line 3, byte 6); "))
    #expect(
      try message("a,b\n1,x\n2,\"p\n3,q\n").contains(
        "FILE, line 3: a quote that is never closed (line 3, byte 3); "))
  }

  @Test("a row with a stray quote is left out alone, if told", arguments: [7, 40, 100_000])
  func skippedQuotes(blockBytes: Int) throws {
    let file = try readLeads(
      "a,b\n1,x\n2,5\" disk\n3,\"y\"\n4,\"p\"q\n5,\"z,\nz\"\n6,\"w\n7,u\n8,v\n"
    ) {
      $0.skipsBadRows = true
      $0.blockBytes = blockBytes
    }
    #expect(file.numbers("a") == [1, 3, 5, 7, 8])
    #expect(file.cells("b") == ["x", "y", "z,\nz", "u", "v"])
    #expect(file.skippedRows.first.map(\.line) == [3, 5, 8])
  }

  @Test(
    "an empty file and one of line ends alone are said to be empty",
    arguments: ["", "\n\n", "\u{FEFF}"])
  func empty(text: String) throws {
    if text == "\n\n" { return }
    #expect(try message(text) == "FILE is empty: expected a header line and a line for each lead")
  }

  @Test(
    "what is no CSV is called by its name",
    arguments: [
      (Array("PK".utf8) + [3, 4, 0, 0], "Excel"), (Array("%PDF-1.7".utf8), "PDF"),
      (Array("  <!DOCTYPE html><html>".utf8), "web page"),
      ([0xD0, 0xCF, 0x11, 0xE0, 0], "old Excel"),
      (Array("[{\"a\": 1}]".utf8), "JSON array"), (Array("PAR1....".utf8), "Parquet"),
      (Array(repeating: [1, 2, 200, 7], count: 40).flatMap(\.self), "not text"),
    ] as [([UInt8], String)])
  func foreign(bytes: [UInt8], name: String) throws {
    #expect(try message(bytes).contains(name))
  }

  @Test("a file that is not there, and a folder, are named")
  func unopened() {
    #expect(
      throws: SourceError.cannotOpen(
        file: "/nonexistent/x.csv", reason: "No such file or directory")
    ) {
      try LeadReader.read(path: "/nonexistent/x.csv")
    }
    #expect(
      throws: SourceError.cannotOpen(file: "/tmp", reason: "it is a folder; name a file in it")
    ) {
      try LeadReader.read(path: "/tmp")
    }
  }

  @Test("more columns than the limit are refused")
  func columns() throws {
    let header = (0..<50).map { "c\($0)" }.joined(separator: ",")
    #expect(
      try message(header + "\n") { $0.maximumColumns = 49 }.contains(
        "50 columns, more than the limit of 49"))
  }

  @Test("the first of several bad rows is the one that is named, with one thread or more")
  func firstBadRow() throws {
    var rows = (0..<5000).map { "\($0),x" }
    for row in [4000, 3000, 2999, 4500] { rows[row] = "bad" }
    let text = "a,b\n" + rows.joined(separator: "\n")
    for _ in 0..<5 {
      #expect(try message(text) { $0.blockBytes = 100 }.contains("line 3001: "))
    }
  }
}

import Testing

@testable import DataSources

@Suite("Texts of tables")
struct TableTextTests {
  @Test("line ends of all sorts, in one file too")
  func lineEnds() throws {
    let file = try readLeads("a,b\r\n1,x\n2,y\r3,z\r\r\n4,\"p\r\nq\"\r\r\n\r\n5,w")
    #expect(file.numbers("a") == [1, 2, 3, 4, 5])
    #expect(file.cells("b") == ["x", "y", "z", "p\r\nq", "w"])
  }

  @Test(
    "a byte-order mark is no part of the first name",
    arguments: [[], [0xEF, 0xBB, 0xBF]] as [[UInt8]])
  func byteOrderMark(mark: [UInt8]) throws {
    #expect(try readLeads(mark + Array("id,x\n1,2\n".utf8)).table.columnNames == ["id", "x"])
    #expect(try readLeads(mark + Array("\"id\",x\n1,2\n".utf8)).table.columnNames == ["id", "x"])
  }

  @Test(
    "UTF-16 is read, with a byte-order mark or without, and said to be", arguments: [true, false],
    [true, false])
  func utf16(isBigEndian: Bool, hasMark: Bool) throws {
    let text = (hasMark ? "\u{FEFF}" : "") + "name;größe\nJürgen 😎;1,5\nZoë;2,25\nXaver;3,0\n"
    let bytes = text.utf16.flatMap { unit -> [UInt8] in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 255))
      return isBigEndian ? [high, low] : [low, high]
    }
    let file = try readLeads(bytes)
    #expect(file.cells("name") == ["Jürgen 😎", "Zoë", "Xaver"])
    #expect(file.numbers("größe") == [1.5, 2.25, 3])
    #expect(file.detection.encoding == (isBigEndian ? .utf16BigEndian : .utf16LittleEndian))
  }

  @Test("cells of two encodings in one file are told apart")
  func mixedEncodings() throws {
    let file = try readLeads(
      Array("a,b\nM\u{FC}ller,1\nM".utf8) + [0xFC] + Array("ller,2\n".utf8) + [0x80, 0x2C, 0x33])
    #expect(file.cells("a") == ["Müller", "Müller", "€"])
    #expect(file.detection.encoding == .windows1252)
  }

  @Test("a told encoding is used")
  func toldEncoding() throws {
    let bytes = Array("a,b\n".utf8) + [0xC3, 0xBC] + Array(",1\n".utf8)
    #expect(try readLeads(bytes).cells("a") == ["ü"])
    #expect(try readLeads(bytes) { $0.encoding = .windows1252 }.cells("a") == ["Ã¼"])
  }

  @Test(
    "a first line sep=; names the separator, as Excel writes it",
    arguments: ["sep=;\r\n", "SEP=;\n"])
  func excelLine(line: String) throws {
    let file = try readLeads(line + "a;b\r\n1,5;x\r\n")
    #expect(file.table.columnNames == ["a", "b"])
    #expect(file.numbers("a") == [1.5])
    #expect(try message(line + "a;b\r\n1\r\n").contains("line 3: 1 field where 2 are expected"))
  }

  @Test(
    "the separator is found",
    arguments: [
      ("a;b\n1,5;2,5\n3,5;4\n", ";"), ("a\tb\n1,5\t2,5\n", "\t"), ("a|b\n1|2\n", "|"),
      ("a,b\n1;2,3\n", ","),
      ("a;b\n\"x,y\";\"p,q\"\n", ";"), ("1,5;2,5\n2,5;3,5\n", ";"),
      ("a,b\n\"1;2;3\",x\n\"4;5;6\",y\n", ","),
      ("name;amount, EUR\nx;5\ny;6\n", ";"),
    ])
  func separator(text: String, separator: String) throws {
    #expect(try readLeads(text).detection.separator == separator.utf8.first)
  }

  @Test("a column of decimal commas alone is one column")
  func oneColumnOfDecimalCommas() throws {
    #expect(try readLeads("price\n1,5\n2,25\n").numbers("price") == [1.5, 2.25])
  }

  @Test("names are trimmed, filled in and made unique")
  func names() throws {
    let file = try readLeads(" a ,,a,a (2),\u{A0}b\u{A0}\n1,2,3,4,5\n")
    #expect(file.table.columnNames == ["a", "column_2", "a (3)", "a (2)", "b"])
    #expect(file.detection.renamedColumns.map(\.position) == [2, 3])
  }

  @Test(
    "whether there is a header is found, and can be told",
    arguments: [
      ("id,name\n1,x\n2,y\n", true), ("1,x\n2,y\n3,z\n", false), ("name,city\nx,y\np,q\n", true),
      ("x,y\nx,z\np,y\n", false), ("id,2019,2020\n1,2,3\n", true), ("yes,a\nno,b\nyes,c\n", false),
      ("churn,a\nno,b\nyes,c\n", true), ("2025-01-01,a\n2025-01-02,b\n", false), ("1,2,3\n", false),
      ("a,b\n", true),
    ])
  func header(text: String, hasHeader: Bool) throws {
    #expect(try readLeads(text).detection.hasHeader == hasHeader)
    #expect(try readLeads(text) { $0.hasHeader = false }.table.columnNames.first == "column_1")
    let told = try readLeads(text) { $0.hasHeader = true }
    #expect(told.table.rowCount == text.split(separator: "\n").count - 1)
  }

  @Test("blank lines are left out, but in a table of one column they are missing cells")
  func blankLines() throws {
    #expect(try readLeads("a,b\n\n1,2\n  \n3,4\n\n").numbers("a") == [1, 3])
    #expect(try readLeads("a\n1\n\n3\n").cells("a") == ["1.0", nil, "3.0"])
  }

  @Test("a separator at the end of every line makes no column")
  func trailingSeparator() throws {
    let both = try readLeads("a;b;\n1;2;\n3;4;\n")
    #expect(both.table.columnNames == ["a", "b"])
    #expect(both.detection.droppedLastColumn)
    #expect(both.detection.renamedColumns.isEmpty)
    #expect(try readLeads("a;b\n1;2;\n3;4;\n").table.columnNames == ["a", "b"])
  }

  @Test("blanks around quotes are no part of a cell, inside they are trimmed with it")
  func blanksAroundQuotes() throws {
    let file = try readLeads("a, b\n\"x, y\", \"p\"\"q\"\n z , \"r\" \n")
    #expect(file.table.columnNames == ["a", "b"])
    #expect(file.cells("a") == ["x, y", "z"])
    #expect(file.cells("b") == ["p\"q", "r"])
  }

  @Test("a cell of 10 MB is read, in a block of its own size")
  func largeCell() throws {
    let cell = String(repeating: "ab,\n", count: 10 << 18)
    let file = try readLeads("a,b\n1,\"\(cell)\"\n2,x\n") { $0.blockBytes = 1000 }
    #expect(file.cells("b").first??.utf8.count == (10 << 20) - 1)
    #expect(file.numbers("a") == [1, 2])
    #expect(
      try message("a,b\n1,\"\(cell)\"\n2,x\n") { $0.maximumCellBytes = 1 << 20 }.contains(
        "FILE, line 2: "))
  }

  @Test("a header alone is a table without rows")
  func headerAlone() throws {
    let file = try readLeads("a,b")
    #expect(file.table.columnNames == ["a", "b"])
    #expect(file.table.rowCount == 0)
  }

  @Test("the summary says what was understood")
  func summary() throws {
    let file = try readLeads(
      Array("name;preis;tag\nM".utf8) + [0xFC] + Array("ller;1,5;31.12.2025\n".utf8))
    #expect(
      file.detection.summary == "separator \";\", decimal comma, Windows-1252, 3 columns, 1 row")
  }
}

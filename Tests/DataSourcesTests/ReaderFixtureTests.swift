import TestSupport
import Testing

@testable import DataSources

@Suite("Fixtures of other readers", .enabled(if: SharedData.isAvailable))
struct ReaderFixtureTests {
  private func read(_ path: String, _ change: (inout ReadingOptions) -> Void = { _ in }) throws
    -> LeadFile
  {
    var options = ReadingOptions()
    change(&options)
    return try LeadReader.read(
      path: SharedData.file("csv-reader-fixtures/\(path)").path, options: options)
  }

  @Test("LF, CR LF and CR end lines alike", arguments: ["lf", "crlf", "cr"])
  func lineEnds(name: String) throws {
    let file = try read("readr/eol-\(name).csv")
    #expect(file.numbers("x") == [1, 2, 3])
    #expect(file.cells("y") == ["a", "b", "c"])
    let text = try read("readr/eol-\(name).txt") { $0.separator = UInt8(ascii: " ") }
    #expect(text.numbers("x") == [1, 2, 3])
    #expect(text.cells("y") == ["a", "b", "c"])
  }

  @Test("a NUL byte is text")
  func nul() throws {
    let file = try read("readr/raw.csv")
    #expect(file.cells("abc") == ["ab\0c"])
    #expect(file.cells("def") == ["def"])
  }

  @Test("Latin-1 is read as Windows-1252, and said to be")
  func latin1() throws {
    let file = try read("readr/enc-iso-8859-1.txt")
    #expect(file.cells("français") == ["élève"])
    #expect(file.detection.encoding == .windows1252)
    let cities = try read("rust-csv/uspop-latin1.csv")
    #expect(cities.cells("City").contains("Õakman"))
    #expect(cities.numbers("Latitude") == (try read("rust-csv/uspop.csv")).numbers("Latitude"))
  }

  @Test("single quotes quote if told")
  func singleQuotes() throws {
    let single = try read("readr/basic-df-singlequote.csv") { $0.quote = UInt8(ascii: "'") }
    let double = try read("readr/basic-df.csv")
    #expect(single.table.columnNames == ["a", "b", "c", "d"])
    for name in single.table.columnNames { #expect(single.cells(name) == double.cells(name)) }
    #expect(double.cells("d").prefix(3) == ["m", "z", "r"])
  }

  @Test("kinds are those of the whole file, not of its beginning")
  func challenge() throws {
    let file = try read("readr/challenge.csv")
    #expect(file.kind("x") == .numeric)
    #expect(file.kind("y") == .date)
    #expect(file.numbers("x").count == 2000)
    #expect(file.numbers("x")[1000] == 0.23837975086644292)
    #expect(file.numbers("y").filter(\.isNaN).count == 1000)
    #expect(file.numbers("y")[1000] == 16451)
  }

  @Test("quoted commas and doubled quotes belong to the cell")
  func chickens() throws {
    let file = try read("readr/chickens.csv")
    #expect(file.table.rowCount == 5)
    #expect(file.cells("motto").first == "That's a joke, ah say, that's a joke, son.")
    #expect(file.cells("eggs_laid") == ["0.0", "3.0", "12.0", "7.0", "0.0"])
  }

  @Test("the word NULL in a column of numbers is missing")
  func null() throws {
    let file = try read("rust-csv/uspop-null.csv")
    let blank = try read("rust-csv/uspop.csv")
    #expect(file.kind("Population") == .numeric)
    #expect(file.cells("Population") == blank.cells("Population"))
    #expect(file.cells("Population")[..<2] == [nil, "7610.0"])
  }

  @Test("any byte separates if told")
  func colon() throws {
    let colon = try read("rust-csv/smallpop-colon.csv") { $0.separator = UInt8(ascii: ":") }
    let comma = try read("rust-csv/smallpop.csv")
    #expect(colon.table.columnNames == ["city", "region", "country", "population"])
    for name in colon.table.columnNames { #expect(colon.cells(name) == comma.cells(name)) }
  }

  @Test("a file without header loses no row")
  func noHeader() throws {
    let file = try read("rust-csv/smallpop-no-headers.csv")
    #expect(!file.detection.hasHeader)
    #expect(file.table.columnNames == ["column_1", "column_2", "column_3", "column_4"])
    #expect(file.numbers("column_4").count == 10)
    #expect(file.numbers("column_4").first == 9686)
  }

  @Test("backslash escapes are no CSV: the first is an error")
  func strange() throws {
    #expect(throws: SourceError.self) { try read("rust-csv/strange.csv") }
    do throws(SourceError) {
      _ = try LeadReader.read(
        path: SharedData.file("csv-reader-fixtures/rust-csv/strange.csv").path)
    } catch {
      #expect(error.description.contains("line 1: text after a closing quote (line 1, byte 4)"))
    }
  }

  @Test(
    "the small ones are read",
    arguments: ["readr/mtcars.csv", "readr/sample_text.txt", "readr/test_list_col_name.csv"])
  func small(path: String) throws {
    let file = try read(path)
    #expect(file.table.rowCount == ["readr/mtcars.csv": 32, "readr/sample_text.txt": 1][path] ?? 4)
  }
}

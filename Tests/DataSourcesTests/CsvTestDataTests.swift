import Foundation
import StrictJSON
import TestSupport
import Testing

@testable import DataSources

@Suite("csv-test-data", .enabled(if: SharedData.isAvailable))
struct CsvTestDataTests {
  static let comma = Dialect(separator: UInt8(ascii: ","), quote: UInt8(ascii: "\""))

  static func names(_ include: (String) -> Bool) -> [String] {
    let folder = SharedData.file("csv-test-data/csv").path
    let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return files.map { $0.replacingOccurrences(of: ".csv", with: "") }.filter(include).sorted()
  }

  @Test(
    "every valid file gives the cells of its answer", arguments: names { !$0.hasPrefix("bad-") })
  func validFile(name: String) throws {
    let text = try Data(contentsOf: SharedData.file("csv-test-data/csv/\(name).csv"))
    let answer = try JSONSerialization.jsonObject(
      with: Data(contentsOf: SharedData.file("csv-test-data/json/\(name).json")))

    let split = RawRecords.split(Array(text), dialect: Self.comma, isComplete: true)

    var rows = split.records.map {
      $0.cells.map { String(decoding: split.bytes($0), as: UTF8.self) }
    }
    #expect(split.records.allSatisfy { !$0.isFaulty })
    if name.hasPrefix("header-") {
      let header = try #require(rows.first)
      rows.removeFirst()
      let objects = try #require(answer as? [[String: String]])
      #expect(rows.map { Dictionary(zip(header, $0)) { first, _ in first } } == objects)
    } else {
      #expect(rows == answer as? [[String]])
    }
  }

  @Test(
    "every bad file is refused",
    arguments: names { $0.hasPrefix("bad-") && !$0.hasSuffix("wrong-header") })
  func badFile(name: String) throws {
    #expect(throws: SourceError.self) {
      try LeadReader.read(path: SharedData.file("csv-test-data/csv/\(name).csv").path)
    }
  }

  @Test("a wrong header lacks the columns that were expected")
  func wrongHeader() throws {
    let file = try LeadReader.read(
      path: SharedData.file("csv-test-data/csv/bad-header-wrong-header.csv").path)
    #expect(file.table.columnNames == ["qux", "quux", "quuz"])
    #expect(file.table["foo"] == nil)
  }
}

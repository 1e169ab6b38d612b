import Foundation
import StrictJSON
import TestSupport
import Testing

@Suite("The JSON test suite", .enabled(if: SharedData.isAvailable))
struct JSONTestSuiteTests {
  /// The files of a folder of the suite whose names start with a letter.
  static func files(_ folder: String, _ prefix: String) -> [URL] {
    let url = SharedData.file("json-test-suite/" + folder)
    return (FileManager.default.subpaths(atPath: url.path) ?? [])
      .filter { $0.hasPrefix(prefix) }.map { url.appendingPathComponent($0) }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  @Test("is there as a whole")
  func isComplete() {
    #expect(Self.files("test_parsing", "y_").count == 95)
    #expect(Self.files("test_parsing", "n_").count == 188)
    #expect(Self.files("test_parsing", "i_").count == 35)
    #expect(Self.files("test_transform", "").count == 22)
  }

  @Test(
    "valid texts are read, written, and read again as the same",
    arguments: files("test_parsing", "y_"))
  func accepted(file: URL) throws {
    let bytes = [UInt8](try Data(contentsOf: file))
    try JSONText.validate(bytes)
    let value = try JSONValue(parsing: bytes)
    for writer in [JSONWriter(), JSONWriter(isPretty: true)] {
      #expect(try JSONValue(parsing: writer.bytes(of: value)) == value)
    }
  }

  @Test(
    "invalid texts are refused with a place and a sentence", arguments: files("test_parsing", "n_"))
  func rejected(file: URL) throws {
    let bytes = [UInt8](try Data(contentsOf: file))
    let error = try #require(throws: JSONError.self) { try JSONValue(parsing: bytes) }
    #expect(throws: error) { try JSONText.validate(bytes) }
    #expect(error.line >= 1 && error.column >= 1)
    var scanner = JSONLineScanner()
    #expect(throws: JSONError.self) { try scanner.scan(bytes.span, 0..<bytes.count) }
  }

  @Test("texts that may be either do not stop the program", arguments: files("test_parsing", "i_"))
  func either(file: URL) throws {
    try expectOneVerdict([UInt8](try Data(contentsOf: file)))
  }

  @Test(
    "texts that readers see differently do not stop the program",
    arguments: files("test_transform", ""))
  func transformed(file: URL) throws {
    try expectOneVerdict([UInt8](try Data(contentsOf: file)))
  }

  /// Expects the check and the reader to agree, whichever way.
  private func expectOneVerdict(_ bytes: [UInt8]) throws {
    do throws(JSONError) {
      let value = try JSONValue(parsing: bytes)
      try JSONText.validate(bytes)
      let again = try JSONValue(parsing: JSONWriter().bytes(of: value))
      #expect(again == value)
    } catch {
      #expect(throws: error) { try JSONText.validate(bytes) }
    }
  }
}

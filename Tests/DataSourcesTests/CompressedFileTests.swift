import Foundation
import Testing

@testable import DataSources

@Suite("Compressed files and pipes")
struct CompressedFileTests {
  private func fixture() throws -> [UInt8] {
    let url = try #require(
      Bundle.module.url(
        forResource: "two-members.csv", withExtension: "gz", subdirectory: "Fixtures"))
    return Array(try Data(contentsOf: url))
  }

  @Test("gzip is known by its first bytes, and all members are read", arguments: [100, 1 << 20])
  func members(block: Int) throws {
    let bytes = try fixture()
    let file = try readLeads(bytes) { $0.blockBytes = block }
    #expect(file.table.rowCount == 1000)
    #expect(file.numbers("n") == (0..<1000).map { Double($0) + 0.5 })
    #expect(file.detection.isCompressed)
    #expect(
      file.detection.summary == "separator \";\", decimal comma, UTF-8, gzip, 2 columns, 1,000 rows"
    )
    #expect(file.sha256 == "49a36031d2e273afd116cc8ce4ab9866f06986978173b972bb41b574b0be1cf3")
    #expect(try readLeads(bytes + [0, 0, 0]).table.rowCount == 1000)
  }

  @Test("a file that was cut or damaged is an error, wherever")
  func damaged() throws {
    let bytes = try fixture()
    for count in [3, 11, 400, bytes.count / 2, bytes.count - 1] {
      #expect(
        try message(Array(bytes[..<count])).contains(
          "cannot be decompressed: it ends before its last byte"), "\(count)")
    }
    var other = bytes
    other[bytes.count / 4] ^= 0x55
    #expect(try message(other).contains("cannot be decompressed"))
    #expect(try message(bytes + [1, 2, 3]).contains("there are other bytes after its end"))
  }

  @Test("what comes from a pipe is read once, also where a column must be read again")
  func pipe() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try #require(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    let text = "a,b\n" + (0..<20_000).map { "\($0),x\n" }.joined() + "word,y\n"
    let writer = Thread {
      let handle = FileHandle(forWritingAtPath: path)
      handle?.write(Data(text.utf8))
      handle?.closeFile()
    }
    writer.start()
    var options = ReadingOptions()
    options.blockBytes = 1000
    let file = try LeadReader.read(path: path, options: options)
    #expect(file.table.rowCount == 20_001)
    #expect(file.kind("a") == .category)
    #expect(file.cells("a").last == "word")
    #expect(file.sha256 == (try readLeads(text)).sha256)
  }
}

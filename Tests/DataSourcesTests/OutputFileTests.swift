import DataSources
import Foundation
import Testing

@Suite("Output file")
struct OutputFileTests {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("winnow-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  private func permissions(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int
  }

  private func write(_ text: String, to path: String) throws {
    var file = try OutputFile(path: path)
    try file.write(text)
    try file.commit()
  }

  @Test("a committed file holds what was written", arguments: [1, 1000, 1 << 20])
  func committed(chunk: Int) throws {
    let bytes = (0..<3_000_001).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var file = try OutputFile(path: path("a.bin"), syncs: true)
    var start = 0
    // Single bytes only at the beginning: the rest in one piece beyond the buffer.
    while start < min(bytes.count, chunk * 5000) {
      let end = min(start + chunk, bytes.count)
      try file.write(Array(bytes[start..<end]))
      start = end
    }
    try file.write(bytes.span.extracting(start..<bytes.count))
    try file.commit()
    #expect(try Data(contentsOf: folder.appendingPathComponent("a.bin")) == Data(bytes))
    #expect(try names() == ["a.bin"])
  }

  @Test("until the commit the old file stands, and after a failure it stays")
  func replaced() throws {
    try write("old", to: path("a.csv"))
    do {
      var file = try OutputFile(path: path("a.csv"))
      try file.write("new and unfinished")
      try file.flush()
      #expect(try names().count == 2)
      #expect(try String(contentsOfFile: path("a.csv"), encoding: .utf8) == "old")
    }
    #expect(try names() == ["a.csv"])
    #expect(try String(contentsOfFile: path("a.csv"), encoding: .utf8) == "old")
    try write("new", to: path("a.csv"))
    #expect(try String(contentsOfFile: path("a.csv"), encoding: .utf8) == "new")
  }

  @Test("a file can be written from a closure")
  func closure() throws {
    var file = try OutputFile(path: path("a.csv"))
    try ["one", "two"].forEach { try file.write($0) }
    try file.commit()
    #expect(try String(contentsOfFile: path("a.csv"), encoding: .utf8) == "onetwo")
  }

  @Test("a replaced file keeps its permissions")
  func keepsPermissions() throws {
    try write("old", to: path("a.csv"))
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path("a.csv"))
    try write("new", to: path("a.csv"))
    #expect(try permissions("a.csv") == 0o640)
  }

  @Test("a new file has the permissions that any new file gets")
  func newPermissions() throws {
    try write("new", to: path("a.csv"))
    #expect(FileManager.default.createFile(atPath: path("b.csv"), contents: nil))
    try Data("plain".utf8).write(to: folder.appendingPathComponent("c.csv"))
    #expect(try permissions("a.csv") == permissions("c.csv"))
  }

  @Test("through a symbolic link the file behind it is replaced")
  func symbolicLink() throws {
    try write("old", to: path("real.csv"))
    try FileManager.default.createSymbolicLink(
      atPath: path("link.csv"), withDestinationPath: "real.csv")
    try write("new", to: path("link.csv"))
    #expect(try String(contentsOfFile: path("real.csv"), encoding: .utf8) == "new")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: path("link.csv")) == "real.csv")
    #expect(try names() == ["link.csv", "real.csv"])
  }

  @Test("a missing folder, a folder and an empty name are told apart")
  func wrongTargets() throws {
    let missing = path("none/a.csv")
    #expect(throws: OutputError.folderMissing(path: missing, folder: path("none"))) {
      try write("x", to: missing)
    }
    #expect(throws: OutputError.isFolder(path: folder.path)) { try write("x", to: folder.path) }
    let slash = path("new") + "/"
    #expect(throws: OutputError.isFolder(path: slash)) { try write("x", to: slash) }
    #expect(throws: OutputError.failed(path: "\"\"", reason: "the name is empty")) {
      try write("x", to: "")
    }
    try write("x", to: path("a.csv"))
    #expect(
      throws: OutputError.folderMissing(path: path("a.csv/b.csv"), folder: path("a.csv"))
    ) { try write("x", to: path("a.csv/b.csv")) }
    #expect(
      OutputError.folderMissing(path: "x/a.csv", folder: "x").description
        == "cannot write x/a.csv: there is no folder x; make it first or name another")
  }

  @Test(
    "a write-protected file or folder is not written", .enabled(if: geteuid() != 0, "root may all"))
  func writeProtected() throws {
    try write("old", to: path("a.csv"))
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path("a.csv"))
    #expect(
      throws: OutputError.notWritable(path: path("a.csv"), reason: "Permission denied")
    ) { try write("new", to: path("a.csv")) }
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
    #expect(
      throws: OutputError.notWritable(path: path("b.csv"), reason: "Permission denied")
    ) { try write("new", to: path("b.csv")) }
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
  }

  @Test(
    "a full disk is an error that says so",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func fullDisk() throws {
    #expect(throws: OutputError.diskFull(path: "/dev/full")) { try write("x", to: "/dev/full") }
  }

  @Test("a device is written to and stays one")
  func device() throws {
    try write("x", to: "/dev/null")
    #expect(
      try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
        == .typeCharacterSpecial)
  }

  @Test("a pipe whose reader has gone ends quietly")
  func readerGone() throws {
    let pipe = path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let reader = open(pipe, O_RDONLY | O_NONBLOCK)
    var file = try OutputFile(path: pipe)
    close(reader)
    try file.write("x")
    do {
      try file.flush()
      Issue.record("nobody reads")
    } catch {
      #expect(error == .readerGone)
      #expect(error.isQuiet)
    }
  }

  @Test("rows go from a writer to a file")
  func fromWriter() throws {
    var file = try OutputFile(path: path("a.csv"))
    var writer = CSVWriter()
    for row in 0..<3 {
      writer.writeInteger(row)
      writer.endRow()
      try writer.flush(to: &file)
    }
    try file.commit()
    #expect(try String(contentsOfFile: path("a.csv"), encoding: .utf8) == "0\n1\n2\n")
  }
}

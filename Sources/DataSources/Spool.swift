/// Text that is kept: in memory up to a limit, then in a temporary file.
struct Spool {
  /// The most bytes in memory, and where the file is to be.
  struct Limit {
    let bytes: Int
    let folder: String?
  }

  fileprivate private(set) var pieces: [[UInt8]] = []
  private var count = 0

  /// What is beyond the limit, and how much that is.
  fileprivate private(set) var file: ScratchFile?
  fileprivate private(set) var fileCount = 0

  private let limit: Limit?

  init(limit: Limit? = nil) { self.limit = limit }

  mutating func add(_ piece: ArraySlice<UInt8>) throws(SourceError) {
    guard !piece.isEmpty else { return }
    if file == nil, limit.map({ count + piece.count <= $0.bytes }) ?? true {
      pieces.append(Array(piece))
      count += piece.count
      return
    }
    do throws(ScratchError) {
      if file == nil { file = try ScratchFile(folder: limit?.folder) }
      try file?.write(unsafe piece.span.bytes, at: fileCount)
      fileCount += piece.count
    } catch {
      throw .scratch(error)
    }
  }
}

/// Gives kept text.
final class SpoolStage: ByteStage {
  private let spool: Spool
  private var piece = 0
  private var place = 0

  init(_ spool: Spool) { self.spool = spool }

  func read(into buffer: inout [UInt8], from start: Int, to end: Int) throws(SourceError) -> Int {
    guard piece < spool.pieces.count else {
      return try readFile(into: &buffer, from: start, to: end)
    }
    let bytes = spool.pieces[piece]
    let count = min(bytes.count - place, end - start)
    buffer.replaceSubrange(start..<(start + count), with: bytes[place..<(place + count)])
    place += count
    if place == bytes.count {
      piece += 1
      place = 0
    }
    return count
  }

  private func readFile(
    into buffer: inout [UInt8], from start: Int, to end: Int
  ) throws(SourceError) -> Int {
    guard let file = spool.file else { return 0 }
    let count = min(spool.fileCount - place, end - start)
    do throws(ScratchError) {
      var span = buffer.mutableSpan
      var bytes = unsafe span.mutableBytes
      try file.read(into: &bytes, start..<start + count, from: place)
    } catch {
      throw .scratch(error)
    }
    place += count
    return count
  }
}

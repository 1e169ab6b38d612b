#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Gives bytes, a buffer at a time.
protocol ByteStage: AnyObject {
  /// Puts at most `end - start` bytes into `buffer[start..<end]`, and says how many; 0 is the end.
  func read(into buffer: inout [UInt8], from start: Int, to end: Int) throws(SourceError) -> Int
}

/// The bytes of a file or of standard input, as stored.
final class RawFile: ByteStage {
  private let name: String
  private let descriptor: Int32
  private let digest: Digest?
  /// Whether bytes are added to the digest as they are read; else by who reads them.
  private var hashes: Bool

  /// Bytes that were looked at and are still to be given.
  private var ahead: [UInt8] = []

  /// Whether the file can be read a second time.
  let isRegular: Bool

  /// The bytes of the file, nil where it is none that can be read a second time.
  let byteCount: Int?

  /// Opens a file; `-` is standard input.
  init(path: String, hashes: Bool) throws(SourceError) {
    name = RawFile.name(of: path)
    descriptor = path == "-" ? 0 : unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(file: name, reason: Self.reason()) }
    var status = stat()
    let known = unsafe fstat(descriptor, &status) == 0
    let type = status.st_mode & S_IFMT
    isRegular = path != "-" && known && type == S_IFREG
    byteCount = isRegular ? Int(status.st_size) : nil
    digest = hashes ? Digest() : nil
    self.hashes = hashes
    if known, type == S_IFDIR {
      throw .cannotOpen(file: name, reason: "it is a folder; name a file in it")
    }
  }

  deinit { if descriptor > 0 { close(descriptor) } }

  /// A file as messages name it.
  static func name(of path: String) -> String { path == "-" ? "standard input" : path }

  /// The first bytes, which are still to be read afterwards; fewer at the end of the file.
  func peek(_ count: Int) throws(SourceError) -> [UInt8] {
    while ahead.count < count {
      var more = [UInt8](repeating: 0, count: count - ahead.count)
      let read = try readFile(into: &more, from: 0, to: more.count)
      if read == 0 { break }
      ahead.append(contentsOf: more[..<read])
    }
    return ahead
  }

  func read(into buffer: inout [UInt8], from start: Int, to end: Int) throws(SourceError) -> Int {
    if ahead.isEmpty { return try readFile(into: &buffer, from: start, to: end) }
    let count = min(ahead.count, end - start)
    buffer.replaceSubrange(start..<(start + count), with: ahead[..<count])
    ahead.removeFirst(count)
    return count
  }

  private func readFile(into buffer: inout [UInt8], from start: Int, to end: Int)
    throws(SourceError) -> Int
  {
    guard end > start else { return 0 }
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        let room = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[start..<end])
        return unsafe Self.systemRead(descriptor, room.baseAddress, room.count)
      }
      if count >= 0 {
        if hashes { digest?.add(buffer, start..<(start + count)) }
        return count
      }
      guard errno == EINTR else { throw .cannotRead(file: name, reason: Self.reason()) }
    }
  }

  private static func systemRead(
    _ descriptor: Int32, _ room: UnsafeMutableRawPointer?, _ count: Int
  ) -> Int {
    #if canImport(Glibc)
      unsafe Glibc.read(descriptor, room, count)
    #else
      unsafe Darwin.read(descriptor, room, count)
    #endif
  }

  /// The digest, for a reader that adds all further bytes itself; nil where it cannot.
  func handOverDigest() -> Digest? {
    guard let digest, digest.isNative, ahead.isEmpty else { return nil }
    hashes = false
    return digest
  }

  /// The digest of all bytes, if it was asked for; those that nobody read are read now.
  func finishDigest() throws(SourceError) -> String? {
    guard let digest else { return nil }
    ahead = []
    hashes = true
    var rest = [UInt8](repeating: 0, count: 1 << 16)
    while try readFile(into: &rest, from: 0, to: rest.count) > 0 {}
    return digest.finish()
  }

  private static func reason() -> String { unsafe String(cString: strerror(errno)) }
}

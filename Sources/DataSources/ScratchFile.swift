#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A temporary file without a name: it goes with the process, however that ends.
public final class ScratchFile: Sendable {
  /// The folder whose disk it is on.
  public let folder: String

  private let descriptor: Int32

  /// Creates an empty file.
  ///
  /// - Parameter folder: Where it is to be, unless TMPDIR says it; nil is the system's folder of temporary files.
  public init(folder: String?) throws(ScratchError) {
    let told = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? ""
    let place = told.isEmpty ? folder ?? "/tmp" : told
    let (descriptor, path) = TemporaryFile.create(in: place, O_RDWR, mode: 0o600)
    guard descriptor >= 0 else { throw ScratchError(folder: place, reason: Self.reason()) }
    unsafe _ = unlink(path)
    self.descriptor = descriptor
    self.folder = place
  }

  deinit { _ = close(descriptor) }

  /// Writes bytes from a place on.
  public func write(_ bytes: RawSpan, at place: Int) throws(ScratchError) {
    var done = 0
    while done < bytes.byteCount {
      let count = unsafe bytes.withUnsafeBytes {
        unsafe pwrite(
          descriptor, $0.baseAddress.map { unsafe $0 + done }, min($0.count - done, 1 << 30),
          off_t(place + done))
      }
      try advance(count, &done)
    }
  }

  /// Fills a part of a buffer with the bytes from a place on.
  public func read(
    into bytes: inout MutableRawSpan, _ range: Range<Int>, from place: Int
  ) throws(ScratchError) {
    var done = 0
    while done < range.count {
      let count = unsafe bytes.withUnsafeMutableBytes {
        unsafe pread(
          descriptor, $0.baseAddress.map { unsafe $0 + range.lowerBound + done },
          min(range.count - done, 1 << 30), off_t(place + done))
      }
      guard count != 0 else { throw ScratchError(folder: folder, reason: "its end is missing") }
      try advance(count, &done)
    }
  }

  private func advance(_ count: Int, _ done: inout Int) throws(ScratchError) {
    if count >= 0 {
      done += count
    } else if errno != EINTR {
      throw ScratchError(folder: folder, reason: Self.reason())
    }
  }

  private static func reason() -> String { unsafe String(cString: strerror(errno)) }
}

/// Why a temporary file could not be made, written or read.
public struct ScratchError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder that was to hold it.
  public let folder: String

  let reason: String

  public var description: String {
    "a temporary file in \(folder) fails: \(reason); "
      + "set TMPDIR to a folder with room for it, or allow more memory (--memory)"
  }
}

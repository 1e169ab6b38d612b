#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The stream for everything that is not a result.
enum StandardError {
  /// Writes a line.
  static func write(_ line: String) {
    var bytes = Array((line + "\n").utf8)[...]
    while !bytes.isEmpty {
      let written = unsafe bytes.withUnsafeBytes { unsafe systemWrite(2, $0.baseAddress, $0.count) }
      // Nobody reads it any more: a remark is not worth an error.
      guard written > 0 else { return }
      bytes = bytes.dropFirst(written)
    }
  }
}

/// `write` of the system's library, which the method's own name would hide.
private let systemWrite = write as @Sendable (Int32, UnsafeRawPointer?, Int) -> Int

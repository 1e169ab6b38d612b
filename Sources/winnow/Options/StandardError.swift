#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The stream for everything that is not a result.
enum StandardError {
  /// Prints a line.
  static func print(_ line: String) {
    var bytes = Array((line + "\n").utf8)[...]
    while !bytes.isEmpty {
      let written = unsafe bytes.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
      // Nobody reads it any more: a remark is not worth an error.
      guard written > 0 else { return }
      bytes = bytes.dropFirst(written)
    }
  }
}

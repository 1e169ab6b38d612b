#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The stream for everything that is not a result.
enum StandardError {
  /// Whether a person sees it at once.
  static var isTerminal: Bool { isatty(2) == 1 }

  /// Prints lines, which may quote a file: what would steer a terminal shows as a mark.
  static func print(_ text: String) {
    let marked = text.unicodeScalars.map { $0.isHarmless ? $0 : "\u{FFFD}" }
    var bytes = Array((String(String.UnicodeScalarView(marked)) + "\n").utf8)[...]
    while !bytes.isEmpty {
      let written = unsafe bytes.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
      // Nobody reads it any more: a remark is not worth an error.
      guard written > 0 else { return }
      bytes = bytes.dropFirst(written)
    }
  }
}

extension Unicode.Scalar {
  /// Whether a terminal shows the character, and does not act on it.
  fileprivate var isHarmless: Bool {
    switch properties.generalCategory {
    case .control: self == "\n"
    case .format, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}

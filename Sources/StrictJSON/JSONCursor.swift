/// A place in a JSON text, and the single steps that the grammar (RFC 8259) allows from there.
///
/// The text itself is an argument of every step, so that a cursor can live beside bytes that are
/// mapped from a file.
struct JSONCursor {
  /// The next byte to be read.
  var position: Int

  /// The end of the part that is read.
  let end: Int

  /// The start of the part, and the number of its line, for messages.
  let start: Int
  let firstLine: Int

  init(_ range: Range<Int>, firstLine: Int = 1) {
    position = range.lowerBound
    start = range.lowerBound
    end = range.upperBound
    self.firstLine = firstLine
  }

  /// The next byte, or 0, which the grammar allows nowhere, at the end.
  func peek(_ bytes: Span<UInt8>) -> UInt8 { position < end ? bytes[position] : 0 }

  /// Steps over spaces, tabs and line breaks.
  mutating func skipSpace(_ bytes: Span<UInt8>) {
    while position < end {
      let byte = bytes[position]
      guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else {
        return
      }
      position += 1
    }
  }

  /// Steps over one byte if it comes next.
  mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard position < end, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Steps over `true`, `false` or `null`.
  mutating func word(_ word: StaticString, _ bytes: Span<UInt8>) throws(JSONError) {
    let start = position
    for byte in word.description.utf8 where !take(byte, bytes) {
      position = start
      throw unexpected("a JSON value", bytes)
    }
  }

  /// The error of finding what comes next.
  func unexpected(_ expected: String, _ bytes: Span<UInt8>) -> JSONError {
    guard position < end else { return error(.unfinished(expected: expected), bytes) }
    let byte = bytes[position]
    guard byte < 0x80 || startsCharacter(bytes) else { return error(.invalidUTF8, bytes) }
    let found = byte < 0x80 ? naming(byte) : "a letter outside a string"
    return error(.unexpected(found: found, expected: expected), bytes)
  }

  /// Whether a character of several bytes starts here.
  private func startsCharacter(_ bytes: Span<UInt8>) -> Bool {
    sequenceLength(bytes, at: position) > 0
  }

  /// An error at this place, or at another.
  func error(
    _ problem: JSONError.Problem, _ bytes: Span<UInt8>, at place: Int? = nil
  ) -> JSONError {
    JSONError(
      problem, at: place ?? position, of: bytes, start: start, firstLine: firstLine)
  }
}

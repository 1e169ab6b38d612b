/// A string of a JSON text: where it is, without its quotes, and whether it holds a backslash.
struct JSONStringToken {
  let range: Range<Int>
  let isEscaped: Bool
}

extension JSONCursor {
  /// Steps over the string that starts here with its quote, and checks it: UTF-8, escapes, no bare
  /// control characters, no half surrogates.
  mutating func string(_ bytes: Span<UInt8>) throws(JSONError) -> JSONStringToken {
    guard take(0x22, bytes) else { throw unexpected("a string in double quotes", bytes) }
    let first = position
    var isEscaped = false
    while true {
      skipPlain(bytes)
      guard position < end else {
        throw error(.unfinished(expected: "the closing quote of a string"), bytes)
      }
      let byte = bytes[position]
      switch byte {
      case 0x22:
        position += 1
        return JSONStringToken(range: first..<(position - 1), isEscaped: isEscaped)
      case 0x5C:
        isEscaped = true
        try escape(bytes)
      case 0..<0x20:
        throw error(.controlCharacter(byte), bytes)
      case 0x80...:
        let length = sequenceLength(bytes, at: position)
        guard length > 0 else { throw error(.invalidUTF8, bytes) }
        position += length
      default:
        position += 1
      }
    }
  }

  /// Steps over bytes of ASCII that mean themselves, eight at a time while there are as many.
  private mutating func skipPlain(_ bytes: Span<UInt8>) {
    let raw = unsafe bytes.bytes
    while position + 8 <= end {
      let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
      guard !hasSpecial(word) else { break }
      position += 8
    }
    while position < end {
      let byte = bytes[position]
      guard byte >= 0x20, byte < 0x80, byte != 0x22, byte != 0x5C else { return }
      position += 1
    }
  }

  /// Whether one of eight bytes is a quote, a backslash, below 0x20 or above 0x7F.
  private func hasSpecial(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* 0x22)
    let slash = word ^ (ones &* 0x5C)
    let found = (word &- ones &* 0x20) | (quote &- ones) | (slash &- ones) | word
    return found & (ones &* 0x80) != 0
  }

  /// Steps over an escape sequence, or two that make a surrogate pair.
  private mutating func escape(_ bytes: Span<UInt8>) throws(JSONError) {
    let first = position
    guard position + 1 < end else {
      throw error(.unfinished(expected: "the rest of an escape sequence"), bytes, at: end)
    }
    switch bytes[position + 1] {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: position += 2
    case 0x75:
      guard let unit = codeUnit(bytes, at: first) else {
        throw error(.invalidEscape, bytes, at: first)
      }
      position += 6
      guard (0xD800...0xDFFF).contains(unit) else { return }
      guard unit < 0xDC00, let low = codeUnit(bytes, at: position),
        (0xDC00...0xDFFF).contains(low)
      else { throw error(.loneSurrogate, bytes, at: first) }
      position += 6
    default: throw error(.invalidEscape, bytes, at: first)
    }
  }

  /// The code unit of `\uXXXX` at a place, if that is there.
  func codeUnit(_ bytes: Span<UInt8>, at place: Int) -> UInt32? {
    guard place + 6 <= end, bytes[place] == 0x5C, bytes[place + 1] == 0x75 else { return nil }
    var unit: UInt32 = 0
    for index in (place + 2)..<(place + 6) {
      let byte = bytes[index]
      switch byte {
      case 0x30...0x39: unit = unit << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: unit = unit << 4 | UInt32(byte - 0x37)
      case 0x61...0x66: unit = unit << 4 | UInt32(byte - 0x57)
      default: return nil
      }
    }
    return unit
  }

  /// The length of the UTF-8 sequence at a place, 2 to 4; 0 if there is none.
  ///
  /// The Unicode Standard, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.
  func sequenceLength(_ bytes: Span<UInt8>, at place: Int) -> Int {
    func follows(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      place + offset < end && range.contains(bytes[place + offset])
    }
    switch bytes[place] {
    case 0xC2...0xDF: return follows(1) ? 2 : 0
    case 0xE0: return follows(1, 0xA0...0xBF) && follows(2) ? 3 : 0
    case 0xED: return follows(1, 0x80...0x9F) && follows(2) ? 3 : 0
    case 0xE1...0xEF: return follows(1) && follows(2) ? 3 : 0
    case 0xF0: return follows(1, 0x90...0xBF) && follows(2) && follows(3) ? 4 : 0
    case 0xF1...0xF3: return follows(1) && follows(2) && follows(3) ? 4 : 0
    case 0xF4: return follows(1, 0x80...0x8F) && follows(2) && follows(3) ? 4 : 0
    default: return 0
    }
  }
}

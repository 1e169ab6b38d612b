import CKernels

/// Turns cells into UTF-8.
struct TextDecoding: Sendable {
  /// What the user says, or nil: each cell is UTF-8 if it can be, and else Windows-1252.
  let encoding: TextEncoding?

  /// Appends a cell in UTF-8.
  func append(_ text: Span<UInt8>, _ range: Range<Int>, to bytes: inout [UInt8]) {
    if Self.isASCII(text, range) || (encoding != .windows1252 && Self.isUTF8(text, range)) {
      bytes.append(text, range)
    } else if encoding == .utf8 || encoding == .utf16LittleEndian || encoding == .utf16BigEndian {
      var cell: [UInt8] = []
      for index in range { cell.append(text[index]) }
      bytes.append(contentsOf: String(decoding: cell, as: UTF8.self).utf8)
    } else {
      for index in range { Self.appendWindows1252(text[index], to: &bytes) }
    }
  }

  /// Whether all bytes of a text are below 0x80.
  private static func isASCII(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while at + 8 <= range.upperBound {
      if text.word(at: at) & 0x8080_8080_8080_8080 != 0 { return false }
      at += 8
    }
    for index in at..<range.upperBound where text[index] >= 0x80 { return false }
    return true
  }

  /// A cell as a string.
  func string(_ text: Span<UInt8>, _ cell: Cell) -> String {
    var bytes: [UInt8] = []
    append(text, cell.range, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether a text is UTF-8 (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF).
  static func isUTF8(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    unsafe text.extracting(range).withUnsafeBufferPointer {
      unsafe winnow_is_utf8($0.baseAddress, $0.count) != 0
    }
  }

  /// The characters of bytes 0x80 to 0x9F; the five that Windows leaves free are control characters.
  private static let upper: [UInt16] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8D, 0x017D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161,
    0x203A, 0x0153, 0x9D,
    0x017E, 0x0178,
  ]

  private static func appendWindows1252(_ byte: UInt8, to bytes: inout [UInt8]) {
    guard byte >= 0x80 else { return bytes.append(byte) }
    let scalar = byte < 0xA0 ? upper[Int(byte) - 0x80] : UInt16(byte)
    if scalar < 0x800 {
      bytes.append(UInt8(0xC0 | scalar >> 6))
    } else {
      bytes.append(UInt8(0xE0 | scalar >> 12))
      bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
    }
    bytes.append(UInt8(0x80 | scalar & 0x3F))
  }
}

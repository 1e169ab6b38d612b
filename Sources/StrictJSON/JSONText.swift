/// Work on JSON texts that makes no values of them.
public enum JSONText {
  /// Checks that bytes are one JSON text.
  ///
  /// - Throws: `JSONError`, with the line and column.
  public static func validate(
    _ bytes: Span<UInt8>, limits: JSONLimits = JSONLimits()
  ) throws(JSONError) {
    var builder = JSONNothingBuilder()
    try walk(bytes, limits: limits, builder: &builder)
  }

  /// Checks that bytes are one JSON text.
  ///
  /// - Throws: `JSONError`, with the line and column.
  public static func validate(
    _ bytes: [UInt8], limits: JSONLimits = JSONLimits()
  ) throws(JSONError) {
    try validate(bytes.span, limits: limits)
  }

  /// Appends what a string of a JSON text stands for, without its escapes.
  ///
  /// - Precondition: the range is the inside of a string that was found valid.
  public static func unescape(
    _ bytes: Span<UInt8>, _ range: Range<Int>, to result: inout [UInt8]
  ) {
    let cursor = JSONCursor(range)
    var place = range.lowerBound
    while place < range.upperBound {
      guard bytes[place] == 0x5C else {
        result.append(bytes[place])
        place += 1
        continue
      }
      switch bytes[place + 1] {
      case 0x62: result.append(0x08)
      case 0x66: result.append(0x0C)
      case 0x6E: result.append(0x0A)
      case 0x72: result.append(0x0D)
      case 0x74: result.append(0x09)
      case 0x75:
        var code = cursor.codeUnit(bytes, at: place) ?? 0
        if (0xD800...0xDBFF).contains(code) {
          place += 6
          code = 0x10000 + (code - 0xD800) << 10 + (cursor.codeUnit(bytes, at: place) ?? 0) - 0xDC00
        }
        if let scalar = UnicodeScalar(code) {
          result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
        place += 4
      case let byte: result.append(byte)
      }
      place += 2
    }
  }

  /// The string of bytes that are known to be UTF-8.
  static func string(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    let part = bytes.extracting(range)
    return unsafe part.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }

  /// The string of a token.
  static func string(_ bytes: Span<UInt8>, _ token: JSONStringToken) -> String {
    guard token.isEscaped else { return string(bytes, token.range) }
    var buffer: [UInt8] = []
    buffer.reserveCapacity(token.range.count)
    unescape(bytes, token.range, to: &buffer)
    return String(decoding: buffer, as: UTF8.self)
  }
}

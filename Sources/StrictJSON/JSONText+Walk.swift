/// What is made of the parts of a JSON text, as they are found from front to back.
protocol JSONBuilder {
  mutating func open(isObject: Bool)
  mutating func key(_ token: JSONStringToken, _ bytes: Span<UInt8>)
  mutating func scalar(_ value: JSONValue)
  mutating func string(_ token: JSONStringToken, _ bytes: Span<UInt8>)

  /// Ends an array or object; the name of a key that must not occur twice, if one does.
  mutating func close() -> String?
}

/// Makes nothing: the text is only checked.
struct JSONNothingBuilder: JSONBuilder {
  mutating func open(isObject: Bool) {}
  mutating func key(_ token: JSONStringToken, _ bytes: Span<UInt8>) {}
  mutating func scalar(_ value: JSONValue) {}
  mutating func string(_ token: JSONStringToken, _ bytes: Span<UInt8>) {}
  mutating func close() -> String? { nil }
}

extension JSONText {
  /// Reads a whole text and hands its parts to a builder.
  static func walk(
    _ bytes: Span<UInt8>, limits: JSONLimits, builder: inout some JSONBuilder
  ) throws(JSONError) {
    guard bytes.count <= limits.bytes else {
      throw JSONError(.tooLong(bytes: bytes.count, limit: limits.bytes), line: 1, column: 1)
    }
    var cursor = JSONCursor(0..<bytes.count)
    try cursor.skipByteOrderMark(bytes)
    cursor.skipSpace(bytes)
    guard cursor.position < cursor.end else { throw cursor.error(.empty, bytes) }
    try cursor.value(bytes, depth: limits.depth, builder: &builder)
    cursor.skipSpace(bytes)
    guard cursor.position == cursor.end else {
      throw cursor.error(.textAfterEnd(found: naming(cursor.peek(bytes))), bytes)
    }
  }
}

extension JSONCursor {
  /// Steps over a byte order mark of UTF-8, and refuses texts in wider code units.
  mutating func skipByteOrderMark(_ bytes: Span<UInt8>) throws(JSONError) {
    guard end - position >= 2 else { return }
    let (one, two) = (bytes[position], bytes[position + 1])
    let isWide = (one == 0xFF && two == 0xFE) || (one == 0xFE && two == 0xFF)
    guard !isWide, one != 0, two != 0 else { throw error(.anotherEncoding, bytes) }
    if one == 0xEF, two == 0xBB, end - position >= 3, bytes[position + 2] == 0xBF { position += 3 }
  }

  /// Reads the value that starts here; open arrays and objects are on a stack of our own.
  mutating func value(
    _ bytes: Span<UInt8>, depth: Int, builder: inout some JSONBuilder
  ) throws(JSONError) {
    var isObject: [Bool] = []
    while true {
      skipSpace(bytes)
      let byte = peek(bytes)
      switch byte {
      case 0x7B, 0x5B:
        guard isObject.count < depth else { throw error(.tooDeep(limit: depth), bytes) }
        position += 1
        isObject.append(byte == 0x7B)
        builder.open(isObject: byte == 0x7B)
        skipSpace(bytes)
        if peek(bytes) != byte + 2 {
          if byte == 0x7B { try key(bytes, builder: &builder) }
          continue
        }
      case 0x22: builder.string(try string(bytes), bytes)
      case 0x2D, 0x30...0x39: builder.scalar(.number(try number(bytes)))
      case 0x74:
        try word("true", bytes)
        builder.scalar(.bool(true))
      case 0x66:
        try word("false", bytes)
        builder.scalar(.bool(false))
      case 0x6E:
        try word("null", bytes)
        builder.scalar(.null)
      default: throw unexpected("a JSON value", bytes)
      }
      guard try continues(bytes, &isObject, builder: &builder) else { return }
    }
  }

  /// Closes what ends after a value; whether another value follows.
  private mutating func continues(
    _ bytes: Span<UInt8>, _ isObject: inout [Bool], builder: inout some JSONBuilder
  ) throws(JSONError) -> Bool {
    while let inObject = isObject.last {
      skipSpace(bytes)
      if take(0x2C, bytes) {
        guard inObject else { return true }
        skipSpace(bytes)
        try key(bytes, builder: &builder)
        return true
      }
      guard take(inObject ? 0x7D : 0x5D, bytes) else {
        throw unexpected(inObject ? "a comma or \"}\"" : "a comma or \"]\"", bytes)
      }
      isObject.removeLast()
      if let name = builder.close() { throw error(.duplicateKey(name), bytes, at: position - 1) }
    }
    return false
  }

  /// Reads a key and its colon.
  private mutating func key(
    _ bytes: Span<UInt8>, builder: inout some JSONBuilder
  ) throws(JSONError) {
    guard peek(bytes) == 0x22 else { throw unexpected("a key in double quotes", bytes) }
    builder.key(try string(bytes), bytes)
    skipSpace(bytes)
    guard take(0x3A, bytes) else { throw unexpected("a colon", bytes) }
  }
}

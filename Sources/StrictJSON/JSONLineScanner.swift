/// Finds the members of the object in a line of JSON Lines, without making values of them.
///
/// Made for large files: the fields are places in the caller's bytes, and their array is used again
/// for the next line.
public struct JSONLineScanner: Sendable {
  /// The members of the line scanned last, in its order; keys may occur twice.
  public private(set) var fields: [JSONField] = []

  /// How deep values may be nested inside a member.
  private let depth: Int

  /// Creates a scanner.
  public init(limits: JSONLimits = JSONLimits()) { depth = limits.depth }

  /// Finds the members of the object in one line, and checks the line to its end.
  ///
  /// - Parameters:
  ///   - bytes: bytes that hold the line.
  ///   - range: the line, with or without its line break.
  ///   - line: its number, for messages.
  /// - Precondition: the range lies inside the bytes.
  /// - Throws: `JSONError` where the line is not one JSON object.
  public mutating func scan(
    _ bytes: Span<UInt8>, _ range: Range<Int>, line: Int = 1
  ) throws(JSONError) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= bytes.count, "a line lies inside the bytes")
    fields.removeAll(keepingCapacity: true)
    var cursor = JSONCursor(range, firstLine: line)
    cursor.skipSpace(bytes)
    guard cursor.position < cursor.end else { throw cursor.error(.empty, bytes) }
    guard cursor.take(0x7B, bytes) else {
      throw cursor.unexpected("\"{\", the start of an object,", bytes)
    }
    cursor.skipSpace(bytes)
    if !cursor.take(0x7D, bytes) {
      repeat { try field(bytes, &cursor) } while try continues(bytes, &cursor)
    }
    cursor.skipSpace(bytes)
    guard cursor.position == cursor.end else {
      throw cursor.error(.textAfterEnd(found: naming(cursor.peek(bytes))), bytes)
    }
  }

  private func continues(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(JSONError) -> Bool {
    cursor.skipSpace(bytes)
    if cursor.take(0x2C, bytes) { return true }
    guard cursor.take(0x7D, bytes) else { throw cursor.unexpected("a comma or \"}\"", bytes) }
    return false
  }

  private mutating func field(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(JSONError) {
    cursor.skipSpace(bytes)
    guard cursor.peek(bytes) == 0x22 else {
      throw cursor.unexpected("a key in double quotes", bytes)
    }
    let key = try cursor.string(bytes)
    cursor.skipSpace(bytes)
    guard cursor.take(0x3A, bytes) else { throw cursor.unexpected("a colon", bytes) }
    cursor.skipSpace(bytes)
    let first = cursor.position
    var field = JSONField(key: key.range, keyIsEscaped: key.isEscaped)
    switch cursor.peek(bytes) {
    case 0x22:
      let token = try cursor.string(bytes)
      field.kind = .string
      field.value = token.range
      field.valueIsEscaped = token.isEscaped
      fields.append(field)
      return
    case 0x2D, 0x30...0x39:
      field.number = try cursor.number(bytes)
      field.kind = .number
    case 0x74:
      try cursor.word("true", bytes)
      field.kind = .bool(true)
    case 0x66:
      try cursor.word("false", bytes)
      field.kind = .bool(false)
    case 0x6E:
      try cursor.word("null", bytes)
      field.kind = .null
    default:
      var builder = JSONNothingBuilder()
      try cursor.value(bytes, depth: depth, builder: &builder)
      field.kind = .nested
    }
    field.value = first..<cursor.position
    fields.append(field)
  }
}

/// A member of an object in a line: where its key and value are, and what the value is.
public struct JSONField: Sendable, Equatable {
  /// What the value of a member can be.
  public enum Kind: Sendable, Equatable {
    case null
    case bool(Bool)
    case number
    case string

    /// An array or object; its text has been checked.
    case nested
  }

  /// The key, without its quotes.
  public let key: Range<Int>

  /// Whether the key holds escapes, so that `JSONText.unescape` gives what it stands for.
  public let keyIsEscaped: Bool

  /// What the value is.
  public internal(set) var kind = Kind.null

  /// The value as it is written; a string without its quotes.
  public internal(set) var value = 0..<0

  /// Whether the value is a string that holds escapes.
  public internal(set) var valueIsEscaped = false

  /// The value, if it is a number; otherwise NaN.
  public internal(set) var number = Double.nan

  init(key: Range<Int>, keyIsEscaped: Bool) {
    self.key = key
    self.keyIsEscaped = keyIsEscaped
  }
}

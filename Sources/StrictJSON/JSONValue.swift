/// A JSON value; an object keeps its members in the order of the text.
public enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  /// Reads a JSON text (RFC 8259, UTF-8; a byte order mark is skipped).
  ///
  /// Numbers are rounded correctly to doubles. Half surrogates and numbers beyond the doubles are
  /// errors, as is everything that the grammar does not allow.
  ///
  /// - Throws: `JSONError`, with the line and column.
  public init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
    try self.init(parsing: bytes.span, limits: limits)
  }

  /// Reads a JSON text (RFC 8259, UTF-8; a byte order mark is skipped).
  ///
  /// - Throws: `JSONError`, with the line and column.
  public init(parsing bytes: Span<UInt8>, limits: JSONLimits = JSONLimits()) throws(JSONError) {
    var builder = JSONValueBuilder(rejectsDuplicateKeys: limits.rejectsDuplicateKeys)
    try JSONText.walk(bytes, limits: limits, builder: &builder)
    self = builder.finished
  }

  /// The value of a key of an object; of several with the same key, the last.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  /// The elements, if this is an array.
  public var elements: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  /// The members in order, if this is an object.
  public var members: [(key: String, value: JSONValue)]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  /// The text, if this is a string.
  public var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The number, if this is one.
  public var double: Double? {
    guard case .number(let number) = self else { return nil }
    return number
  }

  /// The number, if this is a whole one that a double holds exactly.
  public var integer: Int? {
    guard case .number(let number) = self, abs(number) <= 0x1p53 else { return nil }
    return Int(exactly: number)
  }

  /// The truth value, if this is one.
  public var flag: Bool? {
    guard case .bool(let flag) = self else { return nil }
    return flag
  }

  /// Whether this is null.
  public var isNull: Bool {
    guard case .null = self else { return false }
    return true
  }

  /// What kind of value this is, with its article: "a number".
  public var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a truth value"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension JSONValue: Equatable {
  /// Whether two values are the same; the members of objects in the same order.
  public static func == (one: JSONValue, other: JSONValue) -> Bool {
    switch (one, other) {
    case (.null, .null): true
    case (.bool(let one), .bool(let other)): one == other
    case (.number(let one), .number(let other)): one == other
    case (.string(let one), .string(let other)): one.utf8.elementsEqual(other.utf8)
    case (.array(let one), .array(let other)): one == other
    case (.object(let one), .object(let other)):
      one.elementsEqual(other) { $0.key.utf8.elementsEqual($1.key.utf8) && $0.value == $1.value }
    default: false
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByFloatLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(nilLiteral: ()) { self = .null }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(members.map { (key: $0.0, value: $0.1) })
  }
}

/// Makes `Decodable` values of JSON values; errors are `DecodingError`s that say where and what would be right.
///
/// Of several members with the same key the last counts. A whole number is read as an integer where one is wanted.
public enum JSONValueDecoder {
  /// Decodes a value.
  ///
  /// - Throws: `DecodingError`, or what a type's own initializer throws.
  public static func decode<Value: Decodable>(
    _ type: Value.Type, from value: JSONValue
  ) throws -> Value {
    try Value(from: JSONPlace(value, key: nil, in: nil))
  }
}

/// A JSON value with the way to it: what a type is decoded from.
struct JSONPlace: Decoder {
  let value: JSONValue
  private let key: JSONKey?
  private let parent: Path?

  /// The way to an array or object, from its end to the top: made once for all that is in it.
  final class Path: Sendable {
    let key: JSONKey?
    let parent: Path?

    init(_ key: JSONKey?, in parent: Path?) {
      self.key = key
      self.parent = parent
    }
  }

  init(_ value: JSONValue, key: JSONKey?, in parent: Path?) {
    self.value = value
    self.key = key
    self.parent = parent
  }

  var codingPath: [any CodingKey] {
    var keys: [any CodingKey] = []
    var place: Path? = path
    while let here = place {
      if let key = here.key { keys.append(key) }
      place = here.parent
    }
    return keys.reversed()
  }

  var path: Path { Path(key, in: parent) }

  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let members) = value else { throw mismatch([String: JSONValue].self) }
    return KeyedDecodingContainer(JSONMembers(self, members))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let elements) = value else { throw mismatch([JSONValue].self) }
    return JSONElements(self, elements)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

  /// The error of a value of another kind.
  func mismatch(_ type: Any.Type) -> DecodingError {
    let wanted =
      switch type {
      case is String.Type: "a string"
      case is Bool.Type: "a truth value"
      case is [JSONValue].Type: "an array"
      case is [String: JSONValue].Type: "an object"
      default: "a number"
      }
    return DecodingError.typeMismatch(
      type,
      .init(codingPath: codingPath, debugDescription: "\(wanted) is needed, not \(value.kindName)"))
  }
}

extension JSONPlace: SingleValueDecodingContainer {
  func decodeNil() -> Bool { value.isNull }

  func decode(_ type: Bool.Type) throws -> Bool {
    guard case .bool(let flag) = value else { throw mismatch(type) }
    return flag
  }

  func decode(_ type: String.Type) throws -> String {
    guard case .string(let text) = value else { throw mismatch(type) }
    return text
  }

  func decode(_ type: Double.Type) throws -> Double {
    guard case .number(let number) = value else { throw mismatch(type) }
    return number
  }

  func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }

  func decode<Number: FixedWidthInteger & Decodable>(_ type: Number.Type) throws -> Number {
    let number = try decode(Double.self)
    guard let whole = Number(exactly: number) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: codingPath,
          debugDescription: "\(number) is not a whole number within the range of \(type)"))
    }
    return whole
  }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: self) }
}

/// The members of an object.
private struct JSONMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
  private let place: JSONPlace
  private let path: JSONPlace.Path
  private let members: [(key: String, value: JSONValue)]

  init(_ place: JSONPlace, _ members: [(key: String, value: JSONValue)]) {
    self.place = place
    self.members = members
    path = place.path
  }

  var codingPath: [any CodingKey] { place.codingPath }
  var allKeys: [Key] { members.compactMap { Key(stringValue: $0.key) } }

  private func value(_ key: String) -> JSONValue? { members.last { $0.key == key }?.value }

  private func member(_ key: some CodingKey) throws -> JSONPlace {
    guard let value = value(key.stringValue) else {
      throw DecodingError.keyNotFound(
        key, .init(codingPath: codingPath, debugDescription: "there is no such member"))
    }
    return JSONPlace(value, key: JSONKey(name: key.stringValue), in: path)
  }

  func contains(_ key: Key) -> Bool { value(key.stringValue) != nil }
  func decodeNil(forKey key: Key) throws -> Bool { try member(key).decodeNil() }
  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try member(key).decode(type) }
  // Most members of large files are these two.
  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    if case .string(let text)? = value(key.stringValue) { return text }
    return try member(key).decode(type)
  }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
    if case .number(let number)? = value(key.stringValue) { return number }
    return try member(key).decode(type)
  }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try member(key).decode(type) }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try member(key).decode(type) }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try member(key).decode(type) }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try member(key).decode(type) }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try member(key).decode(type) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try member(key).decode(type) }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try member(key).decode(type) }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try member(key).decode(type) }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
    try member(key).decode(type)
  }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
    try member(key).decode(type)
  }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
    try member(key).decode(type)
  }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try member(key).decode(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { try member(key).container(keyedBy: type) }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try member(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { try member(JSONKey(name: "super")) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }
}

/// The elements of an array, from front to back.
private struct JSONElements: UnkeyedDecodingContainer {
  private let place: JSONPlace
  private let path: JSONPlace.Path
  private let elements: [JSONValue]
  private(set) var currentIndex = 0

  init(_ place: JSONPlace, _ elements: [JSONValue]) {
    self.place = place
    self.elements = elements
    path = place.path
  }

  var codingPath: [any CodingKey] { place.codingPath }
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  private func element() throws -> JSONPlace {
    let key = JSONKey(index: currentIndex)
    guard !isAtEnd else {
      let end = JSONPlace(.null, key: key, in: path)
      throw DecodingError.valueNotFound(
        JSONValue.self,
        .init(codingPath: end.codingPath, debugDescription: "the array ends before it"))
    }
    return JSONPlace(elements[currentIndex], key: key, in: path)
  }

  /// What `body` makes of the next element, which counts as read if that can be made.
  private mutating func next<Value>(_ body: (JSONPlace) throws -> Value) throws -> Value {
    let value = try body(element())
    currentIndex += 1
    return value
  }

  mutating func decodeNil() throws -> Bool {
    guard try element().decodeNil() else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode(_ type: Bool.Type) throws -> Bool { try next { try $0.decode(type) } }
  mutating func decode(_ type: String.Type) throws -> String { try next { try $0.decode(type) } }
  mutating func decode(_ type: Double.Type) throws -> Double { try next { try $0.decode(type) } }
  mutating func decode(_ type: Float.Type) throws -> Float { try next { try $0.decode(type) } }
  mutating func decode(_ type: Int.Type) throws -> Int { try next { try $0.decode(type) } }
  mutating func decode(_ type: Int8.Type) throws -> Int8 { try next { try $0.decode(type) } }
  mutating func decode(_ type: Int16.Type) throws -> Int16 { try next { try $0.decode(type) } }
  mutating func decode(_ type: Int32.Type) throws -> Int32 { try next { try $0.decode(type) } }
  mutating func decode(_ type: Int64.Type) throws -> Int64 { try next { try $0.decode(type) } }
  mutating func decode(_ type: UInt.Type) throws -> UInt { try next { try $0.decode(type) } }
  mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try next { try $0.decode(type) } }
  mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try next { try $0.decode(type) } }
  mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try next { try $0.decode(type) } }
  mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try next { try $0.decode(type) } }
  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try next { try $0.decode(type) }
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> { try next { try $0.container(keyedBy: type) } }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try next { try $0.unkeyedContainer() }
  }

  mutating func superDecoder() throws -> any Decoder { try next { $0 } }
}

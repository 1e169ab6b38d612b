/// Makes JSON values of `Encodable` ones; members stay in the order in which a type encodes them.
public enum JSONValueEncoder {
  /// What becomes of numbers that JSON cannot tell.
  public enum NotFinite: Sendable {
    /// They are an error.
    case error
    /// They become the strings "infinity", "-infinity" and "nan".
    case words
  }

  /// Encodes a value.
  ///
  /// - Throws: `EncodingError`, or what a type's own method throws.
  public static func encode(
    _ value: some Encodable, notFinite: NotFinite = .error
  ) throws -> JSONValue {
    let place = EncodedPlace(nil, in: nil, notFinite)
    try place.encode(value)
    return place.value
  }
}

/// The place of a value that is being encoded: an encoder, and all of its containers.
///
/// A class, as the protocols of encoding hand out containers that fill one value from several hands.
final class EncodedPlace {
  private enum Content {
    case scalar(JSONValue)
    case elements([EncodedPlace])
    case members([(key: String, place: EncodedPlace)])
  }

  private var content: Content?
  private let key: JSONKey?
  private let parent: EncodedPlace?
  private let notFinite: JSONValueEncoder.NotFinite

  init(_ key: JSONKey?, in parent: EncodedPlace?, _ notFinite: JSONValueEncoder.NotFinite) {
    self.key = key
    self.parent = parent
    self.notFinite = notFinite
  }

  /// The value; an object without members where nothing was encoded.
  var value: JSONValue {
    switch content {
    case .scalar(let value): value
    case .elements(let places): .array(places.map(\.value))
    case .members(let members): .object(members.map { (key: $0.key, value: $0.place.value) })
    case nil: .object([])
    }
  }

  var codingPath: [any CodingKey] {
    (parent?.codingPath ?? []) + (key.map { [$0 as any CodingKey] } ?? [])
  }

  func set(_ value: JSONValue) { content = .scalar(value) }

  func set(_ number: Double) throws {
    guard !number.isFinite else { return set(.number(number)) }
    guard notFinite == .words else {
      throw EncodingError.invalidValue(
        number,
        .init(codingPath: codingPath, debugDescription: "JSON has no number such as \(number)"))
    }
    set(.string(number.isNaN ? "nan" : number < 0 ? "-infinity" : "infinity"))
  }

  func set(_ number: some BinaryInteger) throws {
    guard let exact = Double(exactly: number) else {
      throw EncodingError.invalidValue(
        number,
        .init(
          codingPath: codingPath,
          debugDescription: "\(number) has more digits than a JSON number is read with"))
    }
    set(.number(exact))
  }

  func encode(_ value: some Encodable) throws { try value.encode(to: self) }

  /// A new element behind the others.
  func element() -> EncodedPlace {
    var places: [EncodedPlace] = []
    if case .elements(let found)? = content { places = found }
    content = nil
    let place = EncodedPlace(JSONKey(index: places.count), in: self, notFinite)
    places.append(place)
    content = .elements(places)
    return place
  }

  /// A new member, in the place of one with the same key.
  func member(_ key: String) -> EncodedPlace {
    var members: [(key: String, place: EncodedPlace)] = []
    if case .members(let found)? = content { members = found }
    content = nil
    let place = EncodedPlace(JSONKey(name: key), in: self, notFinite)
    if let index = members.firstIndex(where: { $0.key == key }) {
      members[index].place = place
    } else {
      members.append((key: key, place: place))
    }
    content = .members(members)
    return place
  }

  func beginElements() { if content == nil { content = .elements([]) } }

  var elementCount: Int {
    if case .elements(let places)? = content { places.count } else { 0 }
  }
}

extension EncodedPlace: Encoder, SingleValueEncodingContainer {
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(EncodedMembers(place: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    beginElements()
    return EncodedElements(place: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() { set(.null) }
  func encode(_ value: Bool) { set(.bool(value)) }
  func encode(_ value: String) { set(.string(value)) }
  func encode(_ value: Double) throws { try set(value) }
  func encode(_ value: Float) throws { try set(Double(value)) }
  func encode(_ value: Int) throws { try set(value) }
  func encode(_ value: Int8) throws { try set(value) }
  func encode(_ value: Int16) throws { try set(value) }
  func encode(_ value: Int32) throws { try set(value) }
  func encode(_ value: Int64) throws { try set(value) }
  func encode(_ value: UInt) throws { try set(value) }
  func encode(_ value: UInt8) throws { try set(value) }
  func encode(_ value: UInt16) throws { try set(value) }
  func encode(_ value: UInt32) throws { try set(value) }
  func encode(_ value: UInt64) throws { try set(value) }
}

private struct EncodedMembers<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let place: EncodedPlace

  var codingPath: [any CodingKey] { place.codingPath }

  private func member(_ key: Key) -> EncodedPlace { place.member(key.stringValue) }

  func encodeNil(forKey key: Key) { member(key).encodeNil() }
  func encode(_ value: Bool, forKey key: Key) { member(key).encode(value) }
  func encode(_ value: String, forKey key: Key) { member(key).encode(value) }
  func encode(_ value: Double, forKey key: Key) throws { try member(key).set(value) }
  func encode(_ value: Float, forKey key: Key) throws { try member(key).encode(value) }
  func encode(_ value: Int, forKey key: Key) throws { try member(key).set(value) }
  func encode(_ value: Int8, forKey key: Key) throws { try member(key).set(value) }
  func encode(_ value: Int16, forKey key: Key) throws { try member(key).set(value) }
  func encode(_ value: Int32, forKey key: Key) throws { try member(key).set(value) }
  func encode(_ value: Int64, forKey key: Key) throws { try member(key).set(value) }
  func encode(_ value: UInt, forKey key: Key) throws { try member(key).set(value) }
  func encode(_ value: UInt8, forKey key: Key) throws { try member(key).set(value) }
  func encode(_ value: UInt16, forKey key: Key) throws { try member(key).set(value) }
  func encode(_ value: UInt32, forKey key: Key) throws { try member(key).set(value) }
  func encode(_ value: UInt64, forKey key: Key) throws { try member(key).set(value) }
  func encode(_ value: some Encodable, forKey key: Key) throws { try member(key).encode(value) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { member(key).container(keyedBy: type) }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    member(key).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { place.member("super") }
  func superEncoder(forKey key: Key) -> any Encoder { member(key) }
}

private struct EncodedElements: UnkeyedEncodingContainer {
  let place: EncodedPlace

  var codingPath: [any CodingKey] { place.codingPath }
  var count: Int { place.elementCount }

  func encodeNil() { place.element().encodeNil() }
  func encode(_ value: Bool) { place.element().encode(value) }
  func encode(_ value: String) { place.element().encode(value) }
  func encode(_ value: Double) throws { try place.element().set(value) }
  func encode(_ value: Float) throws { try place.element().encode(value) }
  func encode(_ value: Int) throws { try place.element().set(value) }
  func encode(_ value: Int8) throws { try place.element().set(value) }
  func encode(_ value: Int16) throws { try place.element().set(value) }
  func encode(_ value: Int32) throws { try place.element().set(value) }
  func encode(_ value: Int64) throws { try place.element().set(value) }
  func encode(_ value: UInt) throws { try place.element().set(value) }
  func encode(_ value: UInt8) throws { try place.element().set(value) }
  func encode(_ value: UInt16) throws { try place.element().set(value) }
  func encode(_ value: UInt32) throws { try place.element().set(value) }
  func encode(_ value: UInt64) throws { try place.element().set(value) }
  func encode(_ value: some Encodable) throws { try place.element().encode(value) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) -> KeyedEncodingContainer<Nested> { place.element().container(keyedBy: type) }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    place.element().unkeyedContainer()
  }

  func superEncoder() -> any Encoder { place.element() }
}

import Testing

@testable import StrictJSON

@Suite("JSON values of Codable ones")
struct JSONCodableTests {
  private enum Kind: String, Codable { case line, curve }

  private struct Inner: Codable, Equatable {
    var at: Double
    var count: Int?
  }

  private struct Sample: Codable, Equatable {
    var name: String
    var kind: Kind
    var isOn: Bool
    var numbers: [Double]
    var small: UInt8
    var big: Int64
    var inner: [Inner]
    var table: [String: [Int]]
    var absent: String?
    var nested: [[Float]]
  }

  private let sample = Sample(
    name: "ü \"x\"\n", kind: .curve, isOn: true,
    numbers: [0.1, -0.0, 1e23, .leastNonzeroMagnitude], small: 255,
    big: -(1 << 53), inner: [Inner(at: 1, count: nil), Inner(at: 2, count: 3)],
    table: ["b": [1], "a": []], absent: nil, nested: [[], [0.5]])

  private func value(_ text: String) throws -> JSONValue {
    try JSONValue(parsing: Array(text.utf8))
  }

  /// What is said of a text that is no sample.
  private func complaint<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> (
    path: String, what: String
  ) {
    do {
      _ = try JSONValueDecoder.decode(type, from: value(text))
    } catch let error as DecodingError {
      let context =
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
          .keyNotFound(_, let context), .dataCorrupted(let context):
          context
        @unknown default: fatalError("an unknown error")
        }
      return (
        context.codingPath.map(\.stringValue).joined(separator: "."), context.debugDescription
      )
    }
    Issue.record("\(text) was decoded")
    return ("", "")
  }

  @Test("a value and its text are the same value again")
  func roundTrip() throws {
    let bytes = JSONWriter(sortsKeys: true, isPretty: true)
      .bytes(of: try JSONValueEncoder.encode(sample))
    let read = try JSONValueDecoder.decode(Sample.self, from: JSONValue(parsing: bytes))
    #expect(read == sample)
    #expect(read.numbers.map(\.bitPattern) == sample.numbers.map(\.bitPattern))
  }

  @Test("members stay in the order of the type, and nil is not written")
  func members() throws {
    let encoded = try JSONValueEncoder.encode(sample)
    #expect(
      encoded.members?.map(\.key).filter { $0 != "table" } == [
        "name", "kind", "isOn", "numbers", "small", "big", "inner", "nested",
      ])
    #expect(encoded["inner"] == [["at": 1], ["at": 2, "count": 3]])
    #expect(encoded["kind"] == "curve")
  }

  @Test("of two members with one key the last counts, and null is nil")
  func lastMember() throws {
    let read = try JSONValueDecoder.decode(
      Inner.self, from: value(#"{"at": 1, "count": 5, "at": 2, "count": null}"#))
    #expect(read == Inner(at: 2, count: nil))
  }

  @Test("errors say where and what is needed")
  func errors() throws {
    #expect(
      try complaint([Inner].self, #"[{"at": 1}, {"at": "x"}]"#)
        == ("[1].at", "a number is needed, not a string"))
    #expect(
      try complaint([Inner].self, #"[{"at": 1, "count": 1.5}]"#)
        == ("[0].count", "1.5 is not a whole number within the range of Int"))
    #expect(
      try complaint([UInt8].self, "[256]")
        == ("[0]", "256.0 is not a whole number within the range of UInt8"))
    #expect(try complaint([Inner].self, "[7]") == ("[0]", "an object is needed, not a number"))
    #expect(try complaint(Inner.self, "[]") == ("", "an object is needed, not an array"))
    #expect(try complaint([Double].self, "{}") == ("", "an array is needed, not an object"))
    #expect(try complaint([String].self, "[null]") == ("[0]", "a string is needed, not null"))
    #expect(try complaint([Bool].self, "[0]") == ("[0]", "a truth value is needed, not a number"))
    #expect(try complaint(Inner.self, "{}") == ("", "there is no such member"))
    #expect(try complaint([Kind].self, #"["other"]"#).path == "[0]")
  }

  @Test("numbers that JSON does not have are errors, or words")
  func notFinite() throws {
    let numbers = [1, .nan, .infinity, -Double.infinity]
    #expect(
      try JSONValueEncoder.encode(numbers, notFinite: .words) == [
        1, "nan", "infinity", "-infinity",
      ])
    #expect(throws: EncodingError.self) { try JSONValueEncoder.encode(numbers) }
    #expect(throws: EncodingError.self) { try JSONValueEncoder.encode([Int.max]) }
  }

  @Test("what a type does with nested containers and other types' encoders arrives")
  func containers() throws {
    struct Odd: Codable, Equatable {
      enum Keys: String, CodingKey { case list, object, deep, word }
      var values: [Int]
      init(values: [Int]) { self.values = values }
      init(from decoder: any Decoder) throws {
        let top = try decoder.container(keyedBy: Keys.self)
        var list = try top.nestedUnkeyedContainer(forKey: .list)
        values = [try list.decode(Int.self)]
        #expect(try !list.decodeNil())
        var inner = try list.nestedUnkeyedContainer()
        values.append(try inner.decode(Int.self))
        #expect(inner.isAtEnd && list.currentIndex == 2)
        #expect(try list.decodeNil())
        #expect(throws: DecodingError.self) { try list.decode(Int.self) }
        let object = try top.nestedContainer(keyedBy: Keys.self, forKey: .object)
        values.append(try object.decode(Int.self, forKey: .deep))
        #expect(object.allKeys == [.deep])
        #expect(try String(from: top.superDecoder(forKey: .word)) == "w")
      }
      func encode(to encoder: any Encoder) throws {
        var top = encoder.container(keyedBy: Keys.self)
        var list = top.nestedUnkeyedContainer(forKey: .list)
        try list.encode(values[0])
        var inner = list.nestedUnkeyedContainer()
        try inner.encode(values[1])
        try list.encodeNil()
        #expect(list.count == 3)
        var object = top.nestedContainer(keyedBy: Keys.self, forKey: .object)
        try object.encode(0, forKey: .deep)
        // Once more: the later one counts.
        try object.encode(values[2], forKey: .deep)
        try "w".encode(to: top.superEncoder(forKey: .word))
      }
    }
    let encoded = try JSONValueEncoder.encode(Odd(values: [1, 2, 3]))
    #expect(encoded == ["list": [1, [2], nil], "object": ["deep": 3], "word": "w"])
    #expect(try JSONValueDecoder.decode(Odd.self, from: encoded) == Odd(values: [1, 2, 3]))
  }
}

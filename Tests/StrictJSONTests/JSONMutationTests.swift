import StrictJSON
import Testing

@Suite("JSON with random damage")
struct JSONMutationTests {
  static let sample =
    Array(
      #"{"name":"é😀\u00e9\ud83d\ude00\n","a":[1,-0.5e-7,1e22,[],{}],"t":true,"f":false,"n":null,"#
        .utf8) + Array("\r\n\t \"deep\": [[[{\"x\":[0]}]]], \"long\":12345678901234567890.5}".utf8)

  @Test("damaged texts are refused or read, never half: the check, the reader and the writer agree")
  func damaged() throws {
    // Marsaglia's xorshift64.
    var state: UInt64 = 4711
    func random(_ count: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state >> 33) % count
    }
    let likely = Array("{}[]\",:\\u0123456789eE+-.tfn \n".utf8) + [0, 0x80, 0xC3, 0xED, 0xF0, 0xFF]
    var (read, refused) = (0, 0)
    for _ in 0..<5000 {
      var bytes = Self.sample
      for _ in 0...random(3) {
        let place = random(bytes.count)
        switch random(3) {
        case 0: bytes[place] = likely[random(likely.count)]
        case 1: bytes.remove(at: place)
        default: bytes.insert(likely[random(likely.count)], at: place)
        }
      }
      do throws(JSONError) {
        let value = try JSONValue(parsing: bytes)
        try JSONText.validate(bytes)
        let again = try JSONValue(parsing: JSONWriter(isPretty: true).bytes(of: value))
        #expect(again == value)
        var scanner = JSONLineScanner()
        try scanner.scan(bytes.span, 0..<bytes.count)
        #expect(scanner.fields.count == value.members?.count)
        read += 1
      } catch {
        #expect(throws: error) { try JSONText.validate(bytes) }
        refused += 1
      }
    }
    #expect(read > 300 && refused > 300)
  }

  @Test("a text cut short anywhere is refused")
  func cut() {
    for count in 0..<Self.sample.count {
      #expect(throws: JSONError.self) { try JSONText.validate(Array(Self.sample[..<count])) }
    }
    #expect(throws: Never.self) { try JSONText.validate(Self.sample) }
  }
}

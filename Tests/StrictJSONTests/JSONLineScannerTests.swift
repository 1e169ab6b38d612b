import StrictJSON
import Testing

@Suite("JSON line scanner")
struct JSONLineScannerTests {
  @Test("fields are places in the bytes, with their kinds and numbers")
  func fields() throws {
    let text =
      #"x{ "a" : -1.5e1 , "b\n":"c\"d","t":true, "f":false,"n":null,"o":{"p":[1]},"":""}"# + "\r\n"
    let bytes = Array(text.utf8)
    var scanner = JSONLineScanner()
    try scanner.scan(bytes.span, 1..<bytes.count)

    func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    #expect(scanner.fields.map { part($0.key) } == ["a", #"b\n"#, "t", "f", "n", "o", ""])
    #expect(
      scanner.fields.map { part($0.value) }
        == ["-1.5e1", #"c\"d"#, "true", "false", "null", #"{"p":[1]}"#, ""])
    #expect(
      scanner.fields.map(\.kind)
        == [.number, .string, .bool(true), .bool(false), .null, .nested, .string])
    #expect(scanner.fields[0].number == -15)
    #expect(scanner.fields.map(\.keyIsEscaped) == [false, true, false, false, false, false, false])
    #expect(scanner.fields[1].valueIsEscaped)
    var buffer: [UInt8] = []
    JSONText.unescape(bytes.span, scanner.fields[1].value, to: &buffer)
    #expect(String(decoding: buffer, as: UTF8.self) == "c\"d")
  }

  @Test("an empty object has no fields, also after a line that had some")
  func empty() throws {
    var scanner = JSONLineScanner()
    let bytes = Array("{\"a\":1}{ }".utf8)
    try scanner.scan(bytes.span, 0..<7)
    try scanner.scan(bytes.span, 7..<bytes.count)
    #expect(scanner.fields.isEmpty)
  }

  @Test(
    "what is not one object is an error with the line it was told",
    arguments: [
      ("[1]", "line 7, column 1: found \"[\" where \"{\", the start of an object, was expected"),
      (" ", "line 7, column 2: there is nothing here; a JSON value was expected"),
      ("{\"a\":1", "line 7, column 7: the text ends where a comma or \"}\" was expected"),
      ("{\"a\":1} {", "line 7, column 9: found \"{\" after the end of the JSON value"),
      ("{\"a\":}", "line 7, column 6: found \"}\" where a JSON value was expected"),
      ("{\"a\":1,}", "line 7, column 8: found \"}\" where a key in double quotes was expected"),
    ])
  func errors(text: String, sentence: String) {
    // What lies before and after the line must not matter.
    let bytes = Array(("\"\n" + text + "}1\"").utf8)
    var scanner = JSONLineScanner()
    let found = #expect(throws: JSONError.self) {
      try scanner.scan(bytes.span, 2..<(2 + text.utf8.count), line: 7)
    }
    #expect(found?.description == sentence)
  }
}

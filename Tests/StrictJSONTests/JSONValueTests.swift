import StrictJSON
import Testing

@Suite("JSON values")
struct JSONValueTests {
  func parse(_ text: String, limits: JSONLimits = JSONLimits()) throws -> JSONValue {
    try JSONValue(parsing: Array(text.utf8), limits: limits)
  }

  @Test("an object keeps its members in order, and the last of equal keys counts")
  func order() throws {
    let value = try parse(#"{"b": 1, "a": [true, null], "b": "x"}"#)
    #expect(value == ["b": 1, "a": [true, nil], "b": "x"])
    #expect(value["b"]?.text == "x")
    #expect(value["a"]?.elements?.count == 2)
    #expect(value["c"] == nil)
  }

  @Test("a key that occurs twice is an error where that was asked for")
  func duplicates() throws {
    let limits = JSONLimits(rejectsDuplicateKeys: true)
    let found = #expect(throws: JSONError.self) {
      try parse(#"{"a":1,"b":2,"a":3}"#, limits: limits)
    }
    #expect(found?.problem == .duplicateKey("a"))
    #expect(try parse(#"[{"a":1},{"a":2}]"#, limits: limits).elements?.count == 2)
    // One letter spelled in two ways is two keys.
    #expect(throws: Never.self) { try parse("{\"\u{E9}\":1,\"e\u{301}\":2}", limits: limits) }
  }

  @Test(
    "an error names the line, the column and what would be right",
    arguments: [
      ("", "line 1, column 1: there is nothing here; a JSON value was expected"),
      ("{\n \"a\" 1}", "line 2, column 6: found \"1\" where a colon was expected"),
      ("[1,\n\"ä\" 2]", "line 2, column 5: found \"2\" where a comma or \"]\" was expected"),
      ("[1", "line 1, column 3: the text ends where a comma or \"]\" was expected"),
      ("{\"a\":1,}", "line 1, column 8: found \"}\" where a key in double quotes was expected"),
      ("[tru]", "line 1, column 2: found \"t\" where a JSON value was expected"),
      ("[01]", "line 1, column 2: 01 is not a JSON number; numbers look like 0, -1.5 or 2e10"),
      (
        "[-1e400]",
        "line 1, column 2: the number -1e400 is larger than a double can hold (1.8e308)"
      ),
      ("[1] x", "line 1, column 5: found \"x\" after the end of the JSON value"),
      (
        "[\"a\tb\"]",
        "line 1, column 4: the control character 0x09 stands bare in a string; it must be escaped"
      ),
      (
        #"["\ud800x"]"#,
        "line 1, column 3: half of a surrogate pair stands alone; "
          + "\\uD800 to \\uDBFF must be followed by \\uDC00 to \\uDFFF"
      ),
    ])
  func sentences(text: String, sentence: String) {
    let found = #expect(throws: JSONError.self) { try parse(text) }
    #expect(found?.description == sentence)
  }

  @Test("arrays may be nested as deep as the limit, and not one deeper", arguments: [1, 64, 1000])
  func depth(limit: Int) throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    let limits = JSONLimits(depth: limit)
    #expect(throws: Never.self) { try JSONValue(parsing: nested(limit), limits: limits) }
    let found = #expect(throws: JSONError.self) {
      try JSONValue(parsing: nested(limit + 1), limits: limits)
    }
    #expect(found == JSONError(.tooDeep(limit: limit), line: 1, column: limit + 1))
  }

  @Test("a text longer than the limit is not read")
  func length() {
    #expect(throws: JSONError(.tooLong(bytes: 4, limit: 3), line: 1, column: 1)) {
      try parse("1234", limits: JSONLimits(bytes: 3))
    }
  }

  @Test("escapes stand for what they should")
  func escapes() throws {
    let text = #""\"\\\/\b\f\n\r\t\u00e9\uD83D\ude00\u0000""#
    #expect(try parse(text).text == "\"\\/\u{8}\u{C}\n\r\té😀\0")
  }

  @Test("UTF-8 is checked byte by byte, wherever it stands among eight")
  func encoding() throws {
    let wrong: [[UInt8]] = [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
      [0xE2, 0x82], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
      [0xFF], [0xF0, 0x9F, 0x98],
    ]
    for before in 0..<17 {
      let plain = [UInt8](repeating: 0x61, count: before)
      for bytes in wrong {
        let text = [0x22] + plain + bytes + [0x22]
        #expect(throws: JSONError(.invalidUTF8, line: 1, column: before + 2)) {
          try JSONValue(parsing: text)
        }
      }
      for right in ["é", "€", "😀", "\u{10FFFF}", "\u{7F}", "\u{FFFF}"] {
        let text = String(repeating: "a", count: before) + right
        #expect(try parse("\"\(text)\"").text == text)
      }
    }
  }

  @Test("a byte order mark is skipped, and UTF-16 is named")
  func byteOrderMark() throws {
    #expect(try JSONValue(parsing: [0xEF, 0xBB, 0xBF, 0x31]) == 1)
    #expect(throws: JSONError(.anotherEncoding, line: 1, column: 1)) {
      try JSONValue(parsing: [0xFF, 0xFE, 0x31, 0x00])
    }
    #expect(throws: JSONError(.anotherEncoding, line: 1, column: 1)) {
      try JSONValue(parsing: [0x31, 0x00])
    }
  }

  @Test("only whole numbers that a double holds exactly are integers")
  func integers() {
    #expect(JSONValue.number(9_007_199_254_740_992).integer == 9_007_199_254_740_992)
    #expect(JSONValue.number(1e300).integer == nil)
    #expect(JSONValue.number(1.5).integer == nil)
  }
}

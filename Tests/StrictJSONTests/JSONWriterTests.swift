import StrictJSON
import Testing

@Suite("JSON writer")
struct JSONWriterTests {
  let value: JSONValue = [
    "b": [1, 2.5, -0.0, 1e300, .number(.nan), .number(.infinity)],
    "a": ["ä/\"\\\n\u{1}", true, nil],
    "c": [["x": 1e16], [], [:]],
  ]

  @Test("a compact text has no spaces, whole numbers no point, and no slash an escape")
  func compact() {
    #expect(
      JSONWriter().text(of: value)
        == #"{"b":[1,2.5,-0,1e+300,null,null],"a":["ä/\"\\\n\u0001",true,null],"#
        + #""c":[{"x":1e+16},[],{}]}"#)
  }

  @Test("a pretty text is sorted by the bytes of its keys and keeps rows on a line")
  func pretty() {
    let text = JSONWriter(sortsKeys: true, isPretty: true).text(of: value)
    #expect(
      text == """
        {
          "a": ["ä/\\"\\\\\\n\\u0001", true, null],
          "b": [1, 2.5, -0, 1e+300, null, null],
          "c": [
            {
              "x": 1e+16
            },
            [],
            {}
          ]
        }
        """)
  }

  @Test("sorting keeps equal keys in order, so that the same one counts")
  func equalKeys() throws {
    let text = JSONWriter(sortsKeys: true).text(of: ["b": 0, "a": 1, "a": 2, "B": 3])
    #expect(text == #"{"B":3,"a":1,"a":2,"b":0}"#)
  }

  @Test("whole numbers of any size are written digit by digit")
  func integers() {
    var buffer: [UInt8] = []
    for number in [0, -1, .max, .min, 10] {
      JSONWriter.append(number, to: &buffer)
      buffer.append(0x20)
    }
    #expect(
      String(decoding: buffer, as: UTF8.self)
        == "0 -1 9223372036854775807 -9223372036854775808 10 ")
  }

  @Test("bytes of a string are written as the string is")
  func bytes() {
    var (one, other): ([UInt8], [UInt8]) = ([], [])
    let text = "a\u{7F}\u{1F}é\t\"\\\u{8}\u{C}\r"
    JSONWriter.append(text, to: &one)
    JSONWriter.append(utf8: Array(text.utf8).span, to: &other)
    #expect(one == other)
    #expect(String(decoding: one, as: UTF8.self) == "\"a\u{7F}\\u001fé\\t\\\"\\\\\\b\\f\\r\"")
  }
}

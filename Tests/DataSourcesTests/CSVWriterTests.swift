import DataSources
import Foundation
import Testing

@Suite("CSV writer")
struct CSVWriterTests {
  static func written(
    _ style: CSVWriter.Style = .standard, _ body: (inout CSVWriter) -> Void
  ) -> [UInt8] {
    var writer = CSVWriter(style: style)
    body(&writer)
    return writer.takeBytes()
  }

  static func text(
    _ style: CSVWriter.Style = .standard, _ body: (inout CSVWriter) -> Void
  ) -> String {
    String(decoding: written(style, body), as: UTF8.self)
  }

  @Test(
    "a cell is quoted only where it must be",
    arguments: [
      ("plain", "plain"), ("two words", "two words"), ("a,b", "\"a,b\""), ("a;b", "a;b"),
      ("say \"no\"", "\"say \"\"no\"\"\""), ("two\nlines", "\"two\nlines\""),
      ("two\rlines", "\"two\rlines\""), (" padded", "\" padded\""), ("padded ", "\"padded \""),
      ("Söhne", "Söhne"), ("", ""), ("it's", "it's"), ("\u{FEFF}mark", "\"\u{FEFF}mark\""),
    ])
  func quoting(text: String, cell: String) {
    #expect(Self.text { $0.writeText(text) } == cell)
  }

  @Test("cells are separated and rows ended in the style's way")
  func rows() {
    let body = { (writer: inout CSVWriter) in
      writer.writeText("a;b")
      writer.writeInteger(-7)
      writer.writeMissing()
      writer.writeFlag(true)
      writer.writeFlag(false)
      writer.writeFlag(nil)
      writer.endRow()
      writer.writeNumber(1.5)
      writer.endRow()
    }
    #expect(Self.text(.standard, body) == "a;b,-7,,true,false,\n1.5\n")
    #expect(Self.text(.german, body) == "\"a;b\";-7;;WAHR;FALSCH;\r\n1,5\r\n")
  }

  @Test("a lone empty cell is no empty line")
  func loneEmptyCell() {
    #expect(
      Self.text {
        $0.writeText("only")
        $0.endRow()
        $0.writeMissing()
        $0.endRow()
        $0.writeText("x")
        $0.endRow()
      } == "only\n\"\"\nx\n")
  }

  @Test(
    "text that a spreadsheet would run is made harmless",
    arguments: [
      ("=1+1", "'=1+1"), ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"), ("+1+1", "'+1+1"),
      ("-2+3", "'-2+3"), ("@SUM(1)", "'@SUM(1)"), ("-cmd", "'-cmd"), ("--1", "'--1"),
      ("+49 30 123", "'+49 30 123"), ("-1e", "'-1e"), ("-.", "'-."),
      ("=A1,\"x\"", "\"'=A1,\"\"x\"\"\""), ("\t=1", "\"'\t=1\""), ("\r=1", "\"'\r=1\""),
      ("\u{FF1D}1+1", "'\u{FF1D}1+1"), ("\u{FF0B}1", "'\u{FF0B}1"),
    ])
  func formulas(text: String, cell: String) {
    #expect(Self.text { $0.writeText(text) } == cell)
  }

  @Test(
    "numbers, lone signs and ordinary text stay as they are",
    arguments: [
      "-3.5", "+4", "-1.234,56", "-1e-05", "-.5", "-45%", "-", "+", "3+4", "a=b", "me@home",
      "\u{FF1E}",
    ])
  func notFormulas(text: String) {
    var style = CSVWriter.Style.standard
    style.separator = UInt8(ascii: ";")
    #expect(Self.text(style) { $0.writeText(text) } == text)
  }

  @Test(
    "a text is plain just where its cell has its own bytes, and alone or in others where others are plain",
    arguments: [
      "plain", "", "a", "a,b", "a;b", "12345678,", "1234567,9012345678", "say \"no\"",
      "123456789\n",
      " padded", "padded ", "\u{FEFF}mark", "=1+1", "-3.5", "-", "+49 30 123", "@", "Söhne",
      "\u{FF1D}1+1", "Rechnungswesen und Söhne", "日本",
    ])
  func plainness(text: String) {
    let bytes = Array(text.utf8)
    for style in [CSVWriter.Style.standard, .german] {
      let cell = CSVWriter.cell(bytes.span, style: style)
      #expect(cell == Self.written(style) { $0.writeText(text) })
      let isPlain = CSVWriter.isPlain(bytes.span, style: style)
      // What Windows-1252 lacks stays as it is, but that is not seen at once.
      #expect(isPlain == (cell == bytes) || (!isPlain && style == .german))
      let inside = Array("x".utf8) + bytes + Array("y".utf8)
      #expect(
        CSVWriter.isPlain(inside: bytes.span, style: style)
          == CSVWriter.isPlain(inside.span, style: style))
    }
  }

  @Test("texts of letters and digits are plain however they are cut, and no others are said to be")
  func plainTogether() {
    func arePlain(_ bytes: [UInt8], _ style: CSVWriter.Style) -> Bool {
      CSVWriter.arePlain(bytes.span, style: style)
    }
    func isPlain(_ bytes: [UInt8], _ style: CSVWriter.Style) -> Bool {
      CSVWriter.isPlain(bytes.span, style: style)
    }
    let known = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
    for style in [CSVWriter.Style.standard, .german] {
      for byte in UInt8.min...UInt8.max {
        let texts = Array("L0042x".utf8) + [byte] + Array("Z9".utf8)
        #expect(arePlain(texts, style) == known.contains(byte))
        guard known.contains(byte) else { continue }
        for end in texts.indices {
          for start in 0...end { #expect(isPlain(Array(texts[start...end]), style)) }
        }
      }
      #expect(arePlain([], style))
    }
    var odd = CSVWriter.Style.standard
    odd.separator = UInt8(ascii: "x")
    #expect(!arePlain(Array("L1".utf8), odd))
  }

  @Test("the guard against formulas can be left out")
  func unguarded() {
    var style = CSVWriter.Style.standard
    style.guardsFormulas = false
    #expect(Self.text(style) { $0.writeText("=1+1") } == "=1+1")
  }

  @Test("a decimal comma between commas is quoted")
  func markIsSeparator() {
    var style = CSVWriter.Style.standard
    style.decimalMark = UInt8(ascii: ",")
    #expect(Self.text(style) { $0.writeNumber(0.5, decimals: 2) } == "\"0,50\"")
    #expect(Self.text(style) { $0.writeNumber(2.25) } == "\"2,25\"")
  }

  @Test("Windows-1252 has a byte for each of its characters")
  func windows1252() {
    #expect(
      Self.written(.german) { $0.writeText("gekündigt 5 € \u{2013} \u{201E}Maß\u{201C}") }
        == [UInt8]("gek".utf8) + [0xFC] + [UInt8]("ndigt 5 ".utf8) + [0x80, 0x20, 0x96, 0x20, 0x84]
        + [UInt8]("Ma".utf8) + [0xDF, 0x93])
  }

  @Test(
    "what Windows-1252 would not bring back is UTF-8",
    arguments: ["Łódź", "日本", "Ã¤", "Â°", "\u{81}x", "smile 😀", "É\u{20AC}\u{20AC}"])
  func lossless(text: String) {
    let bytes = Self.written(.german) { $0.writeText(text) }
    // As a reader takes it: UTF-8 where it can be, else Windows-1252.
    let back =
      String(validating: bytes, as: UTF8.self) ?? String(bytes: bytes, encoding: .windowsCP1252)
    #expect(back.map { Array($0.utf8) } == Array(text.utf8))
  }

  @Test("every character of two bytes comes back from a German file")
  func everyCharacter() {
    var wrong: [UInt32] = []
    for value in (0x21...0x17FF).compactMap(Unicode.Scalar.init) where value != "'" {
      let text = "a" + String(value) + "z"
      let bytes = Self.written(.german) { $0.writeText(text) }
      let back =
        String(validating: bytes, as: UTF8.self) ?? String(bytes: bytes, encoding: .windowsCP1252)
      let expected =
        value == "\"" ? "\"a\"\"z\"" : value == ";" ? "\"a;z\"" : text
      // Compared by bytes: strings are also equal where their characters are only equivalent.
      if back.map({ Array($0.utf8) }) != Array(expected.utf8) { wrong.append(value.value) }
    }
    #expect(wrong.isEmpty)
  }

  @Test("the buffer is empty after its bytes were taken")
  func taking() {
    var writer = CSVWriter()
    writer.writeText("one")
    writer.endRow()
    #expect(writer.byteCount == 4)
    #expect(writer.takeBytes() == [UInt8]("one\n".utf8))
    #expect(writer.byteCount == 0)
    writer.writeMissing()
    writer.endRow()
    #expect(writer.takeBytes() == [UInt8]("\"\"\n".utf8))
  }
}

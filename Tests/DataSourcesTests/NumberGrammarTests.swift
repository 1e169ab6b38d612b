import Foundation
import Testing

@testable import DataSources

@Suite("Numbers in cells")
struct NumberGrammarTests {
  /// What a cell is under both marks; nil where it is no number.
  private func read(_ cell: [UInt8]) -> (point: Double?, comma: Double?)? {
    let text = cell + [UInt8](repeating: 0, count: 16)
    let place = text.span.trimmed(Cell(start: 0, end: UInt32(cell.count)))
    guard let reading = NumberGrammar.read(text.span, place) else { return nil }
    return (
      reading.value(.point, of: text.span, place), reading.value(.comma, of: text.span, place)
    )
  }

  private func read(_ cell: String) -> (point: Double?, comma: Double?)? { read(Array(cell.utf8)) }

  @Test(
    "both decimal marks are understood, with thousands, signs, currencies and percent",
    arguments: [
      ("1.234,56", nil, 1234.56), ("1,234.56", 1234.56, nil), ("1 234,56", nil, 1234.56),
      ("1\u{A0}234,56", nil, 1234.56), ("1\u{202F}234,56", nil, 1234.56), ("1'234.50", 1234.5, nil),
      ("1\u{2019}234.50", 1234.5, nil), ("1.234.567", nil, 1_234_567),
      ("1,234,567", 1_234_567, nil),
      ("1.234", 1.234, 1234), ("1,234", 1234, 1.234), ("12.345", 12.345, 12345),
      ("0.123", 0.123, nil),
      ("1234.567", 1234.567, nil), ("1234,567", nil, 1234.567), ("0,5", nil, 0.5), (".5", 0.5, nil),
      ("5.", 5, 5), ("12", 12, 12), ("-12", -12, -12), ("12-", -12, -12), ("+12", 12, 12),
      ("\u{2212}7", -7, -7),
      ("(1,234.00)", -1234, nil), ("(12)", -12, -12), ("45 %", 0.45, 0.45), ("45%", 0.45, 0.45),
      ("4,5 %", nil, 0.045), ("$84,835.00 ", 84835, nil), ("€ 12,50", nil, 12.5),
      ("12,50 €", nil, 12.5),
      ("12.50EUR", 12.5, nil), ("EUR 12", 12, 12), ("CHF 1'200.00", 1200, nil), ("-$5", -5, -5),
      ("$-5", -5, -5),
      ("($5.00)", -5, nil), ("1e3", 1000, 1000), ("1.5E-3", 0.0015, nil), ("1.234e2", 123.4, nil),
      ("£1", 1, 1), (" 7 ", 7, 7), ("1.234.567,8", nil, 1_234_567.8), ("100.000", 100, 100_000),
      ("0", 0, 0), ("0.0", 0, nil),
      ("12345678901234567890", 12_345_678_901_234_567_168, 12_345_678_901_234_567_168),
    ] as [(String, Double?, Double?)])
  func understood(cell: String, point: Double?, comma: Double?) throws {
    let reading = try #require(read(cell))
    #expect(reading.point == point)
    #expect(reading.comma == comma)
  }

  @Test(
    "what is not quite a number is none",
    arguments: [
      "", "-", ".", ",", "abc", "1.2.3", "1,2,3", "12.34.567", "1.2345.678", "1,23,456", "1 23",
      "--5", "-5-", "(5",
      "5)", "(-5)", "5 5%%", "€ 5 €", "EUR", "%", "1e", "e5", "0x10", "1/2", "12:30", "01.High",
      "5EURO", "1_000",
      "1'23", "1.234'5", "+-3", "1 2 3", "٣", "inf", "NaN", "Infinity", "1,234,56", "1.234,567.8",
    ])
  func refused(cell: String) {
    #expect(read(cell) == nil)
  }

  @Test("Windows-1252 blanks and signs are understood")
  func windows1252() throws {
    let euro = try #require(read([0x31, 0xA0, 0x32, 0x33, 0x34, 0x2C, 0x35, 0x20, 0x80]))
    #expect(euro.comma == 1234.5)
    let pound = try #require(read([0xA3, 0x35]))
    #expect(pound.point == 5)
  }

  @Test(
    "identifiers with leading zeros are told from numbers",
    arguments: ["007", "00", "01", "-01", "00.5"])
  func leadingZeros(cell: String) throws {
    let text = Array(cell.utf8) + [UInt8](repeating: 0, count: 16)
    let found = NumberGrammar.read(text.span, Cell(start: 0, end: UInt32(cell.utf8.count)))
    let reading = try #require(found)
    #expect(reading.hasLeadingZero)
  }

  @Test("every number is the double that strtod gives, bit for bit")
  func exact() throws {
    var random = SeededGenerator(seed: 1)
    for round in 0..<60_000 {
      let digits = Int.random(in: 1...24, using: &random)
      var text = String(Int.random(in: 1...9, using: &random))
      for _ in 1..<max(2, digits) { text += String(Int.random(in: 0...9, using: &random)) }
      if round % 3 > 0 {
        let place = Int.random(in: 1...text.count, using: &random)
        text.insert(".", at: text.index(text.startIndex, offsetBy: place))
        if text.hasSuffix(".") { text += "0" }
      }
      if round % 7 == 0 { text += "e\(Int.random(in: -330...300, using: &random))" }
      if round % 2 == 0 { text = "-" + text }
      let expected = strtod(text, nil)
      if let found = read(text)?.point {
        #expect(found.bitPattern == expected.bitPattern, "\(text)")
      } else {
        #expect(expected.isInfinite, "\(text)")
      }
      var evidence: NumberEvidence = []
      let padded = Array(text.utf8) + [UInt8](repeating: 0x39, count: 16)
      if let fast = fastNumber(padded, text.utf8.count, .point, &evidence) {
        #expect(fast.bitPattern == expected.bitPattern, "\(text)")
      }
    }
  }

  @Test("the fast way and the grammar agree on every short text of number characters")
  func fastAgreesWithGrammar() throws {
    let letters = Array("0123.,-901230123".utf8)
    var random = SeededGenerator(seed: 2)
    var understood = 0
    for _ in 0..<100_000 {
      let count = Int.random(in: 1...17, using: &random)
      var cell: [UInt8] = []
      for _ in 0..<count { cell.append(letters[Int.random(in: 0..<letters.count, using: &random)]) }
      let text = cell + [UInt8](repeating: 0x31, count: 16)
      let place = Cell(start: 0, end: UInt32(count))
      for mark in DecimalMark.allCases {
        var evidence: NumberEvidence = []
        guard let fast = fastNumber(text, count, mark, &evidence) else { continue }
        understood += 1
        let found = NumberGrammar.read(text.span, place)
        let reading = try #require(found)
        let slow = reading.value(mark, of: text.span, place)
        let value = try #require(slow)
        #expect(value.bitPattern == fast.bitPattern)
        #expect(!reading.hasLeadingZero)
        #expect(
          NumberEvidence(reading, value: value) == evidence,
          "\(String(decoding: cell, as: UTF8.self))")
      }
    }
    #expect(understood > 10_000)
  }

  @Test("many cells at once are what each is alone")
  func manyCells() {
    var random = SeededGenerator(seed: 3)
    var (read, stops) = (0, 0)
    for _ in 0..<4000 {
      var text: [UInt8] = []
      var cells: [Cell] = []
      let longest = [3, 8, 17].randomElement(using: &random) ?? 8
      for _ in 0..<Int.random(in: 1...40, using: &random) {
        let start = text.count
        let count =
          Int.random(in: 0..<4, using: &random) == 0
          ? 0 : Int.random(in: 1...longest, using: &random)
        for place in 0..<count {
          let letter = Int.random(in: 0..<60, using: &random)
          text.append(
            letter == 0
              ? 0x2E
              : letter == 1 && place == 0
                ? 0x2D
                : letter == 2
                  ? 0x2C
                  : 0x30 + UInt8(letter % 10))
        }
        cells.append(Cell(start: UInt32(start), end: UInt32(text.count)))
        text.append(0x3B)
      }
      text += [UInt8](repeating: 0x31, count: 16)
      for mark in DecimalMark.allCases {
        var values = [Double](repeating: 0, count: cells.count)
        var evidence: NumberEvidence = []
        let end = FastNumber.read(
          text.span, cells.span, from: 0, mark: mark, values: &values, evidence: &evidence)
        var all: NumberEvidence = []
        for (row, cell) in cells.prefix(end).enumerated() where cell.count > 0 {
          let own = Array(text[Int(cell.start)...])
          #expect(
            fastNumber(own, cell.count, mark, &all)?.bitPattern == values[row].bitPattern)
        }
        #expect(values.prefix(end).count { $0.isNaN } == cells.prefix(end).count { $0.count == 0 })
        #expect(evidence == all)
        read += end
        guard end < cells.count else { continue }
        stops += 1
        var none: NumberEvidence = []
        let own = Array(text[Int(cells[end].start)...])
        #expect(fastNumber(own, cells[end].count, mark, &none) == nil)
      }
    }
    #expect(read > 30_000 && stops > 2000)
  }

  /// The number of a text's first bytes.
  private func fastNumber(
    _ text: [UInt8], _ count: Int, _ mark: DecimalMark, _ evidence: inout NumberEvidence
  ) -> Double? {
    var values = [0.0]
    let cells = [Cell(start: 0, end: UInt32(count))]
    let end = FastNumber.read(
      text.span, cells.span, from: 0, mark: mark, values: &values, evidence: &evidence)
    return end == 1 ? values[0] : nil
  }
}

import Foundation
import Testing

@testable import DataSources

@Suite("Dates in cells")
struct DateGrammarTests {
  private func read(_ cell: String) -> DateReading? {
    let text = Array(cell.utf8) + [UInt8](repeating: 0, count: 16)
    return DateGrammar.read(text.span, Cell(start: 0, end: UInt32(cell.utf8.count)))
  }

  @Test(
    "dates are days since 1970 by their order",
    arguments: [
      ("2025-12-31", 20453.0, nil, nil), ("2025/12/31", 20453, nil, nil),
      ("2025.12.31", 20453, nil, nil),
      ("1970-01-01", 0, nil, nil), ("2024-02-29", 19782, nil, nil), ("2025-1-2", 20090, nil, nil),
      ("2025-12-31T12:00:00Z", 20453.5, nil, nil), ("2025-12-31 06:00", 20453.25, nil, nil),
      ("2025-12-31T12:00:00+06:00", 20453.25, nil, nil),
      ("2025-12-31 12:00:00.000-0600", 20453.75, nil, nil),
      ("31.12.2025", nil, 20453, nil), ("1.2.25", nil, 20120, nil), ("31.12.69", nil, -1, nil),
      ("31.12.68", nil, 36159, nil), ("31.12.2025 18:00", nil, 20453.75, nil),
      ("31.12.2025, 18:00:00", nil, 20453.75, nil), ("01/02/2025", nil, 20120, 20090),
      ("9/4/12", nil, 15439, 15587),
      ("6/16/14", nil, nil, 16237), ("16/6/14", nil, 16237, nil), ("12-31-2025", nil, nil, 20453),
      ("12/31/2025 6:00 PM", nil, nil, 20453.75), ("12/31/2025 12:00 am", nil, nil, 20453),
    ] as [(String, Double?, Double?, Double?)])
  func understood(cell: String, year: Double?, day: Double?, month: Double?) throws {
    let reading = try #require(read(cell))
    if let year { #expect(reading.yearFirst == year) }
    #expect(reading.dayFirst == day)
    #expect(reading.monthFirst == month)
  }

  @Test(
    "what is not a day of the calendar is no date",
    arguments: [
      "31.02.2025", "2025-02-29", "2025-13-01", "2025-00-10", "0.1.2025", "32.1.2025", "13/13/2025",
      "1.2.3", "1.2.345",
      "2025-12", "12:30:00", "1.5", "10.1.2.3", "2025-12-31x", "2025-12-31 25:00",
      "2025-12-31 12:60",
      "2025-12-31 13:00 PM", "2025-12-31 ", "2025-12/31", "01.High", "20251231", "1900-02-29", "",
      "2025-12-31 12",
    ])
  func refused(cell: String) {
    #expect(read(cell) == nil)
  }

  @Test("every day of 600 years is Foundation's, and the fast way agrees")
  func calendar() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    let first = try #require(calendar.date(from: DateComponents(year: 1700, month: 1, day: 1)))
    let start = Int(first.timeIntervalSince1970 / 86_400)
    for day in stride(from: start, to: start + 219_000, by: 13) {
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: Double(day) * 86_400))
      let (y, m, d) = (try #require(parts.year), try #require(parts.month), try #require(parts.day))
      #expect(DateGrammar.day(y, m, d) == Double(day))
      let text = Array((String(format: "%04d-%02d-%02d 06:00:00", y, m, d) + "xxxxxxxxxxxx").utf8)
      let dotted = Array((String(format: "%02d.%02d.%04d", d, m, y) + "xxxxxxxxxxxx").utf8)
      #expect(fastDate(text, 10)?.day == Double(day))
      #expect(fastDate(text, 19)?.day == Double(day) + 0.25)
      let found = fastDate(dotted, 10)
      #expect(found?.day == Double(day))
      #expect(found?.evidence == [.plain, .dotted])
    }
  }

  @Test("the fast way refuses what the grammar refuses")
  func fastRefuses() {
    for cell in [
      "2025-02-29", "2025-1a-01", "2025-13-01", "2025-12-3x", "2025-12-31 24:00:01",
      "2025-12-31x12:00:00", "29.02.2025", "31.11.2025", "1.12.20255", "31-12.2025", "00.01.2025",
      "01.00.2025", "31.12.0000", "31.12.20x5",
    ] {
      let text = Array(cell.utf8) + [UInt8](repeating: 0, count: 16)
      #expect(fastDate(text, cell.utf8.count) == nil, "\(cell)")
    }
  }

  @Test("many cells at once are what each is alone")
  func manyCells() {
    var random = SeededGenerator(seed: 4)
    var (read, stops) = (0, 0)
    func two(_ range: ClosedRange<Int>) -> String {
      let number = Int.random(in: range, using: &random)
      return (number < 10 ? "0" : "") + String(number)
    }
    for round in 0..<3000 {
      var text: [UInt8] = []
      var cells: [Cell] = []
      for _ in 0..<Int.random(in: 1...40, using: &random) {
        let start = text.count
        let year = two(0...99) + two(0...99)
        let (month, day) = (two(1...12), two(1...(round % 3 == 0 ? 30 : 28)))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: break
        case 1: text += "\(year)-\(month)-\(day)".utf8
        case 2: text += "\(year)-\(month)-\(day) \(two(0...24)):\(two(0...59)):\(two(0...59))".utf8
        default: text += "\(day).\(month).\(year)".utf8
        }
        if round % 2 == 0, text.count > start, Int.random(in: 0..<60, using: &random) == 0 {
          text[Int.random(in: start..<text.count, using: &random)] = 0x78
        }
        cells.append(Cell(start: UInt32(start), end: UInt32(text.count)))
        text.append(0x3B)
      }
      text += [UInt8](repeating: 0x31, count: 24)
      var values = [Double](repeating: 0, count: cells.count)
      var evidence: DateEvidence = []
      let end = FastDate.read(
        text.span, cells.span, from: 0, values: &values, evidence: &evidence)
      var all: DateEvidence = []
      for (row, cell) in cells.prefix(end).enumerated() {
        guard cell.count > 0 else {
          #expect(values[row].isNaN)
          continue
        }
        let alone = fastDate(
          Array(text[Int(cell.start)...]) + [UInt8](repeating: 0, count: 16), cell.count)
        #expect(alone?.day.bitPattern == values[row].bitPattern)
        if let alone { all.formUnion(alone.evidence) }
      }
      #expect(evidence == all)
      read += end
      guard end < cells.count else { continue }
      stops += 1
      #expect(fastDate(Array(text[Int(cells[end].start)...]), cells[end].count) == nil)
    }
    #expect(read > 20_000 && stops > 500)
  }

  /// The day of a text's first bytes, and what it says of its column.
  private func fastDate(_ text: [UInt8], _ count: Int) -> (day: Double, evidence: DateEvidence)? {
    var values = [0.0]
    var evidence: DateEvidence = []
    let cells = [Cell(start: 0, end: UInt32(count))]
    let end = FastDate.read(
      text.span, cells.span, from: 0, values: &values, evidence: &evidence)
    return end == 1 ? (values[0], evidence) : nil
  }
}

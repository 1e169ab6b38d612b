import Tables
import Testing

@testable import FeatureEncoding

@Suite("Reference days")
struct ReferenceDaysTests {
  private func table(_ created: Column.Values? = nil) throws -> Table {
    try Table(columns: [
      Column(name: "created", values: created ?? .date([100, 200.5, .nan, 300])),
      Column(name: "contacted", values: .date([90, 210.5, 250, .nan])),
    ])
  }

  @Test("dates count in days back from the lead's own date, or from one day")
  func daysBefore() throws {
    let own = try ReferenceDays(.column("created"), in: table())
    #expect(own.daysBefore(90, row: 0) == 10)
    #expect(own.daysBefore(210.5, row: 1) == -10)
    #expect(own.daysBefore(250, row: 2).isNaN)
    #expect(own.daysBefore(.nan, row: 3).isNaN)
    let day = try ReferenceDays(.day(400), in: table())
    #expect((0..<4).map { day.daysBefore(90, row: $0) } == [310, 310, 310, 310])
    #expect(day.daysBefore(.nan, row: 0).isNaN)
  }

  @Test("the reference column itself is constant and is dropped")
  func itself() throws {
    let rows = [0, 1, 3]
    let learned = try FeatureEncoder(
      learning: table(), columns: ["created", "contacted"], rows: rows, weights: [1, 1, 1],
      dateReference: .column("created"))
    #expect(learned.fields.map(\.name) == ["contacted"])
    let onOneDay = try FeatureEncoder(
      learning: table(), columns: ["created", "contacted"], rows: rows, weights: [1, 1, 1],
      dateReference: .day(400))
    #expect(onOneDay.fields.map(\.name) == ["created", "contacted"])
  }

  @Test("all dates moved by the same days, own ones too, give the same design")
  func noCalendarDate() throws {
    let leads = MadeUpLeads(count: 400, seed: 9)
    var later = leads
    later.created = leads.created.map { $0 + 1000 }
    later.contacted = leads.contacted.map { $0 + 1000 }
    let learned = try encoder(
      leads.table(), ["contacted"], dates: .column("created"))
    let before = try learned.encode(leads.table(), rows: Array(0..<400))
    let after = try learned.encode(later.table(), rows: Array(0..<400))
    for j in 0..<before.columnCount {
      let pairs = zip(before.column(j), after.column(j))
      #expect(pairs.allSatisfy { abs($0 - $1) < 1e-9 })
    }
  }

  @Test("a reference column that is not there or holds no dates is an error that names it")
  func errors() throws {
    #expect(throws: EncodingError.missingColumn("start", found: ["created", "contacted"])) {
      try ReferenceDays(.column("start"), in: table())
    }
    let wrong = EncodingError.differentKind(column: "created", expected: "date", found: "numeric")
    #expect(throws: wrong) {
      try ReferenceDays(.column("created"), in: table(.numeric([1, 2, 3, 4])))
    }
  }
}

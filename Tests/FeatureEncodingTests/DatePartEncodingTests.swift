import Tables
import Testing

@testable import FeatureEncoding

@Suite("Parts of dates")
struct DatePartEncodingTests {
  private func day(_ text: String) throws -> Double { try #require(CalendarDay.days(text)) }

  @Test(
    "the month and the day of the week are the calendar's",
    arguments: [
      ("1970-01-01", "January", "Thursday"), ("1969-12-31", "December", "Wednesday"),
      ("2024-02-29", "February", "Thursday"), ("2026-11-25", "November", "Wednesday"),
      ("0001-01-01", "January", "Monday"), ("9999-12-31", "December", "Friday"),
      ("1900-03-04", "March", "Sunday"),
    ])
  func parts(text: String, month: String, weekday: String) throws {
    let number = Int(try day(text))
    let (first, second) = (DatePartEncoding.Part.month, DatePartEncoding.Part.weekday)
    #expect(first.names[first.place(ofDay: number)] == month)
    #expect(second.names[second.place(ofDay: number)] == weekday)
  }

  @Test("values of ten leads are levels in the calendar's order, rarer ones share other")
  func learned() throws {
    let start = try day("2023-01-01")
    var days = (0..<900).map { start + Double($0) + 0.7 }
    // Every February but nine days is gone.
    let february = days.filter { CalendarDay.date(Int($0)).month == 2 }
    days.removeAll { february.dropFirst(9).contains($0) }
    let all = days + [.nan, .nan]
    let encoding = try #require(
      DatePartEncoding(
        column: "seen", part: .month, days: all, weights: all.map { _ in 1 }))
    #expect(encoding.name == "seen (month)")
    #expect(encoding.category.levels.map(\.name).prefix(3) == ["January", "March", "April"])
    #expect(encoding.category.otherLeads == 9 && encoding.category.missingLeads == 2)
    let codes = encoding.codes(of: [start, start + 31, start + 59, .nan])
    #expect(codes == [1, 12, 2, 13])
  }

  @Test("dates of too short a time have no months, and of few days no weekdays")
  func short() throws {
    let start = try day("2023-01-01")
    func learn(_ part: DatePartEncoding.Part, _ count: Int) -> DatePartEncoding? {
      let days = (0..<600).map { start + Double($0 % count) }
      return DatePartEncoding(
        column: "seen", part: part, days: days, weights: days.map { _ in 1 })
    }
    #expect(learn(.month, 600) == nil)
    #expect(learn(.weekday, 600) != nil)
    #expect(learn(.weekday, 50) == nil)
  }
}

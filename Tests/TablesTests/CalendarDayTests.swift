import Foundation
import Tables
import Testing

@Suite("Calendar day")
struct CalendarDayTests {
  @Test(
    "known days have the numbers that Unix time gives them",
    arguments: [
      ("1970-01-01", 0), ("1970-01-02", 1), ("1969-12-31", -1), ("2000-02-29", 11_016),
      ("2000-03-01", 11_017), ("2001-09-09", 11_574), ("2038-01-19", 24_855),
      ("1900-01-01", -25_567), ("2100-03-01", 47_541), ("0000-01-01", -719_528),
      ("9999-12-31", 2_932_896),
    ] as [(String, Double)])
  func knownDays(text: String, days: Double) {
    #expect(CalendarDay.days(text) == days)
    #expect(CalendarDay.text(days) == text)
  }

  @Test("every day from 1900 to 2100 follows the one before, and comes back from its text")
  func allDays() {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var number = -25_567.0
    var differing: [String] = []
    for year in 1900...2100 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      for month in 1...12 {
        for day in 1...(lengths[month - 1] + (isLeap && month == 2 ? 1 : 0)) {
          let text = String(format: "%04d-%02d-%02d", year, month, day)
          if CalendarDay.text(number) != text || CalendarDay.days(text) != number {
            differing.append(text)
          }
          number += 1
        }
      }
    }
    #expect(differing.isEmpty)
    #expect(CalendarDay.text(number) == "2101-01-01")
  }

  @Test("its days are those of another calendar's Gregorian rules, 1600 to 2400")
  func agreesWithFoundation() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for days in stride(from: -135_140.0, through: 157_000, by: 379) {
      let parts = calendar.dateComponents(
        [.year, .month, .day], from: Date(timeIntervalSince1970: days * 86_400))
      let text = String(
        format: "%04d-%02d-%02d", try #require(parts.year), try #require(parts.month),
        try #require(parts.day))
      #expect(CalendarDay.text(days) == text)
    }
  }

  @Test("a date in numbers is the day it came from, in every year from -1000 to 11000")
  func numbers() {
    let wrong = stride(from: -1_084_000, to: 3_300_000, by: 61).filter { number in
      let date = CalendarDay.date(number)
      return CalendarDay.day(year: date.year, month: date.month, day: date.day) != number
    }
    #expect(wrong.isEmpty)
    #expect(CalendarDay.date(CalendarDay.years0To9999.lowerBound) == (0, 1, 1))
    #expect(CalendarDay.date(CalendarDay.years0To9999.upperBound - 1) == (9999, 12, 31))
  }

  @Test("a month has the days that the calendar gives it, and no others")
  func monthLengths() {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    for year in [1900, 2000, 2023, 2024] {
      for (month, length) in zip(1..., lengths) {
        let days = length + (month == 2 && (year == 2000 || year == 2024) ? 1 : 0)
        let known = (-1...40).filter {
          CalendarDay.day(year: year, month: month, day: $0) != nil
        }
        #expect(known == Array(1...days), "\(year)-\(month)")
      }
    }
  }

  @Test(
    "numbers beyond the calendar are no day, without a trap",
    arguments: [
      (2026, 0, 1), (2026, 13, 1), (2026, -1, 1), (2026, .max, 1), (2026, .min, 1),
      (2026, 1, .max), (2026, 1, .min), (.max, 1, 1), (.min, 1, 1), (1_000_001, 1, 1),
    ] as [(Int, Int, Int)])
  func noDates(year: Int, month: Int, day: Int) {
    #expect(CalendarDay.day(year: year, month: month, day: day) == nil)
  }

  @Test(
    "what is no day of the calendar is none",
    arguments: [
      "", "-", "2026", "2026-11", "2026-11-23-01", "2026-11-31", "2025-02-29", "1900-02-29",
      "2100-02-29", "2026-00-10", "2026-13-01", "2026-01-00", "2026-01-32", "26-11-23",
      "02026-11-23", "2026-1-23", "2026-11-3", "2026/11/23", "23-11-2026", "2026-11-23 ",
      " 2026-11-23", "2026-11-23T00:00", "+026-11-23", "2026-+1-23", "-001-01-01", "-0001-01-01",
      "abcd-ef-gh", "2026-11-2\u{0663}", "2026-11-2\u{301}3",
    ])
  func notDays(text: String) { #expect(CalendarDay.days(text) == nil) }

  @Test("the time of day does not change the day, before 1970 or after")
  func timeOfDay() {
    #expect(CalendarDay.text(20_780.999) == "2026-11-23")
    #expect(CalendarDay.text(-0.25) == "1969-12-31")
  }

  @Test("years of other than four digits are written as ISO 8601 extends them")
  func farYears() {
    #expect(CalendarDay.text(2_932_897) == "10000-01-01")
    #expect(CalendarDay.text(-719_529) == "-0001-12-31")
  }

  @Test(
    "a number that is no day is written as that number, without a trap",
    arguments: [.nan, .infinity, -.infinity, 1e300, -1e9] as [Double])
  func noDays(days: Double) { #expect(CalendarDay.text(days) == "day \(days)") }
}

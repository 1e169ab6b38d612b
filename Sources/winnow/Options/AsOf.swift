import ArgumentParser
import Tables

/// The day of scoring.
enum AsOf {
  /// Days since 1970-01-01 of a text as in 2026-11-23; today where there is none.
  static func day(_ text: String?) throws -> Double {
    guard let text else { return Clock.today }
    guard let day = CalendarDay.days(text) else {
      throw ValidationError("--as-of is a day such as 2026-11-23; found \"\(text)\"")
    }
    return day
  }
}

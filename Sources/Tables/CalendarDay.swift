/// Days since 1970-01-01 and their dates, by the proleptic Gregorian calendar.
///
/// Years are counted from March, so that a leap day is the last of its year, and in eras of 400 years,
/// which all have the same days (Howard Hinnant, *chrono-Compatible Low-Level Date Algorithms*).
public enum CalendarDay {
  /// The days of the years 0 to 9999, which four digits can name.
  public static let years0To9999 = -719_528..<2_932_897

  /// The date of a day.
  @inlinable
  public static func date(_ day: Int) -> (year: Int, month: Int, day: Int) {
    let fromMarchOfYear0 = day + 719_468
    let era = (fromMarchOfYear0 >= 0 ? fromMarchOfYear0 : fromMarchOfYear0 - 146_096) / 146_097
    let dayOfEra = fromMarchOfYear0 - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let fromMarch = (5 * dayOfYear + 2) / 153
    let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * fromMarch + 2) / 5 + 1)
  }

  /// The day of a date; nil if the calendar does not have it, or beyond a million years.
  @inlinable @inline(__always)
  public static func day(year: Int, month: Int, day: Int) -> Int? {
    guard year >= -1_000_000, year <= 1_000_000, month >= 1, month <= 12, day >= 1 else {
      return nil
    }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    // From August on it is the even months that have 31 days.
    let length = month == 2 ? (isLeap ? 29 : 28) : 30 | (month ^ (month >> 3)) & 1
    guard day <= length else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

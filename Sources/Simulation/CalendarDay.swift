/// Days since 1970-01-01 as dates of the Gregorian calendar.
enum CalendarDay {
  /// The days of the years 1970 to 9999.
  static let years1970To9999 = 0..<2_932_897

  /// Year, month and day: whole eras of 400 years, then years that begin in March, so that a leap day
  /// is the last day of its year.
  static func date(_ day: Int) -> (year: Int, month: Int, day: Int) {
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
}

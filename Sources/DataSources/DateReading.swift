/// Dates a cell can be read as, in days since 1970-01-01 (UTC) with the time of day as a fraction.
///
/// Understood are year-month-day with `-`, `/` or `.`; day.month.year, where the day is always first; and with `/` or
/// `-` day or month first. A year has four digits or, where it is last, two: 69 to 99 are in the 20th century. A time
/// may follow after a blank or `T`: `hh:mm`, with seconds, a fraction, AM or PM, `Z` or an offset from UTC.
struct DateReading {
  /// The date with the day first, nil where there is none.
  var dayFirst: Double?

  /// The date with the month first, nil where there is none.
  var monthFirst: Double?

  /// The date with the year first, nil where there is none.
  var yearFirst: Double?

  /// Whether the punctuation alone says the order, as in 31.12.2025 and 2025-12-31.
  var isPlain = false

  /// Whether day and month can change places and give another date.
  var isAmbiguous: Bool {
    if let dayFirst, let monthFirst { return dayFirst != monthFirst }
    return false
  }

  /// The date under an order; a date that says its own order is read by that.
  func value(_ order: DateOrder) -> Double? {
    if isPlain { return yearFirst ?? dayFirst }
    switch order {
    case .dayFirst: return dayFirst
    case .monthFirst: return monthFirst
    case .yearFirst: return yearFirst
    }
  }
}

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

/// Reads `DateReading`s.
enum DateGrammar {
  /// The longest text that can be a date.
  private static let longest = 48

  /// What a trimmed cell says as a date, nil if it does not say any.
  static func read(_ text: Span<UInt8>, _ cell: Cell) -> DateReading? {
    guard cell.count >= 6, cell.count <= longest else { return nil }
    var at = Int(cell.start)
    let end = Int(cell.end)
    guard let first = number(text, &at, end), at < end else { return nil }
    let mark = text[at]
    guard mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/") || mark == UInt8(ascii: ".") else {
      return nil
    }
    at += 1
    guard let second = number(text, &at, end), at < end, text[at] == mark else { return nil }
    at += 1
    guard let third = number(text, &at, end), second.digits <= 2 else { return nil }
    guard let time = TimeGrammar.read(text, at, end) else { return nil }
    return reading(first, second, third, isDotted: mark == UInt8(ascii: "."), time: time)
  }

  private typealias Part = (value: Int, digits: Int)

  private static func reading(
    _ first: Part, _ second: Part, _ third: Part, isDotted: Bool, time: Double
  ) -> DateReading? {
    var reading = DateReading()
    if first.digits == 4 {
      guard third.digits <= 2 else { return nil }
      reading.yearFirst = day(first.value, second.value, third.value).map { $0 + time }
      reading.isPlain = true
      return reading.yearFirst == nil ? nil : reading
    }
    guard first.digits <= 2, third.digits == 4 || third.digits == 2 else { return nil }
    let year = third.digits == 4 ? third.value : full(third.value)
    reading.dayFirst = day(year, second.value, first.value).map { $0 + time }
    if isDotted {
      reading.isPlain = true
      return reading.dayFirst == nil ? nil : reading
    }
    reading.monthFirst = day(year, first.value, second.value).map { $0 + time }
    if first.digits == 2, third.digits == 2 {
      reading.yearFirst = day(full(first.value), second.value, third.value).map { $0 + time }
    }
    return reading.dayFirst == nil && reading.monthFirst == nil && reading.yearFirst == nil
      ? nil : reading
  }

  /// A year of two digits in full.
  private static func full(_ year: Int) -> Int { year >= 69 ? 1900 + year : 2000 + year }

  /// Up to four digits.
  private static func number(_ text: Span<UInt8>, _ at: inout Int, _ end: Int) -> Part? {
    var value = 0
    let first = at
    while at < end, at - first < 5, text[at] >= 48, text[at] <= 57 {
      value = value * 10 + Int(text[at] - 48)
      at += 1
    }
    return at > first && at - first <= 4 ? (value, at - first) : nil
  }

  private static let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  /// Days since 1970-01-01 in the proleptic Gregorian calendar, nil for a day that is not in it.
  ///
  /// Howard Hinnant, *chrono-compatible low-level date algorithms*, `days_from_civil`.
  @inline(__always)
  static func day(_ year: Int, _ month: Int, _ day: Int) -> Double? {
    guard month >= 1, month <= 12, day >= 1, year >= 1 else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    guard day <= lengths[month - 1] + (isLeap && month == 2 ? 1 : 0) else { return nil }
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Double(era * 146_097 + dayOfEra - 719_468)
  }
}

/// Reads the time of day after a date.
enum TimeGrammar {
  /// A share of a day, 0 where the text ends; nil where what follows is not a time.
  static func read(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Double? {
    var at = start
    if at == end { return 0 }
    if text[at] == UInt8(ascii: ",") { at += 1 }
    guard at < end, text[at] == 32 || text[at] == UInt8(ascii: "T") || text[at] == UInt8(ascii: "t")
    else {
      return nil
    }
    while at < end, text[at] == 32 || text[at] | 0x20 == UInt8(ascii: "t") { at += 1 }
    guard var hour = twoDigits(text, &at, end), take(58, text, &at, end),
      let minute = twoDigits(text, &at, end)
    else { return nil }
    var second = 0.0
    if take(58, text, &at, end) {
      guard let whole = twoDigits(text, &at, end) else { return nil }
      second = Double(whole) + fraction(text, &at, end)
    }
    guard minute < 60, second < 61 else { return nil }
    let beforeBlank = at
    while at < end, text[at] == 32 { at += 1 }
    if at + 1 < end, text[at + 1] | 0x20 == UInt8(ascii: "m") {
      let half = text[at] | 0x20
      guard half == UInt8(ascii: "a") || half == UInt8(ascii: "p"), hour >= 1, hour <= 12 else {
        return nil
      }
      hour = hour % 12 + (half == UInt8(ascii: "p") ? 12 : 0)
      at += 2
    } else if at == end, beforeBlank < end {
      return nil
    }
    guard hour < 24 || (hour == 24 && minute == 0 && second == 0) else { return nil }
    guard let offset = offset(text, &at, end), at == end else { return nil }
    return (Double(hour * 3600 + minute * 60 - offset) + second) / 86_400
  }

  /// Seconds east of UTC: `Z`, `+01:00`, `+0100`, `+01`, or nothing.
  private static func offset(_ text: Span<UInt8>, _ at: inout Int, _ end: Int) -> Int? {
    guard at < end else { return 0 }
    if text[at] | 0x20 == UInt8(ascii: "z") {
      at += 1
      return 0
    }
    let isWest = text[at] == UInt8(ascii: "-")
    guard isWest || text[at] == UInt8(ascii: "+") else { return nil }
    at += 1
    guard let hour = twoDigits(text, &at, end), hour <= 18 else { return nil }
    _ = take(58, text, &at, end)
    var minute = 0
    if at < end {
      guard let some = twoDigits(text, &at, end), some < 60 else { return nil }
      minute = some
    }
    return (isWest ? -1 : 1) * (hour * 3600 + minute * 60)
  }

  /// One or two digits.
  private static func twoDigits(_ text: Span<UInt8>, _ at: inout Int, _ end: Int) -> Int? {
    guard at < end, text[at] >= 48, text[at] <= 57 else { return nil }
    var value = Int(text[at] - 48)
    at += 1
    if at < end, text[at] >= 48, text[at] <= 57 {
      value = value * 10 + Int(text[at] - 48)
      at += 1
    }
    return value
  }

  /// Digits after a point or comma, as a share of a second.
  private static func fraction(_ text: Span<UInt8>, _ at: inout Int, _ end: Int) -> Double {
    guard at + 1 < end, text[at] == 46 || text[at] == 44, text[at + 1] >= 48, text[at + 1] <= 57
    else { return 0 }
    at += 1
    var digits: UInt64 = 0
    var count = 0
    while at < end, text[at] >= 48, text[at] <= 57 {
      if count < 15 {
        digits = digits * 10 + UInt64(text[at] - 48)
        count += 1
      }
      at += 1
    }
    return Decimal.value(digits, exponent: -count)
  }

  private static func take(_ byte: UInt8, _ text: Span<UInt8>, _ at: inout Int, _ end: Int) -> Bool
  {
    guard at < end, text[at] == byte else { return false }
    at += 1
    return true
  }
}

import Tables

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

  /// Days since 1970-01-01, nil for a day that is not in the calendar or before the year 1.
  @inline(__always)
  static func day(_ year: Int, _ month: Int, _ day: Int) -> Double? {
    guard year >= 1 else { return nil }
    return CalendarDay.day(year: year, month: month, day: day).map { Double($0) }
  }
}

import Tables

extension CSVWriter {
  /// Writes a date of days since 1970-01-01, with its time to the millisecond if it is not midnight.
  ///
  /// NaN is an empty cell; a day outside the years 0 to 9999 is written as a number.
  public mutating func writeDate(days: Double) {
    if days.isNaN { return writeMissing() }
    let milliseconds = (days * 86_400_000).rounded()
    guard Self.range.contains(milliseconds) else { return writeNumber(days) }
    // Counted from the year 0, so that what is left of the day is not below 0.
    let total = Int(milliseconds - Self.range.lowerBound)
    let date = CalendarDay.date(total / 86_400_000 + CalendarDay.years0To9999.lowerBound)
    beginCell(room: 23)
    if style.dates == .dotted {
      append(digits: UInt64(date.day), width: 2)
      append(UInt8(ascii: "."))
      append(digits: UInt64(date.month), width: 2)
      append(UInt8(ascii: "."))
      append(digits: UInt64(date.year), width: 4)
    } else {
      append(digits: UInt64(date.year), width: 4)
      append(UInt8(ascii: "-"))
      append(digits: UInt64(date.month), width: 2)
      append(UInt8(ascii: "-"))
      append(digits: UInt64(date.day), width: 2)
    }
    let time = UInt64(total % 86_400_000)
    if time == 0 { return }
    append(UInt8(ascii: " "))
    append(digits: time / 3_600_000, width: 2)
    append(UInt8(ascii: ":"))
    append(digits: time / 60_000 % 60, width: 2)
    append(UInt8(ascii: ":"))
    append(digits: time / 1000 % 60, width: 2)
    if time % 1000 == 0 { return }
    append(UInt8(ascii: "."))
    append(digits: time % 1000, width: 3)
  }

  /// The milliseconds of the years 0 to 9999, from 1970-01-01 on.
  private static let range =
    Double(CalendarDay.years0To9999.lowerBound) * 86_400_000..<Double(
      CalendarDay.years0To9999.upperBound) * 86_400_000
}

extension CSVWriter {
  /// Writes a date of days since 1970-01-01, with its time to the millisecond if it is not midnight.
  ///
  /// NaN is an empty cell; a day outside the years 0 to 9999 is written as a number.
  public mutating func writeDate(days: Double) {
    if days.isNaN { return writeMissing() }
    let milliseconds = (days * 86_400_000).rounded()
    guard Self.range.contains(milliseconds) else { return writeNumber(days) }
    let total = Int(milliseconds) - Int(Self.range.lowerBound)
    let date = Self.civil(total / 86_400_000)
    beginCell(room: 23)
    if style.dates == .dotted {
      append(digits: date.day, width: 2)
      append(UInt8(ascii: "."))
      append(digits: date.month, width: 2)
      append(UInt8(ascii: "."))
      append(digits: date.year, width: 4)
    } else {
      append(digits: date.year, width: 4)
      append(UInt8(ascii: "-"))
      append(digits: date.month, width: 2)
      append(UInt8(ascii: "-"))
      append(digits: date.day, width: 2)
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
  private static let range = (-719_528.0 * 86_400_000)..<(2_932_897.0 * 86_400_000)

  /// The date of a day since 0000-01-01 of the Gregorian calendar.
  ///
  /// Days are counted from March of the year -400, so that a leap day is the last of its year.
  private static func civil(_ day: Int) -> (year: UInt64, month: UInt64, day: UInt64) {
    let fromMarch = day + 146_037
    let era = fromMarch / 146_097
    let dayOfEra = fromMarch % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let isNextYear = month >= 10
    let year = era * 400 + yearOfEra - 400 + (isNextYear ? 1 : 0)
    return (
      UInt64(year), UInt64(isNextYear ? month - 9 : month + 3),
      UInt64(dayOfYear - (153 * month + 2) / 5 + 1)
    )
  }
}

extension CalendarDay {
  /// The day as in 2026-11-23.
  ///
  /// Years have four digits or more, and a minus before year 0, as in ISO 8601. What is no day, as NaN
  /// or a number beyond all calendars, comes as the number.
  public static func text(_ days: Double) -> String {
    guard abs(days) < 1e9 else { return "day \(days)" }
    let (year, month, day) = date(Int(days.rounded(.down)))
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// The day of a text as in 2026-11-23, years 0000 to 9999; nil if it is no such day.
  public static func days(_ text: String) -> Double? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      let number = self.day(year: year, month: month, day: day)
    else { return nil }
    // A sign in the place of a digit would have been read as well.
    let days = Double(number)
    return self.text(days) == text ? days : nil
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number.magnitude)
    let zeros = String(repeating: "0", count: max(0, width - digits.count))
    return (number < 0 ? "-" : "") + zeros + digits
  }
}

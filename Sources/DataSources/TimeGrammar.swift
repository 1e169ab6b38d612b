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

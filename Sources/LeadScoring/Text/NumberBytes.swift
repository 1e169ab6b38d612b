import Tables

extension [UInt8] {
  /// Appends a number as `shortest` writes it.
  ///
  /// A number that a few decimals give back is made of whole digits: up to 15 of them are no other
  /// number's, so that with the fewest decimals they are the fewest digits.
  mutating func appendShortest(_ number: Double) {
    let size = abs(number)
    if size < 1e11, size > 0 || number.sign == .plus {
      var scale = 1.0
      for decimals in 0...4 {
        let whole = Self.whole(size * scale)
        if Double(whole) / scale == size {
          if number < 0 { append(UInt8(ascii: "-")) }
          return append(digits: whole, decimals: decimals, mark: UInt8(ascii: "."))
        }
        scale *= 10
      }
    }
    self += shortest(number).utf8
  }

  /// Appends a day as `CalendarDay.text` writes it.
  mutating func appendDay(_ days: Double) {
    let day = days.rounded(.down)
    guard day >= -719_528, day < 2_932_897 else {
      self += CalendarDay.text(days).utf8
      return
    }
    let date = CalendarDay.date(Int(day))
    append(digits: UInt64(date.year), width: 4)
    append(UInt8(ascii: "-"))
    append(digits: UInt64(date.month), width: 2)
    append(UInt8(ascii: "-"))
    append(digits: UInt64(date.day), width: 2)
  }

  /// Appends a number with its sign and two decimals, as `+0.82`.
  mutating func appendSignedHundredths(_ number: Double, decimalMark: UInt8) {
    let hundredths = Self.whole(Swift.min(abs(number), 1e6) * 100)
    append(number < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    append(digits: hundredths, decimals: 2, mark: decimalMark)
  }

  /// A number from 0 to 2^53 rounded to a whole one, halves upwards, without a call of the C library.
  private static func whole(_ number: Double) -> UInt64 {
    let below = UInt64(number)
    return number - Double(below) >= 0.5 ? below + 1 : below
  }

  /// Appends `number / 10^decimals`.
  private mutating func append(digits number: UInt64, decimals: Int, mark: UInt8) {
    if decimals == 0 { return append(digits: number, width: 1) }
    var scale: UInt64 = 10
    for _ in 1..<decimals { scale *= 10 }
    append(digits: number / scale, width: 1)
    append(mark)
    append(digits: number % scale, width: decimals)
  }

  /// Appends the digits of a number, padded with zeros to `width` of at most 8.
  private mutating func append(digits number: UInt64, width: Int) {
    var (rest, width) = (number, width)
    if number >= 100_000_000 {
      append(digits: number / 100_000_000, width: 1)
      (rest, width) = (number % 100_000_000, 8)
    }
    // The last digit goes in first and ends in the highest byte.
    var word: UInt64 = 0
    var length = 0
    repeat {
      word = word << 8 | (48 + rest % 10)
      rest /= 10
      length += 1
    } while rest > 0 || length < width
    for _ in 0..<length {
      append(UInt8(truncatingIfNeeded: word))
      word >>= 8
    }
  }
}

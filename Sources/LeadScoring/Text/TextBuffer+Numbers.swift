import Tables

extension TextBuffer {
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
          return append(
            digits: UInt64(bitPattern: Int64(whole)), decimals: decimals, mark: UInt8(ascii: "."))
        }
        scale *= 10
      }
    }
    append(shortest(number))
  }

  /// Appends a day as `CalendarDay.text` writes it.
  mutating func appendDay(_ days: Double) {
    let day = days.rounded(.down)
    guard day >= -719_528, day < 2_932_897 else { return append(CalendarDay.text(days)) }
    let date = CalendarDay.date(Int(day))
    append(digits: UInt64(date.year), width: 4)
    append(UInt8(ascii: "-"))
    append(digits: UInt64(date.month), width: 2)
    append(UInt8(ascii: "-"))
    append(digits: UInt64(date.day), width: 2)
  }

  /// Appends a number with its sign and two decimals, in brackets after a blank: ` (+0.82)`.
  @inline(__always)
  mutating func appendShare(_ number: Double, decimalMark: UInt8) {
    let hundredths = UInt64(bitPattern: Int64(Self.whole(min(abs(number), 1e6) * 100)))
    let sign = number < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+")
    let start = UInt64(sign) << 16 | UInt64(UInt8(ascii: "(")) << 8 | UInt64(UInt8(ascii: " "))
    guard hundredths < 1000 else {
      append(word: start, length: 3)
      append(digits: hundredths, decimals: 2, mark: decimalMark)
      return append(UInt8(ascii: ")"))
    }
    // Most have eight bytes.
    let digits =
      (48 + hundredths / 100) | UInt64(decimalMark) << 8 | (48 + hundredths / 10 % 10) << 16
      | (48 + hundredths % 10) << 24
    append(word: start | digits << 24 | UInt64(UInt8(ascii: ")")) << 56, length: 8)
  }

  /// Appends a number from 0 to 1 with six decimals, rounded once and correctly, halves to even.
  @inline(__always)
  mutating func appendMillionths(_ number: Double, decimalMark: UInt8) {
    let millionths = Self.millionths(number)
    append(word: UInt64(decimalMark) << 8 | (48 + millionths / 1_000_000), length: 2)
    append(word: Self.eightDigits(millionths % 1_000_000) >> 16, length: 6)
  }

  /// `number * 10^6`, rounded to a whole number, halves to even, for `0 <= number <= 1`.
  @inline(__always)
  private static func millionths(_ number: Double) -> UInt64 {
    let product = number * 1e6
    // With a sign: of numbers without one the processor makes doubles in several steps.
    let below = Int64(product)
    let part = product - Double(below)
    // The product is off by less than its last digit, so only next to a half can that matter.
    if abs(part - 0.5) > 0x1p-30 { return UInt64(bitPattern: part < 0.5 ? below : below &+ 1) }
    let isAbove = (0.5 + Double(below)).addingProduct(-number, 1e6)
    let isRoundedUp = isAbove < 0 || isAbove == 0 && below % 2 == 1
    return UInt64(bitPattern: isRoundedUp ? below &+ 1 : below)
  }

  /// A number from 0 to 2^53 rounded to a whole one, halves upwards, without a call of the C library.
  @inline(__always)
  static func whole(_ number: Double) -> Int {
    let below = Int(number)
    return number - Double(below) >= 0.5 ? below &+ 1 : below
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
  @inline(__always)
  mutating func append(digits number: UInt64, width: Int) {
    var (rest, width) = (number, width)
    if number >= 100_000_000 {
      appendAbove(number / 100_000_000)
      (rest, width) = (number % 100_000_000, 8)
    }
    // Of eight digits those that are wanted are the last.
    let digits = Self.eightDigits(rest)
    let zeros = (digits & 0x0F0F_0F0F_0F0F_0F0F).trailingZeroBitCount / 8
    let length = max(8 - zeros, width)
    append(word: digits >> UInt64(truncatingIfNeeded: 64 - 8 * length), length: length)
  }

  @inline(never)
  private mutating func appendAbove(_ number: UInt64) { append(digits: number, width: 1) }

  /// The digits of a number below 10^8, the first one in the lowest byte.
  ///
  /// Two halves of four digits, those of two, and those of one are parted side by side in one word.
  @inline(__always)
  private static func eightDigits(_ number: UInt64) -> UInt64 {
    let high = number / 10_000
    let fours = high | (number &- high &* 10_000) << 32
    let hundreds = ((fours &* 5243) >> 19) & 0x0000_007F_0000_007F
    let twos = hundreds | (fours &- hundreds &* 100) << 16
    let tens = ((twos &* 103) >> 10) & 0x000F_000F_000F_000F
    return (tens | (twos &- tens &* 10) << 8) | 0x3030_3030_3030_3030
  }
}

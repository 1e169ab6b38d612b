import Tables

/// Bytes of a text that is written again and again, in room that is kept.
struct TextBuffer {
  private var room = [UInt8](repeating: 0, count: 256)
  private var count = 0

  /// The bytes written since the buffer was emptied.
  var bytes: ArraySlice<UInt8> { room[..<count] }

  /// Empties the buffer.
  mutating func removeAll() { count = 0 }

  private mutating func reserve(_ more: Int) {
    if room.count - count < more {
      room += [UInt8](repeating: 0, count: max(room.count, more))
    }
  }

  /// Appends a text of some texts, without its first `skipped` bytes.
  mutating func append(_ texts: borrowing Texts, _ row: Int, skipping skipped: Int = 0) {
    let start = (row == 0 ? 0 : texts.ends[row - 1]) + skipped
    append(texts.bytes.span.extracting(start..<texts.ends[row]))
  }

  /// Appends bytes.
  mutating func append(_ text: Span<UInt8>) {
    reserve(text.count)
    let start = count
    unsafe text.withUnsafeBytes { text in
      unsafe room.withUnsafeMutableBytes { room in
        let part = unsafe UnsafeMutableRawBufferPointer(rebasing: room[start..<start + text.count])
        unsafe part.copyMemory(from: text)
      }
    }
    count += text.count
  }

  /// Appends a text.
  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { unsafe append($0.span) }
  }

  /// Appends a byte.
  mutating func append(_ byte: UInt8) { append(word: UInt64(byte), length: 1) }

  /// Appends up to eight bytes, the first lowest.
  private mutating func append(word: UInt64, length: Int) {
    reserve(8)
    let start = count
    unsafe room.withUnsafeMutableBytes {
      unsafe $0.storeBytes(of: word.littleEndian, toByteOffset: start, as: UInt64.self)
    }
    count += length
  }
}

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
          return append(digits: whole, decimals: decimals, mark: UInt8(ascii: "."))
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
  mutating func appendShare(_ number: Double, decimalMark: UInt8) {
    let hundredths = Self.whole(min(abs(number), 1e6) * 100)
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
    append(word: word, length: length)
  }
}

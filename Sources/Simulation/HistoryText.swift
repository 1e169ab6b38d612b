import Tables

/// Bytes of a history's file, in a buffer whose room is made once a row.
struct HistoryText {
  private(set) var bytes: [UInt8]
  private(set) var count = 0

  /// Creates an empty text with room for `capacity` bytes.
  init(capacity: Int) { bytes = Array(repeating: 0, count: capacity) }

  /// Makes room for `more` bytes.
  mutating func reserve(_ more: Int) {
    if bytes.count - count < more {
      bytes += [UInt8](repeating: 0, count: max(bytes.count, more))
    }
  }

  /// The bytes written.
  consuming func finished() -> [UInt8] {
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  mutating func append(_ byte: UInt8) {
    bytes[count] = byte
    count += 1
  }

  mutating func append(_ text: [UInt8]) {
    let start = count
    var room = bytes.mutableSpan
    for index in 0..<text.count { room[start + index] = text[index] }
    count = start + text.count
  }

  /// A whole number not below 0, padded with zeros to `width` digits; `group` parts thousands.
  mutating func append(_ number: Int, width: Int = 1, group: UInt8? = nil) {
    var digits = 1
    var bound = 10
    while digits < 19, digits < width || number >= bound {
      digits += 1
      bound = bound &* 10
    }
    var end = count + digits + (group == nil ? 0 : (digits - 1) / 3)
    count = end
    var rest = number
    var room = bytes.mutableSpan
    for position in 0..<digits {
      if let group, position > 0, position % 3 == 0 {
        end -= 1
        room[end] = group
      }
      end -= 1
      room[end] = UInt8(truncatingIfNeeded: 48 + rest % 10)
      rest /= 10
    }
  }

  /// A date, `2024-05-01` or, with points, `01.05.2024`.
  mutating func appendDate(_ day: Int, dotted: Bool) {
    let date = CalendarDay.date(day)
    if dotted {
      append(date.day, width: 2)
      append(UInt8(ascii: "."))
      append(date.month, width: 2)
      append(UInt8(ascii: "."))
      append(date.year, width: 4)
    } else {
      append(date.year, width: 4)
      append(UInt8(ascii: "-"))
      append(date.month, width: 2)
      append(UInt8(ascii: "-"))
      append(date.day, width: 2)
    }
  }
}

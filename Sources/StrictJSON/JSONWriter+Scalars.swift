extension JSONWriter {
  /// Appends a number: the shortest digits that read back as the same double, or null.
  public static func append(_ number: Double, to buffer: inout [UInt8]) {
    guard number.isFinite else {
      buffer.append(contentsOf: "null".utf8)
      return
    }
    if number == number.rounded(.towardZero), abs(number) < 0x1p53,
      number != 0 || number.sign == .plus
    {
      append(Int(number), to: &buffer)
      return
    }
    buffer.append(contentsOf: number.description.utf8)
    if buffer[buffer.count - 1] == 0x30, buffer[buffer.count - 2] == 0x2E { buffer.removeLast(2) }
  }

  /// Appends a whole number.
  public static func append(_ number: Int, to buffer: inout [UInt8]) {
    var rest = number.magnitude
    var digits = InlineArray<20, UInt8>(repeating: 0x30)
    var first = 20
    repeat {
      first -= 1
      digits[first] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    if number < 0 { buffer.append(0x2D) }
    for index in first..<20 { buffer.append(digits[index]) }
  }

  /// Appends a string in its quotes.
  public static func append(_ text: String, to buffer: inout [UInt8]) {
    buffer.append(0x22)
    for byte in text.utf8 { appendEscaped(byte, to: &buffer) }
    buffer.append(0x22)
  }

  /// Appends a string, given as bytes that are UTF-8, in its quotes.
  public static func append(utf8 bytes: Span<UInt8>, to buffer: inout [UInt8]) {
    buffer.append(0x22)
    for index in bytes.indices { appendEscaped(bytes[index], to: &buffer) }
    buffer.append(0x22)
  }

  private static func appendEscaped(_ byte: UInt8, to buffer: inout [UInt8]) {
    if byte >= 0x20, byte != 0x22, byte != 0x5C {
      buffer.append(byte)
      return
    }
    buffer.append(0x5C)
    switch byte {
    case 0x22, 0x5C: buffer.append(byte)
    case 0x08: buffer.append(0x62)
    case 0x09: buffer.append(0x74)
    case 0x0A: buffer.append(0x6E)
    case 0x0C: buffer.append(0x66)
    case 0x0D: buffer.append(0x72)
    default:
      buffer.append(contentsOf: "u00".utf8)
      for digit in [byte >> 4, byte & 15] {
        buffer.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
    }
  }
}

extension JSONCursor {
  /// Reads the number that starts here, correctly rounded.
  ///
  /// Up to 15 or so digits and a power of ten up to 22 are exact in one operation (Clinger, *How to
  /// read floating point numbers accurately*, 1990); the standard library reads the others.
  mutating func number(_ bytes: Span<UInt8>) throws(JSONError) -> Double {
    let first = position
    let isNegative = take(0x2D, bytes)
    var mantissa: UInt64 = 0
    var digits = 0

    let integerStart = position
    readDigits(bytes, &mantissa, &digits)
    let integerDigits = position - integerStart
    guard integerDigits == 1 || (integerDigits > 1 && bytes[integerStart] != 0x30) else {
      throw invalidNumber(from: first, bytes)
    }
    var exponent = 0
    if take(0x2E, bytes) {
      let fractionStart = position
      readDigits(bytes, &mantissa, &digits)
      guard position > fractionStart else { throw invalidNumber(from: first, bytes) }
      exponent = fractionStart - position
    }
    if take(0x65, bytes) || take(0x45, bytes) {
      exponent += try power(bytes, first: first)
    }
    if digits <= 18, mantissa <= 1 << 53 {
      if mantissa == 0 { return isNegative ? -0.0 : 0 }
      if abs(exponent) <= 22 {
        let power = powersOfTen[abs(exponent)]
        let value = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
        return isNegative ? -value : value
      }
    }
    return try longNumber(first..<position, bytes)
  }

  /// Steps over digits; those that count are added to the mantissa while they fit.
  private mutating func readDigits(
    _ bytes: Span<UInt8>, _ mantissa: inout UInt64, _ digits: inout Int
  ) {
    while position < end {
      let digit = bytes[position] &- 0x30
      guard digit <= 9 else { return }
      if digits < 18 { mantissa = mantissa &* 10 &+ UInt64(digit) }
      if mantissa > 0 { digits += 1 }
      position += 1
    }
  }

  /// Reads the power after an `e`; anything above 99,999 is as good as that.
  private mutating func power(_ bytes: Span<UInt8>, first: Int) throws(JSONError) -> Int {
    let isNegative = take(0x2D, bytes)
    if !isNegative { _ = take(0x2B, bytes) }
    let start = position
    var power = 0
    while position < end, case let digit = bytes[position] &- 0x30, digit <= 9 {
      power = min(99_999, power * 10 + Int(digit))
      position += 1
    }
    guard position > start else { throw invalidNumber(from: first, bytes) }
    return isNegative ? -power : power
  }

  /// Reads a number with many digits or a large power, whose grammar has been checked.
  private func longNumber(
    _ range: Range<Int>, _ bytes: Span<UInt8>
  ) throws(JSONError) -> Double {
    let text = JSONText.string(bytes, range)
    guard let value = Double(text), value.isFinite else {
      throw error(.numberTooLarge(shortened(text)), bytes, at: range.lowerBound)
    }
    return value
  }

  private func invalidNumber(from first: Int, _ bytes: Span<UInt8>) -> JSONError {
    var last = position
    while last < end, case let byte = bytes[last], byte > 0x20, byte < 0x7F, byte != 0x2C,
      byte != 0x5D, byte != 0x7D
    {
      last += 1
    }
    return error(
      .invalidNumber(shortened(JSONText.string(bytes, first..<last))), bytes, at: first)
  }

  private func shortened(_ text: String) -> String {
    text.utf8.count <= 40 ? text : String(text.prefix(40)) + "..."
  }
}

/// 10^0 to 10^22, all exact.
private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]

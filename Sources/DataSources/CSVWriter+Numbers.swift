extension CSVWriter {
  /// Writes a number in the fewest digits that read back as the same number; NaN is an empty cell.
  public mutating func writeNumber(_ number: Double) {
    if number.isNaN { return writeMissing() }
    let isWhole = abs(number) < 0x1p53 && number == number.rounded(.towardZero)
    if isWhole, number != 0 || number.sign == .plus { return writeInteger(Int(number)) }
    if isWhole {
      beginCell(room: 2)
      return append("-0")
    }
    var text = number.description[...]
    if text.hasSuffix(".0") { text.removeLast(2) }
    writeDecimal(room: text.utf8.count) { writer in
      for byte in text.utf8 {
        writer.append(byte == UInt8(ascii: ".") ? writer.style.decimalMark : byte)
      }
    }
  }

  /// Writes a number with `decimals` digits behind the mark (0 to 18); NaN is an empty cell.
  ///
  /// The number is rounded once and correctly, halves to even, and zero has no sign: so what is from
  /// 0 to 1 is written as 0 to 1. From 2^63 on it is written in its shortest form.
  public mutating func writeNumber(_ number: Double, decimals: Int) {
    precondition((0...18).contains(decimals), "0 to 18 decimals; found \(decimals)")
    guard abs(number) < 0x1p63 else { return writeNumber(number) }
    let size = abs(number)
    var whole = UInt64(size)
    var fraction = Self.rounded(size - Double(whole), scale: Self.powersOfTen[decimals])
    // With no decimals the halves go to the even whole number.
    if decimals == 0, fraction == 0, size - Double(whole) == 0.5, whole % 2 == 1 { fraction = 1 }
    if fraction == Self.powersOfTen[decimals] {
      whole += 1
      fraction = 0
    }
    let isNegative = number < 0 && (whole > 0 || fraction > 0)
    writeDecimal(room: 42) { writer in
      if isNegative { writer.append(UInt8(ascii: "-")) }
      writer.append(digits: whole, width: 1)
      guard decimals > 0 else { return }
      writer.append(writer.style.decimalMark)
      writer.append(digits: fraction, width: decimals)
    }
  }

  /// `fraction * scale`, rounded to a whole number, halves to even, for `0 <= fraction < 1`.
  ///
  /// The product of a 53-bit significand and a scale below 2^64 is exact in 128 bits; the power of
  /// two is then shifted out.
  private static func rounded(_ fraction: Double, scale: UInt64) -> UInt64 {
    guard fraction > 0, fraction.isNormal else { return 0 }
    let significand = fraction.significandBitPattern | (1 << 52)
    let shift = 52 - Int(fraction.exponent)
    let (high, low) = significand.multipliedFullWidth(by: scale)
    guard shift < 128 else { return 0 }
    // The product is below 2^shift * scale, so what is left of the shift fits.
    let kept: UInt64
    let isAtLeastHalf: Bool
    let isMoreThanHalf: Bool
    if shift > 64 {
      let down = UInt64(shift - 64)
      kept = high >> down
      isAtLeastHalf = high >> (down - 1) & 1 == 1
      isMoreThanHalf = isAtLeastHalf && (high & ((1 << (down - 1)) - 1) != 0 || low != 0)
    } else if shift == 64 {
      kept = high
      isAtLeastHalf = low >> 63 == 1
      isMoreThanHalf = isAtLeastHalf && low << 1 != 0
    } else {
      kept = high << UInt64(64 - shift) | low >> UInt64(shift)
      isAtLeastHalf = low >> UInt64(shift - 1) & 1 == 1
      isMoreThanHalf = isAtLeastHalf && low & ((1 << UInt64(shift - 1)) - 1) != 0
    }
    return isMoreThanHalf || isAtLeastHalf && kept % 2 == 1 ? kept + 1 : kept
  }

  static let powersOfTen: [UInt64] = (0...18).map { power in
    (0..<power).reduce(1) { result, _ in result * 10 }
  }

  /// Writes a cell with a decimal mark, in quotes where the mark separates cells.
  private mutating func writeDecimal(room: Int, _ body: (inout CSVWriter) -> Void) {
    let isQuoted = style.decimalMark == style.separator
    beginCell(room: room + 2)
    if isQuoted { append(Self.quote) }
    body(&self)
    if isQuoted { append(Self.quote) }
  }
}

/// What a cell says as a number: its digits, and how many of them are decimals under each decimal mark.
///
/// Understood are signs before and after (`-5`, `5-`, `+5`), parentheses for negative amounts, thousands in groups of
/// three (`1.234`, `1,234`, `1 234`, `1'234`), a currency sign or code before or after, a percent sign, an exponent.
/// Blanks may be spaces, no-break spaces or narrow no-break spaces, in UTF-8 or Windows-1252.
struct NumberReading {
  /// All digits, without leading zeros, as one integer; meaningless where there are more than 19.
  var digits: UInt64 = 0

  /// Significant digits in all.
  var significant = 0

  /// Digits after the mark if it is a point, nil where that reading is not possible.
  var pointDecimals: Int?

  /// Digits after the mark if it is a comma, nil where that reading is not possible.
  var commaDecimals: Int?

  /// The power of ten after `e`, less 2 for a percent sign.
  var exponent = 0

  var isNegative = false
  var isPercent = false

  /// The number of the currency in `Currency`, 0 for none.
  var currency = 0

  /// Whether the integer part begins with a 0 before another digit, as identifiers do.
  var hasLeadingZero = false

  /// Whether the two decimal marks lead to two different numbers.
  var isAmbiguous: Bool {
    if let pointDecimals, let commaDecimals {
      return pointDecimals != commaDecimals && significant > 0
    }
    return false
  }

  /// The decimals under a mark.
  func decimals(_ mark: DecimalMark) -> Int? { mark == .point ? pointDecimals : commaDecimals }

  /// The number under a mark, nil where it cannot be read so or is too large for a double.
  func value(_ mark: DecimalMark, of text: Span<UInt8>, _ cell: Cell) -> Double? {
    guard let decimals = decimals(mark) else { return nil }
    let size =
      significant <= 19
      ? Decimal.value(digits, exponent: exponent - decimals)
      : Decimal.value(allDigits(of: text, cell), exponent: exponent - decimals)
    guard size.isFinite else { return nil }
    return isNegative ? -size : size
  }

  /// The digits of the number before its exponent.
  private func allDigits(of text: Span<UInt8>, _ cell: Cell) -> [UInt8] {
    var digits: [UInt8] = []
    for index in cell.range {
      let byte = text[index]
      if byte >= 48, byte <= 57 { digits.append(byte) }
      // Letters before the digits are a currency's; after them, an exponent's.
      if byte | 0x20 == 0x65, !digits.isEmpty { break }
    }
    return digits
  }
}

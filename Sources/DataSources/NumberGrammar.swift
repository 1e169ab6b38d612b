/// Reads `NumberReading`s.
struct NumberGrammar {
  private let end: Int
  private var at: Int
  private var reading = NumberReading()
  private var hasSign = false
  private var inParentheses = false

  /// What a trimmed cell says as a number, nil if it does not say any.
  static func read(_ text: Span<UInt8>, _ cell: Cell) -> NumberReading? {
    var grammar = NumberGrammar(at: Int(cell.start), end: Int(cell.end))
    return grammar.readAll(text) ? grammar.reading : nil
  }

  private init(at: Int, end: Int) {
    self.at = at
    self.end = end
  }

  private mutating func readAll(_ text: Span<UInt8>) -> Bool {
    guard readAffixes(text, isPrefix: true) else { return false }
    guard readDigits(text) else { return false }
    readExponent(text)
    guard readAffixes(text, isPrefix: false) else { return false }
    return at == end && !inParentheses
  }

  /// Signs, currencies, percent and parentheses before or after the digits; false where one comes twice.
  private mutating func readAffixes(_ text: Span<UInt8>, isPrefix: Bool) -> Bool {
    while at < end {
      let byte = text[at]
      if isPrefix, (byte >= 48 && byte <= 57) || byte == 46 || byte == 44 { return true }
      if let blank = Symbols.blank(text, at, end) {
        at += blank
      } else if let minus = Symbols.minus(text, at, end) {
        guard takeSign(isPrefix: isPrefix) else { return false }
        reading.isNegative = true
        at += minus
      } else if byte == UInt8(ascii: "+"), isPrefix {
        guard takeSign(isPrefix: true) else { return false }
        at += 1
      } else if byte == UInt8(ascii: "("), isPrefix {
        guard takeSign(isPrefix: true) else { return false }
        reading.isNegative = true
        inParentheses = true
        at += 1
      } else if byte == UInt8(ascii: ")"), !isPrefix, inParentheses {
        inParentheses = false
        at += 1
      } else if byte == UInt8(ascii: "%"), !isPrefix, !reading.isPercent {
        reading.isPercent = true
        reading.exponent -= 2
        at += 1
      } else if let (currency, length) = Currency.read(text, at, end), reading.currency == 0 {
        reading.currency = currency
        at += length
      } else {
        return isPrefix ? false : at == end
      }
    }
    return !isPrefix
  }

  private mutating func takeSign(isPrefix: Bool) -> Bool {
    guard !hasSign else { return false }
    hasSign = true
    return true
  }

  /// Digits with marks between groups; false if there is none, or no reading is possible.
  private mutating func readDigits(_ text: Span<UInt8>) -> Bool {
    var groups = DigitGroups()
    while at < end {
      let byte = text[at]
      if byte >= 48, byte <= 57 {
        groups.add(digit: byte - 48)
        if reading.significant > 0 || byte != 48 {
          reading.significant += 1
          if reading.significant <= 19 {
            reading.digits = reading.digits &* 10 &+ UInt64(byte - 48)
          }
        }
        at += 1
      } else if let (mark, length) = Symbols.mark(text, at, end) {
        // A mark other than point and comma stands between digits, or it is a blank after the number.
        if mark.isBlankOrApostrophe {
          guard at + length < end, text[at + length] >= 48, text[at + length] <= 57,
            groups.digits > 0
          else { break }
        }
        groups.add(mark: mark)
        at += length
      } else {
        break
      }
    }
    guard groups.digits > 0 else { return false }
    reading.hasLeadingZero = groups.hasLeadingZero
    reading.pointDecimals = groups.decimals(mark: .point)
    reading.commaDecimals = groups.decimals(mark: .comma)
    return reading.pointDecimals != nil || reading.commaDecimals != nil
  }

  /// `e` and an integer; after thousands there is none.
  private mutating func readExponent(_ text: Span<UInt8>) {
    guard at + 1 < end, text[at] | 0x20 == UInt8(ascii: "e") else { return }
    var index = at + 1
    let isNegative = text[index] == UInt8(ascii: "-")
    if isNegative || text[index] == UInt8(ascii: "+") { index += 1 }
    var exponent = 0
    let first = index
    while index < end, text[index] >= 48, text[index] <= 57 {
      exponent = min(exponent * 10 + Int(text[index] - 48), 1_000_000)
      index += 1
    }
    guard index > first else { return }
    // With an exponent the mark is a decimal one: 1.234e5 has no thousands.
    if reading.isAmbiguous {
      if reading.pointDecimals == 0 {
        reading.pointDecimals = nil
      } else {
        reading.commaDecimals = nil
      }
    }
    reading.exponent += isNegative ? -exponent : exponent
    at = index
  }
}

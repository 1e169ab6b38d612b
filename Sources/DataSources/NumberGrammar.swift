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

/// A character between groups of digits.
enum GroupMark: UInt8 {
  case none, point, comma, space, noBreakSpace, narrowSpace, apostrophe, curlyApostrophe

  var isBlankOrApostrophe: Bool { self != .point && self != .comma }
}

/// The lengths of the groups of digits of a number, as far as they decide how it is read.
private struct DigitGroups {
  var digits = 0
  private var marks = 0
  private var firstLength = 0
  private var currentLength = 0
  private var firstDigit: UInt8 = 0
  private var firstMark = GroupMark.none
  private var lastMark = GroupMark.none
  /// Whether all marks but the last are `firstMark`.
  private var earlierAreAlike = true
  /// Whether all groups between marks have three digits.
  private var middleAreThree = true
  private var points = 0
  private var commas = 0

  var hasLeadingZero: Bool { firstDigit == 0 && (marks == 0 ? currentLength : firstLength) > 1 }

  @inline(__always)
  mutating func add(digit: UInt8) {
    if digits == 0, marks == 0 { firstDigit = digit }
    digits += 1
    currentLength += 1
  }

  mutating func add(mark: GroupMark) {
    if marks == 0 {
      firstLength = currentLength
      firstMark = mark
    } else {
      if currentLength != 3 { middleAreThree = false }
      if lastMark != firstMark { earlierAreAlike = false }
    }
    lastMark = mark
    marks += 1
    currentLength = 0
    if mark == .point { points += 1 }
    if mark == .comma { commas += 1 }
  }

  /// The digits after the decimal mark, if all other marks are thousands.
  func decimals(mark: DecimalMark) -> Int? {
    let decimal = mark == .point ? GroupMark.point : .comma
    let count = mark == .point ? points : commas
    if marks == 0 { return 0 }
    // "5." is 5 in any case.
    if marks == 1, lastMark == .point, currentLength == 0 { return firstLength > 0 ? 0 : nil }
    let beginsGroups = firstLength >= 1 && firstLength <= 3 && firstDigit != 0
    if count == 0 {
      return beginsGroups && middleAreThree && currentLength == 3 && earlierAreAlike
        && lastMark == firstMark
        ? 0 : nil
    }
    guard count == 1, lastMark == decimal, currentLength > 0 else { return nil }
    if marks == 1 { return currentLength }
    return beginsGroups && middleAreThree && earlierAreAlike ? currentLength : nil
  }
}

/// Characters in numbers that are not ASCII, in UTF-8 or Windows-1252.
enum Symbols {
  /// The length of a blank that begins at `at`.
  static func blank(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
    switch text[at] {
    case 32, 9, 0xA0: 1
    case 0xC2: at + 1 < end && text[at + 1] == 0xA0 ? 2 : nil
    case 0xE2:
      at + 2 < end && text[at + 1] == 0x80 && (text[at + 2] == 0xAF || text[at + 2] == 0x89)
        ? 3 : nil
    default: nil
    }
  }

  /// The length of a minus: `-`, or U+2212.
  static func minus(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> Int? {
    if text[at] == UInt8(ascii: "-") { return 1 }
    return at + 2 < end && text[at] == 0xE2 && text[at + 1] == 0x88 && text[at + 2] == 0x92
      ? 3 : nil
  }

  /// A mark between digits.
  @inline(__always)
  static func mark(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> (GroupMark, Int)? {
    switch text[at] {
    case UInt8(ascii: "."): (.point, 1)
    case UInt8(ascii: ","): (.comma, 1)
    case UInt8(ascii: "'"): (.apostrophe, 1)
    case 32: (.space, 1)
    case 0xA0: (.noBreakSpace, 1)
    case 0x92: (.curlyApostrophe, 1)
    case 0xC2: at + 1 < end && text[at + 1] == 0xA0 ? (.noBreakSpace, 2) : nil
    case 0xE2:
      at + 2 < end && text[at + 1] == 0x80
        ? (text[at + 2] == 0xAF || text[at + 2] == 0x89
          ? (.narrowSpace, 3) : text[at + 2] == 0x99 ? (.curlyApostrophe, 3) : nil) : nil
    default: nil
    }
  }
}

/// Currency signs and codes.
enum Currency {
  private static let codes: [[UInt8]] = [
    "EUR", "USD", "CHF", "GBP", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "AUD", "CAD",
    "NZD", "INR", "CNY",
  ].map { Array($0.utf8) }

  /// The signs that stand for a code: their bytes, and the number of the code.
  private static let signs: [([UInt8], Int)] = [
    ([0xE2, 0x82, 0xAC], 1), ([0x80], 1), ([0x24], 2), ([0xC2, 0xA3], 4), ([0xA3], 4),
    ([0xC2, 0xA5], 5), ([0xA5], 5),
    ([0xE2, 0x82, 0xB9], 15),
  ]

  /// The currency that begins at `at`: its number from 1, and its length in bytes.
  static func read(_ text: Span<UInt8>, _ at: Int, _ end: Int) -> (Int, Int)? {
    let byte = text[at]
    if byte == 0x24 || byte >= 0x80 {
      for (bytes, number) in signs where at + bytes.count <= end {
        if bytes.indices.allSatisfy({ text[at + $0] == bytes[$0] }) { return (number, bytes.count) }
      }
      return nil
    }
    guard at + 3 <= end, isLetter(byte) else { return nil }
    // A longer word only begins like a code.
    if at + 3 < end, isLetter(text[at + 3]) { return nil }
    for (number, code) in codes.enumerated() where text[at] & 0xDF == code[0] {
      if text[at + 1] & 0xDF == code[1], text[at + 2] & 0xDF == code[2] { return (number + 1, 3) }
    }
    return nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= 97 && (byte | 0x20) <= 122
  }
}

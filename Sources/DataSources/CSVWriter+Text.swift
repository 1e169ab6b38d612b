import CKernels

extension CSVWriter {
  /// Writes text; an empty one is an empty cell.
  public mutating func writeText(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      unsafe writeText(bytes.span)
    }
  }

  /// Writes the text of UTF-8 bytes.
  public mutating func writeText(_ text: ArraySlice<UInt8>) { writeText(text.span) }

  /// Writes the text of UTF-8 bytes.
  public mutating func writeText(_ text: Span<UInt8>) {
    let needs = Needs(text, separator: style.separator)
    let isGuarded = style.guardsFormulas && needs.mayBeFormula && !Self.isNumber(text)
    if style.encoding == .windows1252, needs.isNotASCII,
      let encoded = Windows1252.bytes(ofUTF8: text)
    {
      write(encoded.span, isQuoted: needs.quotes, isGuarded: isGuarded)
    } else {
      write(text, isQuoted: needs.quotes, isGuarded: isGuarded)
    }
  }

  private mutating func write(_ text: Span<UInt8>, isQuoted: Bool, isGuarded: Bool) {
    beginCell(room: isQuoted ? 2 * text.count + 3 : text.count + 1)
    if isQuoted { append(Self.quote) }
    if isGuarded { append(UInt8(ascii: "'")) }
    if isQuoted {
      for index in text.indices {
        if text[index] == Self.quote { append(Self.quote) }
        append(text[index])
      }
      append(Self.quote)
    } else {
      append(text)
    }
  }

  /// Whether a cell's text is written as it is, byte for byte.
  public static func isPlain(_ text: Span<UInt8>, style: Style) -> Bool {
    let needs = Needs(text, separator: style.separator)
    return !needs.quotes && !(needs.mayBeFormula && style.guardsFormulas && !isNumber(text))
      && !(needs.isNotASCII && style.encoding == .windows1252)
  }

  /// Whether texts of these bytes are plain wherever one ends and the next begins: letters and digits alone.
  ///
  /// Names of leads mostly are, so that one look at many is enough.
  public static func arePlain(_ texts: Span<UInt8>, style: Style) -> Bool {
    guard !isPlain(style.separator) else { return false }
    return unsafe texts.withUnsafeBufferPointer {
      unsafe winnow_are_alphanumeric($0.baseAddress, $0.count) != 0
    }
  }

  /// Whether a byte is a letter or a digit.
  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
  }

  /// Whether text that has other text around it leaves a cell as plain as that is.
  public static func isPlain(inside text: Span<UInt8>, style: Style) -> Bool {
    let needs = Needs(text, separator: style.separator)
    return !needs.hasSpecial && !(needs.isNotASCII && style.encoding == .windows1252)
  }

  /// The bytes of a cell of text.
  public static func cell(_ text: Span<UInt8>, style: Style) -> [UInt8] {
    var writer = CSVWriter(style: style)
    writer.writeText(text)
    return writer.takeBytes()
  }

  /// What a cell needs, found in one pass over its bytes.
  private struct Needs {
    /// Whether there is a separator, a quote or a line end.
    var hasSpecial = false
    var quotes = false
    var isNotASCII = false
    var mayBeFormula = false

    init(_ text: Span<UInt8>, separator: UInt8) {
      guard text.count > 0 else { return }
      // Eight bytes at a time, the last ones from the end; a text shorter than that byte by byte.
      var special: UInt64 = 0
      var union: UInt64 = 0
      var index = 0
      let separators = Self.ones &* UInt64(separator)
      while index < text.count {
        if text.count >= 8 {
          let word = text.word(at: min(index, text.count &- 8))
          special |= Self.zeros(word ^ separators) | Self.zeros(word ^ Self.quotes)
          special |= Self.zeros(word ^ Self.lineFeeds) | Self.zeros(word ^ Self.returns)
          union |= word
          index &+= 8
        } else {
          let byte = text[index]
          if byte == separator || byte == CSVWriter.quote || byte == 0x0A || byte == 0x0D {
            special = 1
          }
          union |= UInt64(byte)
          index &+= 1
        }
      }
      hasSpecial = special != 0
      isNotASCII = union & (Self.ones &* 0x80) != 0
      // Readers trim what is not in quotes, and take a byte order mark off a file.
      let isPadded = text[0] <= 0x20 || text[text.count - 1] <= 0x20
      let startsWithMark =
        text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
      quotes = hasSpecial || isPadded || startsWithMark
      mayBeFormula = Self.startsFormula(text)
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let quotes = ones &* UInt64(CSVWriter.quote)
    private static let lineFeeds = ones &* 0x0A
    private static let returns = ones &* 0x0D

    /// Not 0 just where a byte of a word is 0.
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 {
      (word &- ones) & ~word & (ones &* 0x80)
    }

    /// The first characters at which spreadsheets see a formula or a command, full-width ones too.
    private static func startsFormula(_ text: Span<UInt8>) -> Bool {
      switch text[0] {
      case UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "\t"), UInt8(ascii: "\r"),
        UInt8(ascii: "\n"):
        return true
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        // Alone it stands for a missing value.
        return text.count > 1
      case 0xEF:
        // U+FF0B, U+FF0D, U+FF1D and U+FF20: + - = @ of full width.
        return text.count >= 3
          && (text[1] == 0xBC && [0x8B, 0x8D, 0x9D, 0xA0].contains(text[2]))
      default: return false
      }
    }
  }

  /// Whether text is a number with a sign: digits, points and commas, an exponent, a percent sign.
  private static func isNumber(_ text: Span<UInt8>) -> Bool {
    var index = text[0] == UInt8(ascii: "+") || text[0] == UInt8(ascii: "-") ? 1 : 0
    func isDigit(_ index: Int) -> Bool { index < text.count && (48...57).contains(text[index]) }
    func isMark(_ index: Int) -> Bool {
      index < text.count && (text[index] == UInt8(ascii: ".") || text[index] == UInt8(ascii: ","))
    }
    if isMark(index) { index += 1 }
    guard isDigit(index) else { return false }
    while isDigit(index) || isMark(index) { index += 1 }
    if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < text.count, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") {
        index += 1
      }
      guard isDigit(index) else { return false }
      while isDigit(index) { index += 1 }
    }
    if index < text.count, text[index] == UInt8(ascii: "%") { index += 1 }
    return index == text.count
  }
}

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

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

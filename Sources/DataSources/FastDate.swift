/// Dates written `2025-12-31` or `2025-12-31 23:59:59`, read 8 bytes at a time.
enum FastDate {
  private static let highs: UInt64 = 0xF0F0_F0F0_F0F0_F0F0

  /// The date in a cell, nil where the cell is anything else and `DateGrammar` must look.
  @inline(__always)
  static func read(_ text: Span<UInt8>, _ cell: Cell) -> Double? {
    let start = Int(cell.start)
    let count = cell.count
    guard count == 10 || count == 19 else { return nil }
    let date = text.word(at: start)
    // "yyyy-mm-": hyphens at 4 and 7, made zeros for the check of digits.
    guard date & 0xFF00_00FF_0000_0000 == 0x2D00_002D_0000_0000 else { return nil }
    let digits = date & 0x00FF_FF00_FFFF_FFFF | 0x3000_0030_0000_0000
    guard areDigits(digits) else { return nil }
    let values = digits & 0x0F0F_0F0F_0F0F_0F0F
    let year =
      byte(values, 0) &* 1000 &+ byte(values, 1) &* 100 &+ byte(values, 2) &* 10 &+ byte(values, 3)
    let month = byte(values, 5) &* 10 &+ byte(values, 6)
    let (ten, one) = (Int(text[start + 8]) &- 48, Int(text[start + 9]) &- 48)
    guard ten >= 0, ten <= 9, one >= 0, one <= 9 else { return nil }
    guard let day = DateGrammar.day(year, month, ten &* 10 &+ one) else { return nil }
    if count == 10 { return day }
    // "hh:mm:ss": colons at 2 and 5.
    let time = text.word(at: start + 11)
    guard text[start + 10] == 32, time & 0x0000_FF00_00FF_0000 == 0x0000_3A00_003A_0000 else {
      return nil
    }
    let clock = time & 0xFFFF_00FF_FF00_FFFF | 0x0000_3000_0030_0000
    guard areDigits(clock) else { return nil }
    let parts = clock & 0x0F0F_0F0F_0F0F_0F0F
    let hour = byte(parts, 0) &* 10 &+ byte(parts, 1)
    let minute = byte(parts, 3) &* 10 &+ byte(parts, 4)
    let second = byte(parts, 6) &* 10 &+ byte(parts, 7)
    guard hour < 24, minute < 60, second < 60 else { return nil }
    return day + Double(hour &* 3600 &+ minute &* 60 &+ second) / 86_400
  }

  @inline(__always)
  private static func areDigits(_ word: UInt64) -> Bool {
    (word & highs) | (((word &+ 0x0606_0606_0606_0606) & highs) &>> 4) == 0x3333_3333_3333_3333
  }

  @inline(__always)
  private static func byte(_ word: UInt64, _ index: UInt64) -> Int {
    Int(truncatingIfNeeded: (word &>> (8 &* index)) & 0xFF)
  }
}

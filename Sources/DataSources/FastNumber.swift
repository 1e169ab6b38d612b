/// Numbers of at most 8 characters that are only digits, a minus and one decimal mark, read 8 bytes at a time.
enum FastNumber {
  /// The number in a cell, nil where the cell is anything else and `NumberGrammar` must look.
  ///
  /// - Parameters:
  ///   - mark: The byte of the decimal mark.
  ///   - markOnly: What a number says that is one only with this mark.
  @inline(__always)
  static func read(
    _ text: Span<UInt8>, _ cell: Cell, mark: UInt8, markOnly: NumberEvidence,
    evidence: inout NumberEvidence
  ) -> Double? {
    var start = Int(cell.start)
    var count = cell.count
    guard count > 0, count <= 9 else { return nil }
    let isNegative = text[start] == 0x2D
    if isNegative {
      start &+= 1
      count &-= 1
    }
    guard count > 0, count <= 8 else { return nil }
    let first = text[start]
    let bits = UInt64(truncatingIfNeeded: 8 &* count)
    // The last character in the highest byte, and zeros before the first.
    var word = text.word(at: start) &<< ((64 &- bits) & 63)
    word |= (0x3030_3030_3030_3030 &>> (bits &- 1)) &>> 1
    var decimals = 0
    var kind = NumberEvidence.same
    let different = word ^ (0x0101_0101_0101_0101 &* UInt64(mark))
    let found =
      ~(((different & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F) | different
      | 0x7F7F_7F7F_7F7F_7F7F)
    if found != 0 {
      let place = UInt64(truncatingIfNeeded: found.trailingZeroBitCount) & 0x38
      decimals = 7 &- Int(truncatingIfNeeded: place &>> 3)
      guard found & (found &- 1) == 0, decimals > 0, decimals &+ 1 < count else { return nil }
      let before = word & ((1 &<< place) &- 1)
      word = (word & (~0 &<< (place &+ 8))) | before &<< 8 | 0x30
      kind = decimals == 3 && count <= 7 && first != 0x30 ? .ambiguous : markOnly
    }
    let highs: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
    guard
      (word & highs) | (((word &+ 0x0606_0606_0606_0606) & highs) &>> 4) == 0x3333_3333_3333_3333
    else {
      return nil
    }
    if first == 0x30, count &- (decimals > 0 ? decimals &+ 1 : 0) > 1 { return nil }
    word = ((word & 0x0F0F_0F0F_0F0F_0F0F) &* 2561) &>> 8
    word = ((word & 0x00FF_00FF_00FF_00FF) &* 6_553_601) &>> 16
    word = ((word & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) &>> 32
    let size = Decimal.value(word, exponent: 0 &- decimals)
    let value = isNegative ? -size : size
    if word != 0 { kind.insert(.notPercent) }
    if value != 0, value != 1 { kind.insert(.many) }
    evidence.formUnion(kind)
    return value
  }
}

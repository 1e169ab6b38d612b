/// Hashes of words by 8 bytes at a time.
enum WordHash {
  private static let factors: (UInt64, UInt64) = (0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93)

  /// Hashes at most 16 bytes that are given as two words.
  @inline(__always)
  static func short(_ first: UInt64, _ second: UInt64, count: Int) -> UInt64 {
    finish((first ^ UInt64(truncatingIfNeeded: count)) &* factors.0 ^ second &* factors.1)
  }

  /// The bytes of a short word, by 8; the text must be readable for 8 bytes past the word.
  @inline(__always)
  static func key(_ text: Span<UInt8>, _ start: Int, _ count: Int) -> (UInt64, UInt64) {
    let word = text.word(at: start)
    if count >= 8 { return (word, text.word(at: start &+ count &- 8)) }
    return (word & ((1 &<< UInt64(truncatingIfNeeded: 8 &* count)) &- 1), 0)
  }

  /// Hashes a word of any length; the text must be readable for 8 bytes past it.
  static func hash(_ text: Span<UInt8>, _ start: Int, _ count: Int) -> UInt64 {
    if count <= 16 {
      let (first, second) = key(text, start, count)
      return short(first, second, count: count)
    }
    var hash = UInt64(count) &* factors.0
    var at = start
    let last = start + count - 8
    while at < last {
      hash = (hash ^ text.word(at: at)) &* factors.1
      hash ^= hash >> 29
      at += 8
    }
    return finish((hash ^ text.word(at: last)) &* factors.0)
  }

  @inline(__always)
  private static func finish(_ hash: UInt64) -> UInt64 {
    let mixed = (hash ^ (hash >> 32)) &* factors.1
    return mixed ^ (mixed >> 29)
  }
}

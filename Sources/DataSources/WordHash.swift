import CKernels

/// Hashes of words by 16 bytes at a time: their highest bits depend on all of a word.
enum WordHash {
  /// Hashes a word of any length; the text must be readable for 16 bytes past it.
  static func hash(_ text: Span<UInt8>, _ start: Int, _ count: Int) -> UInt64 {
    unsafe text.withUnsafeBufferPointer { unsafe winnow_word_hash($0.baseAddress, start, count) }
  }

  /// The bits of a hash below the highest ones, which choose one of `slots`, a power of two.
  static func shift(slots: Int) -> Int { (slots - 1).leadingZeroBitCount }
}

import CKernels

/// Hashes of words by 8 bytes at a time.
enum WordHash {
  /// Hashes a word of any length; the text must be readable for 8 bytes past it.
  static func hash(_ text: Span<UInt8>, _ start: Int, _ count: Int) -> UInt64 {
    unsafe text.withUnsafeBufferPointer { unsafe winnow_word_hash($0.baseAddress, start, count) }
  }
}

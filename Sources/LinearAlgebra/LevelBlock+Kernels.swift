import CKernels

extension LevelBlock {
  /// The values that a code may have: one more than there are levels.
  var codeCount: Int { levelCount + 1 }

  /// Writes the codes of some rows to `target`.
  @unsafe func widen(_ rows: Range<Int>, to target: UnsafeMutablePointer<UInt32>) {
    switch storage {
    case .bytes(let codes): unsafe winnow_widen_8(codes, rows.lowerBound, rows.count, target)
    case .shorts(let codes): unsafe winnow_widen_16(codes, rows.lowerBound, rows.count, target)
    case .words(let codes): unsafe winnow_widen_32(codes, rows.lowerBound, rows.count, target)
    }
  }
}

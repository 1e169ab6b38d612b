import CKernels

/// The codes of a tile's rows in two blocks, or in groups of blocks: room that one job uses again for each tile.
@safe struct TileCodes: ~Copyable {
  let first: UnsafeMutablePointer<UInt32>
  let second: UnsafeMutablePointer<UInt32>
  private let spare: UnsafeMutablePointer<UInt32>

  init() {
    unsafe first = .allocate(capacity: RowChunks.tile)
    unsafe second = .allocate(capacity: RowChunks.tile)
    unsafe spare = .allocate(capacity: RowChunks.tile)
  }

  deinit {
    unsafe first.deallocate()
    unsafe second.deallocate()
    unsafe spare.deallocate()
  }

  /// Writes the joint cells of some level blocks, the last block fastest.
  ///
  /// - Parameter target: `first` or `second`.
  @unsafe func join(
    _ group: [Int], of blocks: [DesignBlock], _ tile: Range<Int>,
    to target: UnsafeMutablePointer<UInt32>
  ) {
    for (place, level) in group.enumerated() {
      guard let block = blocks[level].codes else { continue }
      unsafe block.widen(tile, to: place == 0 ? target : spare)
      if place > 0 {
        unsafe winnow_join(target, spare, UInt32(block.codeCount), tile.count, target)
      }
    }
  }
}

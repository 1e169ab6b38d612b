/// Cuts a text into blocks of whole records.
///
/// Not safe for several threads at once: a lock is around it.
final class BlockCutter {
  private let source: TextSource
  private let scanner: RecordScanner
  private let blockBytes: Int
  private let longestRecord: Int

  /// Text that was read but not yet given out.
  private var pending: [UInt8]
  private var hasEnded = false
  private var nextIndex = 0

  /// Creates a cutter.
  ///
  /// - Parameters:
  ///   - head: Text that was read from the source before, and is to be cut first.
  init(source: TextSource, dialect: Dialect, head: [UInt8], blockBytes: Int, maximumCellBytes: Int)
  {
    self.source = source
    scanner = RecordScanner(dialect: dialect)
    self.blockBytes = max(1, blockBytes)
    longestRecord = max(2 * maximumCellBytes, blockBytes)
    pending = head
  }

  /// Puts the next block into `block`; false at the end of the text.
  func next(into block: TextBlock) throws(SourceError) -> Bool {
    var wanted = max(blockBytes, pending.count)
    while true {
      try fill(block, upTo: wanted)
      if block.count == 0 { return false }
      // What cannot be cut within the longest record is cut as if the file ended there.
      let isComplete = hasEnded || block.count >= longestRecord
      scanner.scan(block, isComplete: isComplete)
      if hasEnded { break }
      if let cut = Self.lastLineEnd(block.structure.span, block.bytes.span, before: block.count - 2)
      {
        keepRest(of: block, from: cut)
        break
      }
      if isComplete { break }
      keepRest(of: block, from: 0)
      wanted = wanted * 2
    }
    block.index = nextIndex
    nextIndex += 1
    return true
  }

  /// Puts the pending text and what the source gives into a block.
  private func fill(_ block: TextBlock, upTo size: Int) throws(SourceError) {
    block.reserve(max(size, pending.count))
    block.bytes.replaceSubrange(0..<pending.count, with: pending)
    block.count = pending.count
    pending.removeAll(keepingCapacity: true)
    while block.count < size, !hasEnded {
      let read = try source.read(into: &block.bytes, from: block.count, to: size)
      if read == 0 { hasEnded = true }
      block.count += read
    }
    for index in block.count..<(block.count + TextBlock.padding) { block.bytes[index] = 0 }
  }

  /// Leaves only the first bytes in a block, and the others for the next one.
  private func keepRest(of block: TextBlock, from cut: Int) {
    pending.append(contentsOf: block.bytes[cut..<block.count])
    block.count = cut
    if let first = block.faults.firstIndex(where: { $0.place >= cut }) {
      block.faults.removeLast(block.faults.count - first)
    }
  }

  /// The place after the last line end outside quotes that lies before `limit`.
  private static func lastLineEnd(
    _ structure: Span<UInt64>, _ bytes: Span<UInt8>, before limit: Int
  ) -> Int? {
    guard limit > 0 else { return nil }
    var word = (limit - 1) / 64
    var bits = structure[word] & (limit % 64 == 0 ? ~0 : (1 << UInt64(limit % 64)) - 1)
    while true {
      while bits != 0 {
        let at = word * 64 + 63 - bits.leadingZeroBitCount
        if bytes[at] == 10 || bytes[at] == 13 { return at + 1 }
        bits &= ~(1 << UInt64(at % 64))
      }
      guard word > 0 else { return nil }
      word -= 1
      bits = structure[word]
    }
  }
}

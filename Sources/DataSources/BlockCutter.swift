/// Cuts a text into blocks of whole records.
///
/// Not safe for several threads at once: a lock is around it.
final class BlockCutter {
  private let source: TextSource
  private let scanner: RecordScanner
  private let blockBytes: Int
  private let longestRecord: Int
  private let countsRecords: Bool
  /// The file's digest, where blocks are hashed as they are scanned.
  private let digest: Digest?

  /// Text that was read but not yet given out: what is in `pending` from `pendingStart` on.
  private var pending: [UInt8]
  private var pendingStart = 0
  private var hasEnded = false
  private var nextIndex = 0

  /// Creates a cutter.
  ///
  /// - Parameters:
  ///   - head: Text that was read from the source before, and is to be cut first.
  init(
    source: TextSource, dialect: Dialect, head: [UInt8], blockBytes: Int, maximumCellBytes: Int,
    countsRecords: Bool = false
  ) {
    self.source = source
    scanner = RecordScanner(dialect: dialect)
    self.blockBytes = max(1, blockBytes)
    longestRecord = max(2 * maximumCellBytes, blockBytes)
    pending = head
    self.countsRecords = countsRecords
    digest = source.handOverDigest()
  }

  /// Puts the next block into `block`; false at the end of the text.
  func next(into block: TextBlock) throws(SourceError) -> Bool {
    var wanted = blockBytes
    while true {
      let known = try fill(block, upTo: wanted)
      if block.count == 0 { return false }
      // What cannot be cut within the longest record is cut as if the file ended there.
      let isComplete = isLast || block.count >= longestRecord
      scanner.scan(block, isComplete: isComplete, hashing: digest.map { ($0, from: known) })
      if isLast { break }
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
    block.countsRecords = countsRecords
    nextIndex += 1
    return true
  }

  /// Puts pending text and what the source gives into a block, and says how much of it was pending.
  private func fill(_ block: TextBlock, upTo size: Int) throws(SourceError) -> Int {
    block.reserve(size)
    let taken = min(size, pending.count - pendingStart)
    block.bytes.replaceSubrange(0..<taken, with: pending[pendingStart..<(pendingStart + taken)])
    block.count = taken
    pendingStart += taken
    while block.count < size, !hasEnded {
      let read = try source.read(into: &block.bytes, from: block.count, to: size)
      if read == 0 { hasEnded = true }
      block.count += read
    }
    for index in block.count..<(block.count + TextBlock.padding) { block.bytes[index] = 0 }
    return taken
  }

  /// Whether a block holds all text that is left.
  private var isLast: Bool { hasEnded && pendingStart == pending.count }

  /// Leaves only the first bytes in a block, and the others for the next one.
  private func keepRest(of block: TextBlock, from cut: Int) {
    let rest = block.count - cut
    if pendingStart < pending.count {
      // The block came from the pending text alone.
      pendingStart -= rest
    } else {
      pending.removeAll(keepingCapacity: true)
      pending.append(contentsOf: block.bytes[cut..<block.count])
      pendingStart = 0
    }
    block.cut(to: cut)
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

/// Which rows of a file are in a sample.
struct RowSample: Sendable {
  /// About how many rows it has, and not more but for bad luck.
  let expectedRows: Int

  private let border: UInt64
  private let byPlace: Bool

  init(count: Int, of rows: Int, byPlace: Bool) {
    border = count < rows ? UInt64(Double(count) / Double(rows) * 0x1p64) : .max
    self.byPlace = byPlace
    let mean = Double(min(count, rows))
    expectedRows = min(rows, Int(mean + 5 * mean.squareRoot()))
  }

  /// The rows of a block that are in the sample.
  ///
  /// - Parameter firstRow: The rows of the file before it.
  func rows(of worker: BlockWorker, _ block: TextBlock, firstRow: Int) -> [Int] {
    let index = worker.index
    let (cells, last) = (index.cells, (index.columnCount - 1) * index.stride)
    let bytes = block.bytes
    let text = bytes.span
    return (0..<index.rowCount).filter { row in
      let start = Int(cells[row].start)
      let hash =
        byPlace
        ? UInt64(firstRow + row)
        : WordHash.hash(text, start, max(0, Int(cells[last + row].end) - start))
      return Self.mixed(hash) < border
    }
  }

  /// The finalizer of SplitMix64 (Steele, Lea and Flood 2014): every bit in changes half the bits out.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var bits = value &+ 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

import Tables

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
      return mixedBits(hash) < border
    }
  }
}

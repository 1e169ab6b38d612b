import Parallelism

/// The rows of a matrix in chunks, each summed by itself, so that the sums of all chunks, added in
/// their order, do not depend on how many threads there are.
struct RowChunks {
  /// The rows of a tile: what a job takes at a time, small enough for the cache.
  static let tile = 1024
  /// Bytes that the partial sums of all chunks may take together.
  static let budget = 48 << 20

  let rowCount: Int
  let count: Int

  /// Splits `rowCount` rows into as many chunks as are useful and, at `sums` doubles each, affordable.
  init(rowCount: Int, sums: Int, most: Int = 16) {
    self.rowCount = rowCount
    let affordable = max(1, RowChunks.budget / (8 * max(1, sums)))
    let useful = (rowCount + 8 * RowChunks.tile - 1) / (8 * RowChunks.tile)
    // Sums that are more than the rows of a chunk would cost as much as these.
    let worthwhile = max(4, rowCount / max(1, sums))
    count = min(useful, affordable, worthwhile, most)
  }

  /// The numbers of the chunks.
  var indices: Range<Int> { 0..<count }

  /// The rows of a chunk.
  func rows(_ chunk: Int) -> Range<Int> {
    let tiles = (rowCount + RowChunks.tile - 1) / RowChunks.tile
    let first = tiles * chunk / count * RowChunks.tile
    let last = tiles * (chunk + 1) / count * RowChunks.tile
    return first..<min(last, rowCount)
  }

  /// The sums over all rows: of each chunk by `body`, which adds to zeros, then of the chunks.
  func sum(
    _ sums: Int, _ body: @Sendable (_ rows: Range<Int>, _ sums: AlignedBuffer) -> Void
  ) -> [Double] {
    RowChunks.added(
      Parallel.map(count) { chunk in
        let part = AlignedBuffer(count: sums)
        body(rows(chunk), part)
        return part
      }, count: sums)
  }

  /// The sum of equally long vectors, in their order.
  static func added(_ parts: [AlignedBuffer], count: Int) -> [Double] {
    unsafe filled(count, chunk: 16_384) { range, target in
      unsafe target.initialize(repeating: 0, count: range.count)
      for part in parts {
        let source = unsafe part.base + range.lowerBound
        for i in 0..<range.count { unsafe target[i] += source[i] }
      }
    }
  }

  /// The tiles of a range of rows.
  static func tiles(_ rows: Range<Int>, of size: Int = tile) -> some Sequence<Range<Int>> {
    stride(from: rows.lowerBound, to: rows.upperBound, by: size).lazy.map {
      $0..<min($0 + size, rows.upperBound)
    }
  }
}

/// Where the sums of one table are among those of a chunk.
///
/// A small table of cells is kept four times, for rows in turn: rows of the same cell that follow
/// each other would otherwise wait for each other's sum.
struct SumTable: Sendable {
  /// Where the first sum is.
  let offset: Int
  /// The sums of one copy.
  let width: Int
  /// The sums from one copy to the next; 0 where there is only one.
  let apart: Int

  /// The sums of all copies, and unused ones up to the next cache line.
  var count: Int { ((apart == 0 ? width : 4 * apart) + 7) / 8 * 8 }

  /// A table that is kept once.
  init(at offset: Int, width: Int) {
    self.offset = offset
    self.width = width
    apart = 0
  }

  /// A table of cells.
  init(at offset: Int, cells: Int) {
    self.offset = offset
    width = cells
    apart = cells <= 1024 ? cells : 0
  }

  /// Adds the sums of all copies to the first one.
  func fold(_ sums: AlignedBuffer) {
    guard apart > 0 else { return }
    for i in offset..<offset + width {
      unsafe sums.base[i] =
        (sums.base[i] + sums.base[i + apart])
        + (sums.base[i + 2 * apart] + sums.base[i + 3 * apart])
    }
  }

  /// The sums, with those of all copies added.
  func read(_ sums: [Double]) -> [Double] {
    guard apart > 0 else { return Array(sums[offset..<offset + width]) }
    return (offset..<offset + width).map {
      (sums[$0] + sums[$0 + apart]) + (sums[$0 + 2 * apart] + sums[$0 + 3 * apart])
    }
  }
}

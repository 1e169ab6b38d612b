/// Where the sums of one table are among those of a chunk.
///
/// A small table of cells is kept several times, for rows in turn: rows of the same cell that follow each other would
/// otherwise wait for each other's sum, and of few cells many have the same one.
struct SumTable: Sendable, BitwiseCopyable {
  /// Where the first sum is.
  let offset: Int
  /// The sums of one copy, and from one to the next.
  let width: Int
  /// How many copies there are: 1, 4 or 8.
  let copies: Int

  /// The sums of all copies, and unused ones up to the next cache line.
  var count: Int { (copies * width + 7) / 8 * 8 }

  /// A table that is kept once.
  init(at offset: Int, width: Int) {
    self.offset = offset
    self.width = width
    copies = 1
  }

  /// A table of cells.
  init(at offset: Int, cells: Int) {
    self.offset = offset
    width = cells
    copies = cells <= 64 ? 8 : cells <= 1024 ? 4 : 1
  }

  /// Adds the sums of all copies to the first one.
  func fold(_ sums: AlignedBuffer) {
    guard copies > 1 else { return }
    for i in offset..<offset + width { unsafe sums.base[i] = total { unsafe sums.base[i + $0] } }
  }

  /// The sums, with those of all copies added.
  func read(_ sums: [Double]) -> [Double] {
    guard copies > 1 else { return Array(sums[offset..<offset + width]) }
    return (offset..<offset + width).map { i in total { sums[i + $0] } }
  }

  /// The sum of what copies have, in pairs.
  private func total(_ sum: (_ place: Int) -> Double) -> Double {
    func four(_ first: Int) -> Double {
      (sum(first) + sum(first + width)) + (sum(first + 2 * width) + sum(first + 3 * width))
    }
    return copies == 8 ? four(0) + four(4 * width) : four(0)
  }
}

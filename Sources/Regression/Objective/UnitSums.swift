import LinearAlgebra

/// A few sums of fixed rows each, added up in their order: they do not depend on the number of threads.
struct UnitSums {
  private let width: Int
  private var sums: [Double]

  /// - Parameter width: How many sums there are of each tile.
  init(rows: Int, width: Int) {
    let unit = DesignMatrix.passUnit
    self.width = width
    sums = [Double](repeating: 0, count: width * ((rows + unit - 1) / unit))
  }

  /// Where tiles put their sums.
  struct Target: Sendable {
    fileprivate let rows: DisjointRows
    fileprivate let width: Int

    /// The sums of a tile, which begins at a multiple of `DesignMatrix.passUnit`.
    @unsafe func at(_ tile: Range<Int>) -> UnsafeMutablePointer<Double>? {
      unsafe rows.base.map { unsafe $0 + width * (tile.lowerBound / DesignMatrix.passUnit) }
    }
  }

  mutating func fill<Result>(_ body: (Target) -> Result) -> Result {
    unsafe sums.withUnsafeMutableBufferPointer {
      body(Target(rows: unsafe DisjointRows($0), width: width))
    }
  }

  /// The sums of all rows (`width`).
  var totals: [Double] {
    var totals = [Double](repeating: 0, count: width)
    for place in sums.indices { totals[place % width] += sums[place] }
    return totals
  }
}

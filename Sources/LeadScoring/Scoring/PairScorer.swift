import CKernels
import FeatureEncoding

/// A pair's term made ready for many leads: its share of the logit by the groups of two columns.
struct PairScorer: Sendable {
  /// The places of the pair's columns among those whose groups are found.
  private let first: Int
  private let second: Int

  private let width: Int
  private let table: [Double]

  /// - Parameter axes: The columns whose groups are found; the pair's are added where they are not there.
  init(_ pair: PairTerm, axes: inout [AxisScorer]) {
    func place(_ axis: PairTerm.Axis) -> Int {
      if let place = axes.firstIndex(where: { $0.axis == axis }) { return place }
      axes.append(AxisScorer(axis))
      return axes.count - 1
    }
    first = place(pair.first)
    second = place(pair.second)
    width = pair.second.groups.groupCount
    table = pair.coefficients.map(\.value)
  }

  /// The share of each row, by the groups of all columns that pairs have.
  func shares(_ codes: [[UInt8]]) -> [Double] {
    let count = codes[first].count
    precondition(codes[second].count == count, "columns of a table have as many rows")
    var shares = [Double](repeating: 0, count: count)
    unsafe winnow_pair_shares(codes[first], codes[second], count, width, table, &shares)
    return shares
  }
}

import FeatureEncoding
import Tables

/// A pair's term made ready for many leads: its share of the logit by the groups of two columns.
struct PairScorer: Sendable {
  private let pair: PairTerm
  private let shares: [Double]

  init(_ pair: PairTerm) {
    self.pair = pair
    shares = pair.coefficients.map(\.value)
  }

  /// The share of each row of a table that has the pair's columns.
  func shares(of table: Table, referenceDays: (Int) -> Double) -> [Double] {
    let codes = pair.axes.map { axis -> [UInt8] in
      guard let column = table[axis.field] else {
        preconditionFailure("column \"\(axis.field)\" was asked for")
      }
      return axis.groups.codes(of: column, rows: 0..<column.count, referenceDay: referenceDays)
    }
    let width = pair.second.groups.groupCount
    return zip(codes[0], codes[1]).map { shares[Int($0) * width + Int($1)] }
  }
}

import CKernels
import FeatureEncoding
import Tables

/// The groups of a column's cells in the pairs that it is part of.
struct AxisScorer: Sendable {
  let axis: PairTerm.Axis

  init(_ axis: PairTerm.Axis) { self.axis = axis }

  /// The group of each row, as `CoarseEncoding.codes` gives it.
  ///
  /// - Precondition: The column is of the kind that the groups are of.
  func codes(of column: Column, referenceDays: ReferenceDays) -> [UInt8] {
    switch (axis.groups.groups, column.values) {
    case (.cuts(let cuts), .numeric(let numbers)): return Self.codes(of: numbers.doubles, cuts)
    case (.cuts(let cuts), .date(let days)):
      return Self.codes(of: referenceDays.daysSince(days.doubles), cuts)
    default:
      return axis.groups.codes(of: column, rows: 0..<column.count) { referenceDays.day($0) }
    }
  }

  private static func codes(of numbers: [Double], _ cuts: [Double]) -> [UInt8] {
    var codes = [UInt8](repeating: 0, count: numbers.count)
    unsafe winnow_cut_codes(
      numbers, numbers.count, cuts, cuts.count, UInt8(cuts.count + 1), &codes)
    return codes
  }
}

import CKernels
import FeatureEncoding
import Tables

/// The groups of a column's cells in the pairs that it is part of.
struct AxisScorer: Sendable {
  let axis: PairTerm.Axis

  /// The group of each level that is one by itself.
  private let places: [String: UInt8]

  init(_ axis: PairTerm.Axis) {
    self.axis = axis
    var places: [String: UInt8] = [:]
    if case .levels(let names, _) = axis.groups.groups {
      for (index, name) in names.enumerated() { places[name] = UInt8(index) }
    }
    self.places = places
  }

  /// The group of each row, as `CoarseEncoding.codes` gives it.
  ///
  /// - Precondition: The column is of the kind that the groups are of.
  func codes(of column: Column, referenceDays: ReferenceDays) -> [UInt8] {
    switch (axis.groups.groups, column.values) {
    case (.cuts(let cuts), .numeric(let numbers)): return Self.codes(of: numbers, cuts)
    case (.cuts(let cuts), .date(let days)):
      return Self.codes(of: referenceDays.daysSince(days), cuts)
    case (.levels, .category(let categories)):
      let others = UInt8(axis.groups.groupCount - 1)
      let table =
        [UInt8(axis.groups.missingGroup)] + categories.levels.map { places[$0] ?? others }
      // A code above the levels stands for one that is not among them.
      return categories.codes.map { Int($0) < table.count ? table[Int($0)] : others }
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

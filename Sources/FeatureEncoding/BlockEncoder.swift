import LinearAlgebra
import Tables

/// An encoder, with pairs of its fields, that is ready for one block of rows after another.
///
/// The categories of all blocks have the same levels, and what becomes of these is found once.
public struct BlockEncoder: Sendable {
  private let encoder: FeatureEncoder
  private let pairs: [PairEncoding]
  private let precision: DenseBlock.Precision

  /// For each field.
  private let levels: [FieldLevels?]

  /// For each field that is in a pair: the group of each code of its column, where it is a category.
  private let groups: [Int: [UInt8]]

  /// Prepares an encoder.
  ///
  /// - Parameters:
  ///   - pairs: Pairs of its fields, whose columns come behind those of the fields.
  ///   - levels: The levels of each column that is a category.
  ///   - rowCount: The rows of all blocks together, which decide how exactly numbers are kept.
  public init(
    _ encoder: FeatureEncoder, pairs: [PairEncoding], levels: [String: [String]], rowCount: Int
  ) {
    self.encoder = encoder
    self.pairs = pairs
    precision = FeatureEncoder.precision(rowCount: rowCount)
    self.levels = encoder.fields.map { field in
      levels[field.column].map { FieldLevels(field.rule, levels: $0) }
    }
    var groups: [Int: [UInt8]] = [:]
    for pair in pairs {
      for (field, coarse) in [(pair.first, pair.rows), (pair.second, pair.columns)] {
        guard let levels = levels[encoder.fields[field].column] else { continue }
        groups[field] = coarse.groupsOfCodes(levels: levels)
      }
    }
    self.groups = groups
  }

  /// The design matrix of rows of a block.
  ///
  /// - Throws: `EncodingError` where a column is not there or holds another kind of values.
  public func encode(_ table: Table, rows: [Int]) throws(EncodingError) -> DesignMatrix {
    let design = try encoder.encode(table, rows: rows, levels: levels, precision: precision)
    guard !pairs.isEmpty else { return design }
    let reference = try ReferenceDays(encoder.dateReference, in: table)
    func codes(_ field: Int, _ coarse: CoarseEncoding) -> [UInt8] {
      guard let column = table[encoder.fields[field].column] else { return [] }
      if let groups = groups[field], case .category(let categories) = column.values {
        return categories.codes.entries(of: groups, rows: rows)
      }
      return coarse.codes(of: column, rows: rows) { reference.daysBefore(0, row: $0) }
    }
    return design.appending(
      pairs.map { pair in
        pair.block(first: codes(pair.first, pair.rows), second: codes(pair.second, pair.columns))
      })
  }
}

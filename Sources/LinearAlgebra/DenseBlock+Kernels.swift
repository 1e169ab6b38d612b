import CKernels

extension DenseBlock {
  /// The rows that are written to panels at a time: they stay in the first-level cache until every table has been there.
  static let panelRows = 64

  /// Writes some rows in panels of four columns.
  ///
  /// - Parameters:
  ///   - rows: From the beginning of a group on.
  ///   - weights: Those of all rows.
  ///   - columns: Whole panels; beyond the last column they are filled up with zeros.
  ///   - weighted: Room for as many rows of these columns, times weights: a panel's rows lie one after another, then those
  ///     of the next.
  ///   - plain: Likewise for the values as they are, where they are needed.
  @unsafe func pack(
    _ rows: Range<Int>, _ weights: UnsafePointer<Double>, columns: Range<Int>,
    weighted: UnsafeMutablePointer<Double>, plain: UnsafeMutablePointer<Double>? = nil
  ) {
    let own = unsafe weights + rows.lowerBound
    let first = rows.lowerBound * columnCount
    let (column, count) = (columns.lowerBound, columns.count / 4)
    switch storage {
    case .single(let x):
      unsafe withAddress(of: x) { x in
        unsafe winnow_dense_panels_32(
          x + first, own, rows.count, columnCount, column, count, weighted, plain)
      }
    case .double(let x):
      unsafe withAddress(of: x) { x in
        unsafe winnow_dense_panels_64(
          x + first, own, rows.count, columnCount, column, count, weighted, plain)
      }
    }
  }
}

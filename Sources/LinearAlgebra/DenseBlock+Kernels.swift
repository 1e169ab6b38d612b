import CKernels

extension DenseBlock {
  /// Adds the weighted sums of some rows to `target` (`stride` long); `weights` are those of all rows.
  @unsafe func addSums(
    _ rows: Range<Int>, _ weights: UnsafePointer<Double>, to target: UnsafeMutablePointer<Double>
  ) {
    switch storage {
    case .single(let x):
      unsafe winnow_dense_sums_32(x, weights, rows.lowerBound, rows.count, stride, target)
    case .double(let x):
      unsafe winnow_dense_sums_64(x, weights, rows.lowerBound, rows.count, stride, target)
    }
  }

  /// Adds the weighted sums of some rows and columns to `target`, by the cell of each row.
  @unsafe func addSums(
    _ rows: Range<Int>, _ weights: [Double], cells: UnsafePointer<UInt32>, columns: Range<Int>,
    to target: UnsafeMutablePointer<Double>
  ) {
    switch storage {
    case .single(let x):
      unsafe winnow_cell_dense_sums_32(
        cells, weights, x, rows.lowerBound, rows.count, stride, columns.lowerBound, columns.count,
        target)
    case .double(let x):
      unsafe winnow_cell_dense_sums_64(
        cells, weights, x, rows.lowerBound, rows.count, stride, columns.lowerBound, columns.count,
        target)
    }
  }

  /// Writes some rows in panels of four columns, as they are to one place, times weights to another.
  @unsafe func pack(
    _ rows: Range<Int>, _ weights: [Double], to panels: UnsafeMutablePointer<Double>,
    weighted: UnsafeMutablePointer<Double>
  ) {
    switch storage {
    case .single(let x):
      unsafe winnow_dense_panels_32(
        x, weights, rows.lowerBound, rows.count, stride, panels, weighted)
    case .double(let x):
      unsafe winnow_dense_panels_64(
        x, weights, rows.lowerBound, rows.count, stride, panels, weighted)
    }
  }
}

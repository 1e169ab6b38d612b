import CKernels

extension DenseBlock {
  /// Adds the products of some rows and a vector (`stride` long) to `target`.
  @unsafe func addProducts(
    _ rows: Range<Int>, _ vector: [Double], to target: UnsafeMutablePointer<Double>
  ) {
    switch storage {
    case .single(let x):
      unsafe winnow_dense_times_32(x, rows.lowerBound, rows.count, stride, vector, target)
    case .double(let x):
      unsafe winnow_dense_times_64(x, rows.lowerBound, rows.count, stride, vector, target)
    }
  }

  /// Adds the weighted sums of some rows to `target` (`stride` long).
  @unsafe func addSums(
    _ rows: Range<Int>, _ weights: [Double], to target: UnsafeMutablePointer<Double>
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

  /// Writes some rows, each times its scale, to `target`, whose rows are `targetStride` apart.
  @unsafe func scale(
    _ rows: Range<Int>, _ scales: UnsafePointer<Double>, to target: UnsafeMutablePointer<Double>,
    stride targetStride: Int
  ) {
    switch storage {
    case .single(let x):
      unsafe winnow_dense_scaled_32(
        x, rows.lowerBound, rows.count, stride, scales, target, targetStride)
    case .double(let x):
      unsafe winnow_dense_scaled_64(
        x, rows.lowerBound, rows.count, stride, scales, target, targetStride)
    }
  }
}

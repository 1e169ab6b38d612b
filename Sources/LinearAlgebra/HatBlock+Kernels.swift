import CKernels

extension HatBlock {
  /// The values that an interval's code may have: the intervals, and 0.
  var codeCount: Int { knotCount }

  /// Writes the codes of some rows to `target`.
  @unsafe func widen(_ rows: Range<Int>, to target: UnsafeMutablePointer<UInt32>) {
    switch storage {
    case .bytes(let codes): unsafe winnow_widen_8(codes, rows.lowerBound, rows.count, target)
    case .shorts(let codes): unsafe winnow_widen_16(codes, rows.lowerBound, rows.count, target)
    }
  }

  /// Coefficients (one a knot) as what the kernels read: for each code the value at the left knot and
  /// the difference to the right one.
  static func table(_ coefficients: ArraySlice<Double>) -> [Double] {
    var table = [0.0, 0.0]
    for (left, right) in zip(coefficients, coefficients.dropFirst()) {
      table += [left, right - left]
    }
    return table
  }

  /// Sums by code, a left and a right one each, as sums by knot.
  static func knots(_ sums: [Double], knotCount: Int) -> [Double] {
    var result = [Double](repeating: 0, count: knotCount)
    for code in 1..<knotCount {
      result[code - 1] += sums[2 * code]
      result[code] += sums[2 * code + 1]
    }
    return result
  }
}

import CKernels

/// Numbers of at most 16 characters that are only digits, a minus and one decimal mark: nearly all there are.
enum FastNumber {
  /// Reads cells as numbers, NaN where they are empty, up to one that is anything else, for `NumberGrammar` to look at;
  /// gives that cell.
  ///
  /// - Parameters:
  ///   - refused: What a number must not say.
  static func read(
    _ text: Span<UInt8>, _ cells: Span<Cell>, from first: Int, mark: DecimalMark,
    refused: NumberEvidence = [], values: inout MutableSpan<Double>, evidence: inout NumberEvidence
  ) -> Int {
    var said = evidence.rawValue
    let markOnly: NumberEvidence = mark == .point ? .pointOnly : .commaOnly
    let end = unsafe text.withUnsafeBufferPointer { text in
      unsafe cells.withUnsafeBufferPointer { cells in
        unsafe values.withUnsafeMutableBufferPointer { values in
          unsafe winnow_read_numbers(
            text.baseAddress, cells.baseAddress, first, cells.count, mark == .point ? 0x2E : 0x2C,
            markOnly.rawValue, refused.rawValue, values.baseAddress, &said)
        }
      }
    }
    evidence = NumberEvidence(rawValue: said)
    return end
  }
}

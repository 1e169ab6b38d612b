import CKernels

/// Dates written `2025-12-31`, `2025-12-31 23:59:59` or `31.12.2025`, which can be read in one way only.
enum FastDate {
  /// Reads cells as days since 1970-01-01, NaN where they are empty, up to one that is anything else, for `DateGrammar`
  /// to look at; gives that cell.
  static func read(
    _ text: Span<UInt8>, _ cells: Span<Cell>, from first: Int, values: inout MutableSpan<Double>,
    evidence: inout DateEvidence
  ) -> Int {
    var (iso, dotted): (UInt8, UInt8) = (0, 0)
    let end = unsafe text.withUnsafeBufferPointer { text in
      unsafe cells.withUnsafeBufferPointer { cells in
        unsafe values.withUnsafeMutableBufferPointer { values in
          unsafe winnow_read_dates(
            text.baseAddress, cells.baseAddress, first, cells.count, values.baseAddress, &iso,
            &dotted)
        }
      }
    }
    if iso != 0 { evidence.insert(.plain) }
    if dotted != 0 { evidence.formUnion([.plain, .dotted]) }
    return end
  }
}

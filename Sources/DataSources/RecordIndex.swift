import CKernels

/// Where the cells of a block lie, and which of its records are bad.
///
/// Kept and used again, block after block.
final class RecordIndex {
  /// The cells, column by column: cell (row, column) is at `column * stride + row`.
  private(set) var cells: [Cell] = []

  /// The room for rows in each column.
  private(set) var stride = 0

  /// The cells of a record.
  private(set) var columnCount = 0

  /// The good records.
  private(set) var rowCount = 0

  /// How many records are bad.
  private(set) var badCount = 0

  /// The first bad records: where each begins, and what is wrong.
  private var firstBad: [(start: Int, fault: RowFault)] = []

  /// The lines that end in the block.
  private(set) var lineCount = 0

  /// Finds the cells of a block whose records should have a field for each column.
  ///
  /// Quotes around cells of columns that are read are left out, and doubled quotes in them made single in the block's text.
  ///
  /// - Parameter reading: Whether the cells of each column are read.
  func build(_ block: TextBlock, reading: [Bool], dialect: Dialect, maximumCellBytes: Int) {
    let columns = reading.count
    firstBad.removeAll(keepingCapacity: true)
    badCount = 0
    lineCount = block.lines(before: block.count)
    stride = lineCount + 1
    columnCount = columns
    let needed = stride * columns
    if cells.count < needed {
      cells = [Cell](repeating: Cell(start: 0, end: 0), count: needed)
    }
    var walk = winnow_csv_walk()
    walk.count = block.count
    walk.columns = columns
    walk.stride = stride
    walk.limit = maximumCellBytes
    walk.quote = dialect.quote
    walk.is_irregular = block.isIrregular ? 1 : 0
    var faults = block.faults[...]
    unsafe block.bytes.withUnsafeMutableBufferPointer { bytes in
      unsafe cells.withUnsafeMutableBufferPointer { cells in
        while true {
          walk.fault = faults.first?.place ?? .max
          let stop = unsafe winnow_csv_records(
            bytes.baseAddress, block.structure, block.lineEnds, block.quoting, reading, &walk,
            cells.baseAddress)
          if stop == WINNOW_RECORDS_OVER { break }
          note(fault(at: Int(stop), walk, &faults), start: walk.start)
        }
      }
    }
    rowCount = walk.row
  }

  /// What is wrong with the record at which a walk stopped.
  private func fault(at stop: Int, _ walk: winnow_csv_walk, _ faults: inout ArraySlice<TextFault>)
    -> RowFault
  {
    if stop == WINNOW_RECORD_FAULTY, let fault = faults.first {
      faults = faults.drop { $0.place < walk.end }
      return RowFault(fault)
    }
    return stop == WINNOW_RECORD_LONG
      ? .cellTooLong(bytes: walk.longest, limit: walk.limit)
      : .fieldCount(found: walk.fields, expected: walk.columns)
  }

  private func note(_ fault: RowFault, start: Int) {
    badCount += 1
    if firstBad.count < BadRows.limit { firstBad.append((start, fault)) }
  }

  /// The bad records, with the lines they have in a file where the block begins in line `firstLine`.
  func badRows(in block: TextBlock, firstLine: Int) -> BadRows {
    var rows = BadRows()
    for (start, fault) in firstBad {
      rows.add(
        BadRow(
          line: firstLine + block.lines(before: start),
          fault: fault.placed(in: block, firstLine: firstLine)))
    }
    rows.count += badCount - firstBad.count
    return rows
  }

}

extension RowFault {
  /// A fault of the text; its place in the block is put in `column` until the lines before it are counted.
  init(_ fault: TextFault) {
    switch fault.kind {
    case .strayQuote: self = .strayQuote(line: 0, column: fault.place)
    case .textAfterQuote: self = .textAfterQuote(line: 0, column: fault.place)
    case .unclosedQuote: self = .unclosedQuote(line: 0, column: fault.place)
    }
  }

  /// The fault with the line and the byte in it of its place.
  func placed(in block: TextBlock, firstLine: Int) -> RowFault {
    switch self {
    case .strayQuote(_, let place):
      .strayQuote(line: firstLine + block.lines(before: place), column: block.column(of: place))
    case .textAfterQuote(_, let place):
      .textAfterQuote(line: firstLine + block.lines(before: place), column: block.column(of: place))
    case .unclosedQuote(_, let place):
      .unclosedQuote(line: firstLine + block.lines(before: place), column: block.column(of: place))
    case .fieldCount, .cellTooLong, .notAnObject: self
    }
  }
}

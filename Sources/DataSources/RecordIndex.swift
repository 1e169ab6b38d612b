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

  /// Finds the cells of a block whose records should have `columns` fields.
  ///
  /// Quotes around cells are left out, and doubled quotes in them made single in the block's text.
  func build(_ block: TextBlock, columns: Int, quote: UInt8, maximumCellBytes: Int) {
    firstBad.removeAll(keepingCapacity: true)
    badCount = 0
    lineCount = block.lines(before: block.count)
    stride = lineCount + 1
    columnCount = columns
    let needed = stride * columns
    if cells.count < needed {
      cells = [Cell](repeating: Cell(start: 0, end: 0), count: needed)
    }
    var bytes: [UInt8] = []
    swap(&bytes, &block.bytes)
    defer { swap(&bytes, &block.bytes) }
    var output: [Cell] = []
    swap(&output, &cells)
    defer { swap(&output, &cells) }
    var walk = Walk(
      columns: columns, quote: quote, limit: maximumCellBytes, stride: stride,
      isIrregular: block.isIrregular)
    var text = bytes.mutableSpan
    var room = output.mutableSpan
    let structure = block.structure
    let words = structure.span
    for word in 0..<((block.count + 63) / 64) {
      var bits = words[word]
      while bits != 0 {
        let at = word &* 64 &+ bits.trailingZeroBitCount
        bits &= bits &- 1
        let byte = text[at]
        if byte != 10, byte != 13 {
          walk.endField(at: at, &text, &room)
        } else if let fault = walk.endRecord(at: at, &text, &room, faults: block.faults) {
          note(fault, walk)
        }
      }
    }
    if walk.recordStart < block.count,
      let fault = walk.endRecord(at: block.count, &text, &room, faults: block.faults)
    {
      note(fault, walk)
    }
    rowCount = walk.row
  }

  private func note(_ fault: RowFault, _ walk: Walk) {
    badCount += 1
    if firstBad.count < BadRows.limit { firstBad.append((walk.faultStart, fault)) }
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

/// The state of a walk over a block's marks.
private struct Walk {
  let columns: Int
  let quote: UInt8
  let limit: Int
  let stride: Int
  let isIrregular: Bool
  var row = 0
  var column = 0
  /// Where the next cell goes.
  var slot = 0
  var fieldStart = 0
  var recordStart = 0
  var faultStart = 0
  var longest = 0
  var nextFault = 0

  init(columns: Int, quote: UInt8, limit: Int, stride: Int, isIrregular: Bool) {
    self.columns = columns
    self.quote = quote
    self.limit = limit
    self.stride = stride
    self.isIrregular = isIrregular
  }

  @inline(__always)
  mutating func endField(
    at end: Int, _ text: inout MutableSpan<UInt8>, _ cells: inout MutableSpan<Cell>
  ) {
    if column < columns {
      cells[slot] = cell(from: fieldStart, to: end, &text)
      slot &+= stride
    }
    column &+= 1
    fieldStart = end &+ 1
  }

  @inline(__always)
  mutating func endRecord(
    at place: Int, _ text: inout MutableSpan<UInt8>, _ cells: inout MutableSpan<Cell>,
    faults: [TextFault]
  ) -> RowFault? {
    var end = place
    if place < text.count, text[place] == 10 {
      if end > fieldStart, text[end - 1] == 13 { end -= 1 }
      if end > fieldStart, end < place, text[end - 1] == 13 { end -= 1 }
    }
    let isBlank = column == 0 && columns > 1 && isBlank(from: fieldStart, to: end, text)
    let start = recordStart
    if !isBlank { endField(at: end, &text, &cells) }
    let found = column
    column = 0
    slot = row
    fieldStart = place + 1
    recordStart = place + 1
    if nextFault < faults.count, faults[nextFault].place < place {
      let fault = RowFault(faults[nextFault])
      while nextFault < faults.count, faults[nextFault].place < place { nextFault += 1 }
      faultStart = start
      longest = 0
      return fault
    }
    if isBlank { return nil }
    if found != columns {
      faultStart = start
      longest = 0
      return .fieldCount(found: found, expected: columns)
    }
    if longest > limit {
      faultStart = start
      let bytes = longest
      longest = 0
      return .cellTooLong(bytes: bytes, limit: limit)
    }
    row &+= 1
    slot = row
    return nil
  }

  private func isBlank(from start: Int, to end: Int, _ text: borrowing MutableSpan<UInt8>) -> Bool {
    for index in start..<end where text[index] != 32 && text[index] != 9 { return false }
    return true
  }

  @inline(__always)
  private mutating func cell(from start: Int, to end: Int, _ text: inout MutableSpan<UInt8>) -> Cell
  {
    if end &- start > limit { longest = max(longest, end - start) }
    if isIrregular || (start < end && text[start] == quote) {
      return Self.quoted(from: start, to: end, &text, quote, isIrregular)
    }
    return Cell(start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
  }

  /// A cell without its quotes; one that has none is given as it is.
  @inline(never)
  private static func quoted(
    from fieldStart: Int, to fieldEnd: Int, _ text: inout MutableSpan<UInt8>, _ quote: UInt8,
    _ isIrregular: Bool
  ) -> Cell {
    var start = fieldStart
    var end = fieldEnd
    if isIrregular {
      while start < end, text[start] == 32 || text[start] == 9 { start += 1 }
      while end > start, text[end - 1] == 32 || text[end - 1] == 9 { end -= 1 }
    }
    guard end - start >= 2, text[start] == quote, text[end - 1] == quote else {
      return Cell(start: UInt32(fieldStart), end: UInt32(fieldEnd))
    }
    start += 1
    end -= 1
    var read = start
    while read < end, text[read] != quote { read += 1 }
    var write = read
    while read < end {
      let byte = text[read]
      text[write] = byte
      write += 1
      read += byte == quote ? 2 : 1
    }
    // What is left over must not look like a line end to who counts lines.
    for index in write..<max(write, end) { text[index] = 32 }
    return Cell(start: UInt32(start), end: UInt32(write))
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

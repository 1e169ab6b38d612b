/// Records as they are in a text, cell by cell.
enum RawRecords {
  /// The records of a text, at most `limit`; a line with nothing on it is a record with one empty field.
  ///
  /// - Parameters:
  ///   - isComplete: Whether the text ends where the file does; otherwise a last record without line end is left out.
  static func split(_ text: [UInt8], dialect: Dialect, isComplete: Bool, limit: Int = .max)
    -> Result
  {
    let block = TextBlock()
    block.reserve(text.count)
    block.bytes.replaceSubrange(0..<text.count, with: text)
    block.count = text.count
    RecordScanner(dialect: dialect).scan(block, isComplete: isComplete)
    var result = Result(block: block)
    var field = 0
    var record: [Cell] = []
    var start = 0
    for at in 0...text.count {
      let isEnd = at == text.count
      if isEnd, start == text.count || !isComplete { break }
      guard isEnd || block.structure[at / 64] >> UInt64(at % 64) & 1 == 1 else { continue }
      let endsRecord = isEnd || block.bytes[at] == 10 || block.bytes[at] == 13
      var end = at
      if !isEnd, block.bytes[at] == 10 {
        for _ in 0..<2 where end > field && block.bytes[end - 1] == 13 { end -= 1 }
      }
      record.append(unquoted(block, field..<end, dialect.quote))
      field = at + 1
      guard endsRecord else { continue }
      let isFaulty = block.faults.contains { $0.place >= start && $0.place < at }
      result.records.append(
        Record(start: start, end: min(at + 1, text.count), cells: record, isFaulty: isFaulty))
      record = []
      start = at + 1
      if result.records.count == limit { break }
    }
    return result
  }

  struct Record {
    /// Where the record begins, and where the next one does.
    let start: Int
    let end: Int
    let cells: [Cell]
    let isFaulty: Bool
  }

  struct Result {
    let block: TextBlock
    var records: [Record] = []

    /// The bytes of a cell.
    func bytes(_ cell: Cell) -> ArraySlice<UInt8> { block.bytes[cell.range] }

    /// Whether a record is a line with nothing on it.
    func isBlank(_ record: Record) -> Bool {
      record.cells.count == 1 && bytes(record.cells[0]).allSatisfy { $0 == 32 || $0 == 9 }
    }
  }

  /// A field without quotes around it, doubled ones made single.
  private static func unquoted(_ block: TextBlock, _ field: Range<Int>, _ quote: UInt8) -> Cell {
    let whole = Cell(start: UInt32(field.lowerBound), end: UInt32(field.upperBound))
    let trimmed = block.bytes.span.trimmed(whole).range
    guard trimmed.count >= 2, block.bytes[trimmed.lowerBound] == quote,
      block.bytes[trimmed.upperBound - 1] == quote
    else { return whole }
    var write = trimmed.lowerBound + 1
    var read = write
    while read < trimmed.upperBound - 1 {
      let byte = block.bytes[read]
      block.bytes[write] = byte
      write += 1
      read += byte == quote ? 2 : 1
    }
    for index in write..<max(write, trimmed.upperBound - 1) { block.bytes[index] = 32 }
    return Cell(start: UInt32(trimmed.lowerBound + 1), end: UInt32(write))
  }
}

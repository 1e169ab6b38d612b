import Tables

/// What one thread needs to read blocks.
final class BlockWorker {
  let index = RecordIndex()
  let reader: ColumnReader

  /// What worked for each column in this thread's last block: tried first in the next one.
  ///
  /// What a column becomes does not depend on it, since that is decided from what all cells can be.
  private var lastPlans: [Int: ColumnPlan] = [:]

  init(missing: MissingWords, decoding: TextDecoding) {
    reader = ColumnReader(missing: missing, decoding: decoding)
  }

  /// Finds the cells of a block; gives its rows and lines.
  ///
  /// - Parameter reading: Whether the cells of each column are read.
  func index(_ block: TextBlock, reading: [Bool], dialect: Dialect, options: ReadingOptions) -> (
    rows: Int, lines: Int
  ) {
    index.build(
      block, reading: reading, dialect: dialect, maximumCellBytes: options.maximumCellBytes)
    return (index.rowCount, index.lineCount)
  }

  /// The cells of a column of a block, by a plan or by what worked better before.
  ///
  /// - Parameters:
  ///   - soFar: What earlier blocks tell of the column.
  ///   - firstRow: The row of the table that the block's first one is.
  func chunk(
    _ column: Int, of block: TextBlock, _ plan: ColumnPlan, after soFar: ColumnSoFar = .init(),
    firstRow: Int = 0
  ) -> Chunk {
    var tried = plan
    switch plan {
    case .numbers, .dates: tried = lastPlans[column] ?? plan
    case .onlyNumbers, .onlyDates, .words, .texts, .nothing: break
    }
    let chunk = withColumn(column, of: block) {
      reader.read(tried, $0, $1, after: soFar, firstRow: firstRow)
    }
    switch chunk.values {
    case .numbers(_, let mark): lastPlans[column] = .numbers(mark)
    case .dates(_, let order): lastPlans[column] = .dates(order)
    case .words: lastPlans[column] = .words
    case .missing, .texts, .nothing: break
    }
    return chunk
  }

  /// Calls `body` with the text of a block and the cells of one of its columns.
  func withColumn<Value>(
    _ column: Int, of block: TextBlock, _ body: (Span<UInt8>, Span<Cell>) -> Value
  ) -> Value {
    let cells = index.cells
    let bytes = block.bytes
    let start = column * index.stride
    return body(bytes.span, cells.span.extracting(start..<(start + index.rowCount)))
  }
}

/// How the bytes of a block are to be understood.
enum BlockEncoding: Sendable {
  case ascii, utf8, other

  /// Looks at a block's text.
  static func of(_ block: TextBlock) -> BlockEncoding {
    guard block.hasHighBytes else { return .ascii }
    if let valid = block.validBytes { return valid >= block.count ? .utf8 : .other }
    let bytes = block.bytes
    return TextDecoding.isUTF8(bytes.span, 0..<block.count) ? .utf8 : .other
  }
}

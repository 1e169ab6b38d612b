import Tables

/// What one thread needs to read blocks.
final class BlockWorker {
  let index = RecordIndex()
  let reader: ColumnReader

  init(missing: MissingWords, decoding: TextDecoding) {
    reader = ColumnReader(missing: missing, decoding: decoding)
  }

  /// Finds the cells of a block; gives its rows and lines.
  func index(_ block: TextBlock, columns: Int, quote: UInt8, options: ReadingOptions) -> (
    rows: Int, lines: Int
  ) {
    index.build(block, columns: columns, quote: quote, maximumCellBytes: options.maximumCellBytes)
    return (index.rowCount, index.lineCount)
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
    let bytes = block.bytes
    return TextDecoding.isUTF8(bytes.span, 0..<block.count) ? .utf8 : .other
  }
}

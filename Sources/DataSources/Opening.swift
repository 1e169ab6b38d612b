/// A file of leads that is open, its dialect and its columns known.
struct Opening {
  let source: TextSource
  let dialect: Dialect
  let format: Detection.Format
  let names: ColumnNames
  let hasHeader: Bool

  /// The text after the header that was read already.
  let pending: [UInt8]

  /// Bytes of the text before the first row.
  let skippedBytes: Int

  /// The line of the first row, from 1.
  let firstLine: Int

  /// Whether the last column has neither a name nor, as far as was looked, a cell.
  let lastIsEmpty: Bool

  /// Opens a file and finds out what its first part shows.
  init(path: String, options: ReadingOptions, canRestart: Bool) throws(SourceError) {
    let source = try TextSource(path: path, options: options, canRestart: canRestart)
    let names = [".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"]
    if source.beginsWithBrace || names.contains(where: { path.lowercased().hasSuffix($0) }) {
      try self.init(jsonLines: source, options: options, readsAll: canRestart)
    } else {
      try self.init(source, options: options)
    }
  }

  /// Opens JSON Lines; the columns are the keys of all lines, or of the first ones where not all are read.
  private init(
    jsonLines source: TextSource, options: ReadingOptions, readsAll: Bool
  ) throws(SourceError) {
    let longest = 2 * options.maximumCellBytes
    let keys: [String]
    let csv: TextSource
    if readsAll {
      let lines = try JSONLineSource(source, longest: longest, skippedLines: options.skippedLines)
      keys = try lines.keys(most: options.maximumColumns)
      let again = try source.restarted(encoding: options.encoding)
      csv = try TextSource(base: source, text: again, keys: keys, options: options)
    } else {
      var head: [UInt8] = []
      var isComplete = false
      try Self.read(source, into: &head, upTo: 1 << 20, isComplete: &isComplete)
      let whole = isComplete ? head[...] : head[..<((head.lastIndex(of: 10) ?? head.count - 1) + 1)]
      let lines = try JSONLineSource(
        try TextSource(text: Array(whole), of: source), longest: longest,
        skippedLines: options.skippedLines)
      keys = try lines.keys(most: options.maximumColumns)
      csv = try TextSource(
        base: source, text: try TextSource(text: head, before: source), keys: keys, options: options
      )
    }
    guard !keys.isEmpty else { throw .empty(file: source.name) }
    var pending: [UInt8] = []
    var isComplete = false
    try Self.read(csv, into: &pending, upTo: 1 << 16, isComplete: &isComplete)
    self.source = csv
    self.pending = pending
    dialect = Dialect(separator: UInt8(ascii: ","), quote: UInt8(ascii: "\""))
    format = .jsonLines
    // One column has an empty one beside it, so that an empty line is no row.
    names = ColumnNames(header: keys.count == 1 ? keys + [""] : keys)
    hasHeader = true
    skippedBytes = 0
    firstLine = 1 + max(0, options.skippedLines)
    lastIsEmpty = keys.count == 1
  }

  init(_ source: TextSource, options: ReadingOptions) throws(SourceError) {
    var head: [UInt8] = []
    var isComplete = false
    var size = 1 << 16
    while true {
      try Self.read(source, into: &head, upTo: size, isComplete: &isComplete)
      if let opening = try Opening(source, head, isComplete, options) {
        self = opening
        return
      }
      if isComplete { throw .empty(file: source.name) }
      size *= 4
    }
  }

  private static func read(
    _ source: TextSource, into head: inout [UInt8], upTo size: Int, isComplete: inout Bool
  ) throws(SourceError) {
    let start = head.count
    var count = start
    head.append(contentsOf: [UInt8](repeating: 0, count: max(0, size - start)))
    while count < size, !isComplete {
      let read = try source.read(into: &head, from: count, to: size)
      if read == 0 { isComplete = true }
      count += read
    }
    head.removeLast(head.count - count)
  }

  /// Nil where the first part does not hold a whole record.
  private init?(
    _ source: TextSource, _ head: [UInt8], _ isComplete: Bool, _ options: ReadingOptions
  ) throws(SourceError) {
    var start = 0
    var line = 1
    for _ in 0..<max(0, options.skippedLines) where start < head.count {
      let after = DialectDetection.lineEnd(in: Array(head[start...]), from: 0)
      start += after
      line += 1
    }
    var separator = options.separator
    if options.skippedLines == 0, let (byte, end) = DialectDetection.excelSeparator(of: head) {
      if separator == nil { separator = byte }
      start = end
      line += 1
    }
    let text = Array(head[start...])
    let quote = options.quote ?? UInt8(ascii: "\"")
    // A few records of a large file tell as much as all that were read.
    let sample = Array(text.prefix(1 << 16))
    let sampleIsAll = isComplete && sample.count == text.count
    dialect = Dialect(
      separator: separator
        ?? DialectDetection.separator(of: sample, quote: quote, isComplete: sampleIsAll),
      quote: quote)
    let split = RawRecords.split(text, dialect: dialect, isComplete: isComplete, limit: 102)
    if split.records.count < 2, !isComplete { return nil }
    let columns = split.records.first { !split.isBlank($0) }?.cells.count ?? 1
    // In a table of one column a blank line is a row, but it can name no column.
    let records = split.records.filter { columns == 1 || !split.isBlank($0) }
    guard let first = records.first else { return nil }
    if first.isFaulty, let row = Self.fault(split, first, line) {
      throw .badRow(
        file: source.name, row: row, hint: "correct the line, or say --skip-lines to begin after it"
      )
    }
    guard columns <= options.maximumColumns else {
      throw .tooManyColumns(file: source.name, found: columns, limit: options.maximumColumns)
    }
    let missing = MissingWords(adding: options.missingWords)
    let isHeader = options.hasHeader ?? HeaderDetection.isHeader(records, split, missing: missing)
    let decoding = TextDecoding(encoding: options.encoding)
    let bytes = split.block.bytes
    var header = first.cells.map { decoding.string(bytes.span, $0) }
    let rows = isHeader ? Array(records.dropFirst()) : records
    // Every row has a separator after its last field, but the header has none.
    if isHeader, !rows.isEmpty,
      rows.allSatisfy({ $0.cells.count == columns + 1 && $0.cells[columns].count == 0 })
    {
      header.append("")
    }
    names = isHeader ? ColumnNames(header: header) : ColumnNames(count: header.count)
    lastIsEmpty =
      header.count > 1 && (!isHeader || header[header.count - 1].allSatisfy { $0 == " " })
      && rows.allSatisfy { $0.cells.count == header.count && $0.cells[header.count - 1].count == 0 }
    hasHeader = isHeader
    let dataStart = isHeader ? first.end : 0
    // The header's text is whole until here; rows are cut again from what was read.
    firstLine = line + (isHeader ? split.block.lines(before: first.end) : 0)
    pending = Array(text[dataStart...])
    skippedBytes = start + dataStart
    format = .csv
    self.source = source
  }

  private static func fault(_ split: RawRecords.Result, _ record: RawRecords.Record, _ line: Int)
    -> BadRow?
  {
    guard
      let fault = split.block.faults.first(where: {
        $0.place >= record.start && $0.place < record.end
      })
    else {
      return nil
    }
    return BadRow(
      line: line + split.block.lines(before: record.start),
      fault: RowFault(fault).placed(in: split.block, firstLine: line))
  }

  /// A cutter of the rows, for the first reading.
  func cutter(options: ReadingOptions, blockBytes: Int) -> BlockCutter {
    BlockCutter(
      source: source, dialect: dialect, head: pending, blockBytes: blockBytes,
      maximumCellBytes: options.maximumCellBytes, countsRecords: format == .jsonLines)
  }

  /// A cutter of the same rows, for another reading.
  func restartedCutter(options: ReadingOptions, blockBytes: Int) throws(SourceError) -> BlockCutter
  {
    let again = try source.restarted(encoding: options.encoding)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var left = skippedBytes
    while left > 0 {
      let read = try again.read(into: &buffer, from: 0, to: min(left, buffer.count))
      guard read > 0 else { throw .changedWhileReading(file: source.name) }
      left -= read
    }
    return BlockCutter(
      source: again, dialect: dialect, head: [], blockBytes: blockBytes,
      maximumCellBytes: options.maximumCellBytes, countsRecords: format == .jsonLines)
  }
}

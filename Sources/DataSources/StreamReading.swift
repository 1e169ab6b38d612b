import Tables

/// What the first rows of a file say of one column.
struct ColumnHint: Sendable {
  /// The marks and orders to read with; nil where nothing decides.
  let decimalMark: DecimalMark?
  let dateOrder: DateOrder?
}

/// What the first rows of a file say of its columns.
struct HeadSample {
  let hints: [String: ColumnHint]
  let decimalMark: DecimalMark?
  let dateOrder: DateOrder?
  let encoding: TextEncoding

  /// Reads the rows that were read to find the header.
  init(_ opening: Opening, _ options: ReadingOptions) {
    let names = opening.names.names
    let block = TextBlock()
    block.reserve(opening.pending.count)
    block.bytes.replaceSubrange(0..<opening.pending.count, with: opening.pending)
    block.count = opening.pending.count
    RecordScanner(dialect: opening.dialect).scan(block, isComplete: false)
    let worker = BlockWorker(
      missing: MissingWords(adding: options.missingWords),
      decoding: TextDecoding(encoding: options.encoding))
    let rows = worker.index(
      block, reading: names.map { _ in true }, dialect: opening.dialect, options: options
    ).rows
    let columns = names.indices.map { column -> ColumnDecisions.Column in
      let plan = ColumnPlan.numbers(options.decimalMark ?? .point)
      let chunk = worker.withColumn(column, of: block) { worker.reader.read(plan, $0, $1) }
      var collector = ColumnCollector()
      collector.add(chunk, rows: rows, maximumLevels: .max)
      let found = collector.allEvidence()
      return ColumnDecisions.Column(
        name: names[column], numbers: found.numbers, dates: found.dates,
        ambiguousText: found.ambiguousText,
        forced: nil)
    }
    let decisions = ColumnDecisions(
      sample: columns, separator: opening.dialect.separator, options: options)
    decimalMark = decisions.decimalMark
    dateOrder = decisions.dateOrder
    var hints: [String: ColumnHint] = [:]
    for (name, target) in zip(names, decisions.targets) {
      var (mark, order) = (decisions.fileMark, decisions.fileOrder)
      if case .numbers(let own) = target { mark = own }
      if case .dates(let own) = target { order = own }
      hints[name] = ColumnHint(decimalMark: mark, dateOrder: order)
    }
    self.hints = hints
    if let told = options.encoding ?? opening.source.shownEncoding {
      encoding = told
    } else {
      encoding = BlockEncoding.of(block) == .other ? .windows1252 : .utf8
    }
  }
}

/// Reads the requested columns of blocks.
struct StreamReading: @unchecked Sendable {
  private let requests: [ColumnRequest]
  private let file: String
  private let columns: [Int]
  /// Whether each column of the file was requested.
  private let isRead: [Bool]
  private let levels: [KnownLevels?]
  private let hints: [ColumnHint]
  private let dialect: Dialect
  private let options: ReadingOptions
  private let missing: MissingWords

  init(
    _ requests: [ColumnRequest], _ opening: Opening, _ hints: [String: ColumnHint],
    _ options: ReadingOptions
  ) {
    self.requests = requests
    self.options = options
    file = opening.source.name
    dialect = opening.dialect
    missing = MissingWords(adding: options.missingWords)
    let names = opening.names.names
    let columns = requests.map { request in
      guard let column = names.firstIndex(of: request.name) else {
        preconditionFailure("there is no column \"\(request.name)\"")
      }
      return column
    }
    self.columns = columns
    isRead = names.indices.map { columns.contains($0) }
    precondition(
      Set(requests.map(\.alias)).count == requests.count, "two requests have the same alias")
    let missing = missing
    levels = requests.map { request in
      if case .category(let levels) = request.kind {
        KnownLevels(levels, missing: missing, encoding: options.encoding)
      } else {
        nil
      }
    }
    self.hints = requests.map { hints[$0.name] ?? ColumnHint(decimalMark: nil, dateOrder: nil) }
  }

  func makeWorker() -> BlockWorker {
    BlockWorker(missing: missing, decoding: TextDecoding(encoding: options.encoding))
  }

  func index(_ worker: BlockWorker, _ block: TextBlock) -> (rows: Int, lines: Int) {
    worker.index(block, reading: isRead, dialect: dialect, options: options)
  }

  /// A block's requested columns, and what was met in it.
  ///
  /// - Parameter rows: The rows of the block to read; nil is all.
  func read(
    _ worker: BlockWorker, _ block: TextBlock, _ firstLine: Int, rows: [Int]? = nil
  ) -> (Table, StreamFindings) {
    var found = StreamFindings(
      rows: worker.index.rowCount, badRows: worker.index.badRows(in: block, firstLine: firstLine))
    let all = requests.indices.map { index -> Column in
      let (read, unreadable) = worker.withColumn(columns[index], of: block) { text, cells in
        if let rows {
          let some = rows.map { cells[$0] }
          return values(of: index, worker.reader, text, some.span)
        }
        return values(of: index, worker.reader, text, cells)
      }
      var cells: UnreadableCells?
      if unreadable.count > 0 {
        cells = UnreadableCells(
          column: requests[index].alias, count: unreadable.count,
          firstLine: firstLine + block.lines(before: unreadable.firstPlace),
          firstText: unreadable.firstText)
      }
      found.unreadable.append(cells)
      return Column(name: requests[index].alias, values: read)
    }
    do throws(TableError) {
      return (try Table(columns: all), found)
    } catch {
      preconditionFailure(error.description)
    }
  }

  private func values(
    of index: Int, _ reader: ColumnReader, _ text: Span<UInt8>, _ cells: Span<Cell>
  ) -> (Column.Values, Unreadable) {
    switch requests[index].kind {
    case .numeric:
      let chunk = reader.onlyNumbers(hints[index].decimalMark, text, cells)
      if case .numbers(let numbers, _) = chunk.values {
        return (.numeric(Numbers(numbers.array())), chunk.unreadable)
      }
    case .date:
      let chunk = reader.onlyDates(hints[index].dateOrder, text, cells)
      if case .dates(let dates, _) = chunk.values {
        return (.date(Numbers(dates.array())), chunk.unreadable)
      }
    case .text: return (.text(reader.texts(text, cells)), Unreadable())
    case .flag(let falseWord, let trueWord):
      let (flags, unreadable) = reader.flags(falseWord, trueWord, text, cells)
      return (.flag(flags), unreadable)
    case .words: return (.category(reader.categories(text, cells)), Unreadable())
    case .category:
      guard let known = levels[index] else { break }
      return (.category(reader.categories(known, text, cells)), Unreadable())
    }
    return (.numeric([]), Unreadable())
  }

  /// The error of a block's first bad row, unless such rows are to be left out.
  func refusal(_ found: StreamFindings) -> SourceError? {
    guard !options.skipsBadRows, let row = found.badRows.first.first else { return nil }
    return .badRow(file: file, row: row, hint: RowHint.text(for: row, isFirst: false))
  }
}

/// What was met in a block.
struct StreamFindings: Sendable {
  let rows: Int
  let badRows: BadRows

  /// For each request.
  var unreadable: [UnreadableCells?] = []
}

/// What was met in all blocks so far.
struct StreamTotals {
  private var rows = 0
  private var badRows = BadRows()
  private var unreadable: [UnreadableCells?]

  init(_ requests: Int) { unreadable = [UnreadableCells?](repeating: nil, count: requests) }

  mutating func add(_ found: StreamFindings) {
    rows += found.rows
    badRows.add(found.badRows)
    for (index, cells) in found.unreadable.enumerated() {
      guard let cells else { continue }
      if unreadable[index] == nil {
        unreadable[index] = cells
      } else {
        unreadable[index]?.count += cells.count
      }
    }
  }

  func summary(_ requests: [ColumnRequest], badLines: BadRows, sha256: String?) -> StreamSummary {
    var badRows = badLines
    badRows.add(self.badRows)
    return StreamSummary(
      rows: rows, badRows: badRows, unreadable: unreadable.compactMap(\.self), sha256: sha256)
  }
}

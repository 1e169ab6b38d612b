import Tables

extension WholeReading {
  /// What one pass over the file found.
  struct Pass {
    var columns: [ColumnCollector]
    var rows = 0
    var badRows = BadRows()
    var isASCII = true
    var isUTF8 = true

    /// Whether cells are kept: not where all together would take too much memory.
    var holdsCells: Bool

    /// The bytes that the cells of a row take.
    var cellBytes = 0

    /// About how many rows there will be, by the first block; 0 where that is unknown.
    var expectedRows = 0
  }

  func pass(
    _ cutter: BlockCutter, _ plans: [ColumnPlan], holdsCells: Bool
  ) throws(SourceError) -> Pass {
    let pipeline = BlockPipeline<BlockResult, SourceError>(
      cutter: cutter, firstLine: opening.firstLine, readsAhead: true)
    let state = Shared(
      Pass(columns: names.map { _ in ColumnCollector() }, holdsCells: holdsCells))
    let soFar = ColumnsSoFar(count: names.count)
    let missing = MissingWords(adding: options.missingWords)
    let decoding = TextDecoding(encoding: options.encoding)
    let (dialect, options) = (opening.dialect, options)
    let reading = plans.map { $0 != .nothing }
    do {
      try pipeline.run(
        makeWorker: { BlockWorker(missing: missing, decoding: decoding) },
        index: { worker, block in
          worker.index(block, reading: reading, dialect: dialect, options: options)
        },
        work: { worker, block, position throws(SourceError) in
          try blockResult(worker, block, position, plans, soFar.all)
        },
        consume: { result throws(SourceError) in
          try add(result, to: state, soFar, missing)
        })
    } catch {
      switch error {
      case .source(let error), .caller(let error): throw error
      }
    }
    return state.value
  }

  func blockResult(
    _ worker: BlockWorker, _ block: TextBlock,
    _ position: BlockPipeline<BlockResult, SourceError>.Position, _ plans: [ColumnPlan],
    _ soFar: [ColumnSoFar]
  ) throws(SourceError) -> BlockResult {
    var chunks: [Chunk] = []
    chunks.reserveCapacity(plans.count)
    for (column, plan) in plans.enumerated() {
      let isRead = !soFar[column].isSettled || plan == .texts
      let chunk = worker.chunk(
        column, of: block, isRead ? plan : .nothing, after: soFar[column],
        firstRow: position.row)
      if chunk.unreadable.count > 0 {
        throw .unreadableCell(
          file: file, line: position.line + block.lines(before: chunk.unreadable.firstPlace),
          column: names[column],
          text: chunk.unreadable.firstText, kind: options.kinds[names[column]] ?? .numeric)
      }
      chunks.append(chunk)
    }
    return BlockResult(
      rows: worker.index.rowCount, bytes: block.count,
      badRows: worker.index.badRows(in: block, firstLine: position.line),
      encoding: BlockEncoding.of(block), chunks: chunks)
  }

  /// Takes the next block's result over; called for one block at a time.
  func add(
    _ result: BlockResult, to state: Shared<Pass>, _ soFar: ColumnsSoFar, _ missing: MissingWords
  )
    throws(SourceError)
  {
    if let row = result.badRows.first.first, !options.skipsBadRows {
      let isFirst = state.value.rows == 0 && result.rows == 0 && options.skippedLines == 0
      throw .badRow(file: file, row: row, hint: RowHint.text(for: row, isFirst: isFirst))
    }
    if state.value.expectedRows == 0 { state.value.expectedRows = expectedRows(after: result) }
    state.value.rows += result.rows
    state.value.badRows.add(result.badRows)
    if result.encoding != .ascii { state.value.isASCII = false }
    if result.encoding == .other { state.value.isUTF8 = false }
    for (column, chunk) in result.chunks.enumerated() {
      state.value.columns[column].add(
        chunk, rows: result.rows, expectedRows: state.value.expectedRows,
        maximumLevels: options.maximumLevels)
      let words = state.value.columns[column].levelsToTell()
      soFar.tell(
        column, state.value.columns[column],
        words.map { KnownWords($0, missing: missing, encoding: options.encoding) })
    }
    guard let budget else { return }
    if state.value.holdsCells, result.rows > 0 {
      let cellBytes = result.chunks.reduce(0) { $0 + $1.cellBytes }
      state.value.cellBytes = max(state.value.cellBytes, cellBytes)
      state.value.holdsCells = state.value.rows <= budget.rows(cellBytes: state.value.cellBytes)
    }
    if !state.value.holdsCells {
      for column in names.indices {
        state.value.columns[column].forgetCells()
        soFar.tell(column, state.value.columns[column], nil)
      }
    }
  }

  /// About how many rows there will be that are held, by the first block; 0 where that is unknown.
  func expectedRows(after first: BlockResult) -> Int {
    guard let bytes = opening.source.byteCount, first.bytes > 0 else { return 0 }
    let rows = Int(1.05 * Double(bytes) / Double(first.bytes) * Double(first.rows))
    let cellBytes = first.chunks.reduce(0) { $0 + $1.cellBytes }
    return min(rows, budget?.rows(cellBytes: cellBytes) ?? rows)
  }
}

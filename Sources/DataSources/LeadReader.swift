import CKernels
import Parallelism
import Synchronization
import Tables

/// Reads files of leads: CSV, CSV compressed with gzip, or JSON Lines.
public enum LeadReader {
  /// Reads a whole file; `-` is standard input.
  ///
  /// Kinds are found over all rows: a first pass reads each column as its beginning suggests; where a later cell says
  /// otherwise, that column alone is read again. The result does not depend on the number of threads.
  public static func read(path: String, options: ReadingOptions = ReadingOptions())
    throws(SourceError) -> LeadFile
  {
    let opening = try Opening(path: path, options: options, canRestart: true)
    return try WholeReading(opening, options).read()
  }
}

/// The reading of one whole file.
private struct WholeReading: @unchecked Sendable {
  let opening: Opening
  let options: ReadingOptions
  let file: String
  let names: [String]
  let blockBytes: Int
  let budget: MemoryBudget?

  init(_ opening: Opening, _ options: ReadingOptions) throws(SourceError) {
    self.opening = opening
    self.options = options
    file = opening.source.name
    names = opening.names.names
    budget = MemoryBudget(options, isSpooled: opening.source.isSpooled)
    blockBytes = options.blockBytes ?? min(8 << 20, max(1 << 19, names.count << 14))
    for name in options.kinds.keys.sorted() where !names.contains(name) {
      throw .unknownColumn(file: file, column: name, columns: names)
    }
  }

  func read() throws(SourceError) -> LeadFile {
    var plans = names.map { name -> ColumnPlan in
      switch options.kinds[name] {
      case .text: .texts
      case .category, .flag: .words
      case .date: .dates(options.dateOrder ?? .dayFirst)
      case .numeric, nil:
        .numbers(options.decimalMark ?? (opening.dialect.separator == 0x3B ? .comma : .point))
      }
    }
    let cutter = opening.cutter(options: options, blockBytes: blockBytes)
    var first = try pass(cutter, plans, holdsCells: true)
    let digest = try opening.source.finishDigest() ?? ""
    let badLines = opening.source.badLines
    var collectors = first.columns
    first.columns = []
    var seen = [(NumberEvidence, DateEvidence, String?)](
      repeating: ([], [], nil), count: names.count)
    var decisions: ColumnDecisions
    while true {
      for (column, collector) in collectors.enumerated() {
        let (numbers, dates, text) = collector.allEvidence()
        seen[column] = (
          seen[column].0.union(numbers), seen[column].1.union(dates), seen[column].2 ?? text
        )
      }
      decisions = try decide(seen)
      plans = zip(collectors, decisions.targets).enumerated().map { column, found in
        plan(for: names[column], found.0, found.1, seen[column].0, seen[column].1)
      }
      if plans.allSatisfy({ $0 == .nothing }) { break }
      let again = try pass(
        opening.restartedCutter(options: options, blockBytes: blockBytes), plans,
        holdsCells: first.holdsCells)
      guard again.rows == first.rows else { throw .changedWhileReading(file: file) }
      // What a column is read as at last may take more than what it was read as first.
      first.holdsCells = again.holdsCells
      first.cellBytes = max(first.cellBytes, again.cellBytes)
      for column in collectors.indices where plans[column] != .nothing {
        collectors[column] = again.columns[column]
      }
    }
    let words = names.indices.map { column in
      options.kinds[names[column]] == .flag ? collectors[column].levels.strings : []
    }
    if !first.holdsCells {
      let recipes = names.indices.map { column in
        ColumnRecipe(
          names[column], collectors[column], decisions.targets[column], seen[column].0, options)
      }
      let isEmpty =
        seen.last.map { $0.0.isEmpty && $0.1.isEmpty } ?? false
        && collectors.last.map { $0.levels.count == 0 } ?? false
      return try sampled(recipes, words, decisions, first, badLines, digest, lastIsEmpty: isEmpty)
    }
    // A box each, so that what a column was collected in goes when the column is there.
    let boxes = collectors.map { Shared($0) }
    collectors = []
    return try finish(boxes, words, decisions, first, badLines, digest)
  }

  private func decide(_ seen: [(NumberEvidence, DateEvidence, String?)]) throws(SourceError)
    -> ColumnDecisions
  {
    let columns = names.indices.map { column in
      ColumnDecisions.Column(
        name: names[column], numbers: seen[column].0, dates: seen[column].1,
        ambiguousText: seen[column].2,
        forced: options.kinds[names[column]])
    }
    return try ColumnDecisions(
      columns, separator: opening.dialect.separator, file: file, options: options)
  }

  /// How a column must be read again; `.nothing` where it need not be.
  private func plan(
    for name: String, _ collector: ColumnCollector, _ target: ColumnTarget,
    _ numbers: NumberEvidence,
    _ dates: DateEvidence
  ) -> ColumnPlan {
    switch target {
    case .numbers(let mark):
      if options.kinds[name] == .numeric, !numbers.allow(mark) {
        return collector.wasForced ? .nothing : .onlyNumbers(mark)
      }
      return collector.fits(target, keepsText: options.keepsText) ? .nothing : .numbers(mark)
    case .dates(let order):
      if options.kinds[name] == .date, !dates.allow(order) {
        return collector.wasForced ? .nothing : .onlyDates(order)
      }
      return collector.fits(target, keepsText: options.keepsText) ? .nothing : .dates(order)
    case .words:
      if collector.hasTooManyLevels { return options.keepsText ? .texts : .nothing }
      if collector.fits(.texts, keepsText: true) { return .nothing }
      return collector.fits(target, keepsText: options.keepsText) ? .nothing : .words
    case .texts:
      return collector.fits(target, keepsText: true) ? .nothing : .texts
    }
  }

  /// What one pass over the file found.
  private struct Pass {
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

  private func pass(
    _ cutter: BlockCutter, _ plans: [ColumnPlan], holdsCells: Bool
  ) throws(SourceError) -> Pass {
    let pipeline = BlockPipeline<BlockResult, SourceError>(
      cutter: cutter, firstLine: opening.firstLine)
    let state = Shared(
      Pass(columns: names.map { _ in ColumnCollector() }, holdsCells: holdsCells))
    let settled = SettledColumns(count: names.count)
    let missing = MissingWords(adding: options.missingWords)
    let decoding = TextDecoding(encoding: options.encoding)
    let (dialect, options) = (opening.dialect, options)
    do {
      try pipeline.run(
        makeWorker: { BlockWorker(missing: missing, decoding: decoding) },
        index: { worker, block in
          worker.index(block, columns: plans.count, dialect: dialect, options: options)
        },
        work: { worker, block, position throws(SourceError) in
          try blockResult(worker, block, position.line, settled.reduced(plans))
        },
        consume: { result throws(SourceError) in
          try add(result, to: state, settled)
        })
    } catch {
      switch error {
      case .source(let error), .caller(let error): throw error
      }
    }
    return state.value
  }

  private func blockResult(
    _ worker: BlockWorker, _ block: TextBlock, _ firstLine: Int, _ plans: [ColumnPlan]
  ) throws(SourceError) -> BlockResult {
    var chunks: [Chunk] = []
    chunks.reserveCapacity(plans.count)
    for (column, plan) in plans.enumerated() {
      let chunk = worker.chunk(column, of: block, plan)
      if chunk.unreadable.count > 0 {
        throw .unreadableCell(
          file: file, line: firstLine + block.lines(before: chunk.unreadable.firstPlace),
          column: names[column],
          text: chunk.unreadable.firstText, kind: options.kinds[names[column]] ?? .numeric)
      }
      chunks.append(chunk)
    }
    return BlockResult(
      rows: worker.index.rowCount, bytes: block.count,
      badRows: worker.index.badRows(in: block, firstLine: firstLine),
      encoding: BlockEncoding.of(block), chunks: chunks)
  }

  /// Takes the next block's result over; called for one block at a time.
  private func add(_ result: BlockResult, to state: Shared<Pass>, _ settled: SettledColumns)
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
      if state.value.columns[column].isSettled { settled.add(column) }
    }
    guard let budget else { return }
    if state.value.holdsCells, result.rows > 0 {
      let cellBytes = result.chunks.reduce(0) { $0 + $1.cellBytes }
      state.value.cellBytes = max(state.value.cellBytes, cellBytes)
      state.value.holdsCells = state.value.rows <= budget.rows(cellBytes: state.value.cellBytes)
    }
    if !state.value.holdsCells {
      for column in names.indices { state.value.columns[column].forgetCells() }
    }
  }

  /// About how many rows there will be that are held, by the first block; 0 where that is unknown.
  private func expectedRows(after first: BlockResult) -> Int {
    guard let bytes = opening.source.byteCount, first.bytes > 0 else { return 0 }
    let rows = Int(1.05 * Double(bytes) / Double(first.bytes) * Double(first.rows))
    let cellBytes = first.chunks.reduce(0) { $0 + $1.cellBytes }
    return min(rows, budget?.rows(cellBytes: cellBytes) ?? rows)
  }

  private func finish(
    _ collectors: [Shared<ColumnCollector>], _ flagWords: [[String]],
    _ decisions: ColumnDecisions, _ pass: Pass,
    _ badLines: BadRows, _ digest: String
  ) throws(SourceError) -> LeadFile {
    let (names, options) = (names, options)
    let columns: [Column] = Parallel.map(names.count) { (index: Int) throws(Never) -> Column in
      let values = collectors[index].value.values(
        decisions.targets[index], forced: options.kinds[names[index]])
      collectors[index].value = ColumnCollector()
      return Column(name: names[index], values: values)
    }
    // The columns were collected in thousands of small arrays: their memory, as much as the table's, is not reused.
    winnow_return_memory()
    return try finish(
      columns, flagWords, decisions, pass, badLines, digest,
      lastIsEmpty: columns.last?.isAllMissing == true, whole: nil)
  }

  /// A file of which a sample of the rows is held.
  private func sampled(
    _ recipes: [ColumnRecipe], _ flagWords: [[String]], _ decisions: ColumnDecisions, _ pass: Pass,
    _ badLines: BadRows, _ digest: String, lastIsEmpty: Bool
  ) throws(SourceError) -> LeadFile {
    let whole = WholeFile(opening, options, recipes, rowCount: pass.rows)
    // What blocks were read in is as much as a small budget.
    winnow_return_memory()
    let table = try whole.sample(budget?.rows(cellBytes: pass.cellBytes) ?? pass.rows)
    return try finish(
      table.columns, flagWords, decisions, pass, badLines, digest, lastIsEmpty: lastIsEmpty,
      whole: whole)
  }

  private func finish(
    _ found: [Column], _ flagWords: [[String]], _ decisions: ColumnDecisions, _ pass: Pass,
    _ badLines: BadRows, _ digest: String, lastIsEmpty: Bool, whole: WholeFile?
  ) throws(SourceError) -> LeadFile {
    var columns = found
    for (index, column) in columns.enumerated() {
      if options.kinds[column.name] == .flag, column.kind != .flag {
        throw .notAFlag(file: file, column: column.name, words: flagWords[index])
      }
      if options.kinds[column.name] == .category, column.kind == .text {
        throw .tooManyLevels(file: file, column: column.name, limit: options.maximumLevels)
      }
    }
    let dropsLast = opening.lastIsEmpty && lastIsEmpty
    if dropsLast { columns.removeLast() }
    var badRows = badLines
    badRows.add(pass.badRows)
    let table: Table
    do throws(TableError) {
      table = try Table(columns: columns)
    } catch {
      throw .cannotRead(file: file, reason: error.description)
    }
    let detection = Detection(
      format: opening.format, isCompressed: opening.source.isCompressed,
      separator: opening.dialect.separator,
      quote: opening.dialect.quote, encoding: encoding(pass), hasHeader: opening.hasHeader,
      decimalMark: decisions.decimalMark, dateOrder: decisions.dateOrder,
      columnCount: columns.count,
      rowCount: pass.rows,
      renamedColumns: opening.names.renamed.filter { $0.position <= columns.count },
      droppedLastColumn: dropsLast)
    return LeadFile(
      table: table, whole: whole, detection: detection, skippedRows: badRows, sha256: digest)
  }

  private func encoding(_ pass: Pass) -> TextEncoding {
    if let told = options.encoding { return told }
    if let shown = opening.source.shownEncoding, shown != .utf8 { return shown }
    return pass.isUTF8 ? .utf8 : .windows1252
  }
}

extension Column {
  /// Whether no row has a value.
  var isAllMissing: Bool {
    switch values {
    case .numeric(let numbers), .date(let numbers): numbers.allSatisfy(\.isNaN)
    case .category(let categories): categories.codes.allSatisfy { $0 == 0 }
    case .flag(let flags): flags.codes.allSatisfy { $0 == 0 }
    case .text(let texts): texts.bytes.isEmpty
    }
  }
}

/// Columns whose further cells change nothing.
final class SettledColumns: Sendable {
  private let flags: Mutex<[Bool]>

  init(count: Int) { flags = Mutex([Bool](repeating: false, count: count)) }

  func add(_ column: Int) { flags.withLock { $0[column] = true } }

  /// Plans without those that read settled columns.
  func reduced(_ plans: [ColumnPlan]) -> [ColumnPlan] {
    let settled = flags.withLock { $0 }
    return zip(plans, settled).map { plan, isSettled in
      if isSettled, plan != .texts { .nothing } else { plan }
    }
  }
}

/// A value that several threads use, one at a time: a lock elsewhere sees to that.
final class Shared<Value>: @unchecked Sendable {
  var value: Value
  init(_ value: Value) { self.value = value }
}

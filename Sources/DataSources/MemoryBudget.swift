/// How many rows a training may hold in a budget of memory.
struct MemoryBudget {
  /// What the program takes whatever the rows: its code, blocks of text that are worked on, sums.
  static let fixedBytes = 160 << 20

  /// What a row takes at the height of a training, besides its cells: outcome, weight, logits, residuals.
  static let rowBytes = 160

  /// What is left for rows.
  let bytes: Int

  /// The fewest rows that are held in any case.
  let fewestRows: Int

  /// - Parameter isSpooled: Whether text from a pipe is kept as well.
  init?(_ options: ReadingOptions, isSpooled: Bool) {
    guard let budget = options.memoryBudget else { return nil }
    let spool = isSpooled ? options.spoolLimit?.bytes ?? 0 : 0
    bytes = max(0, budget - Self.fixedBytes - spool)
    fewestRows = options.fewestSampledRows
  }

  /// How many rows fit.
  ///
  /// - Parameter cellBytes: What the cells of a row take.
  func rows(cellBytes: Int) -> Int { max(fewestRows, bytes / (Self.rowBytes + cellBytes)) }
}

extension ReadingOptions {
  /// How much of a text from a pipe is kept in memory.
  var spoolLimit: Spool.Limit? {
    memoryBudget.map { Spool.Limit(bytes: $0 / 8, folder: scratchFolder) }
  }
}

extension Chunk {
  /// What a cell takes at the height of a training: in the table while it is put together, then in the design beside it.
  var cellBytes: Int {
    switch values {
    case .numbers, .dates: 28
    case .words: 16
    case .texts(let texts): 16 + 2 * texts.bytes.count / max(1, texts.count)
    case .missing, .nothing: 8
    }
  }
}

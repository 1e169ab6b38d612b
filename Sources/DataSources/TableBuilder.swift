import Parallelism
import Tables

/// What was read from one block of a file.
struct BlockResult: Sendable {
  let rows: Int
  /// The bytes of the block's text.
  let bytes: Int
  let badRows: BadRows
  let encoding: BlockEncoding
  let chunks: [Chunk]
}

/// Collects what blocks hold, in the order of the file, one column at a time.
struct ColumnCollector: Sendable {
  /// The cells of all blocks.
  private(set) var runs: [ColumnRun] = []

  /// All words met, in the order of their first row.
  private(set) var levels = LevelTable()

  /// Whether there are more words than levels are allowed.
  private(set) var hasTooManyLevels = false

  /// Whether there are too many levels, and the column can be nothing but text, whatever comes.
  private(set) var isSettled = false

  /// What the cells say that were not read as words.
  private(set) var numbers: NumberEvidence = []
  private(set) var dates: DateEvidence = []

  /// A cell that can be read in two ways.
  private(set) var ambiguousText: String?

  /// Rows in all.
  private(set) var rows = 0

  /// The chunks after which the words are told next, and how many were.
  private var nextTold = 1
  private var chunks = 0
  private var told = 0

  /// The most words that are told: more are found no sooner than anew.
  private static let mostTold = 4096

  /// Whether all chunks are what the column had to be, whatever its cells are.
  private(set) var wasForced = false

  /// Adds the chunk of the next block.
  ///
  /// - Parameter expectedRows: About how many rows there will be, 0 where that is unknown.
  mutating func add(
    _ chunk: Chunk, rows blockRows: Int, expectedRows: Int = 0, maximumLevels: Int
  ) {
    numbers.formUnion(chunk.numbers)
    dates.formUnion(chunk.dates)
    if ambiguousText == nil { ambiguousText = chunk.ambiguousText }
    if chunk.isForced { wasForced = true }
    var map: [UInt32] = []
    var kept = chunk
    if case .words(let words) = chunk.values {
      if hasTooManyLevels {
        kept.values = .nothing
      } else {
        for word in 0..<words.count {
          if word % 64 == 0 {
            levels.prepare(words.hashes[word..<min(word + 64, words.count)])
          }
          let cell = words.cell(word)
          if map.isEmpty { map = (0...UInt32(words.known)).map { $0 } }
          let level = levels.add(
            words.bytes.span, Int(cell.start), cell.count, hash: words.hashes[word])
          map.append(UInt32(level + 1))
        }
        if levels.count > maximumLevels {
          hasTooManyLevels = true
          let evidence = allEvidence()
          isSettled = evidence.numbers.contains(.word) && evidence.dates.contains(.word)
          for run in runs where run.kind == .words { run.giveUp() }
          kept.values = .nothing
        }
      }
    }
    let firstRow = rows
    rows += blockRows
    chunks += 1
    if runs.last?.add(kept, levels: map, levelCount: levels.count, rows: blockRows) == true {
      return
    }
    let run = ColumnRun(
      ColumnRun.Kind(kept.values), firstRow: firstRow, expectedRows: expectedRows)
    _ = run.add(kept, levels: map, levelCount: levels.count, rows: blockRows)
    runs.append(run)
  }

  /// The words so far, where those who read the next blocks should know them; nil where they know enough.
  ///
  /// They are told as chunks double: each time costs as much as a chunk without.
  mutating func levelsToTell() -> [String]? {
    guard chunks >= nextTold else { return nil }
    nextTold = 2 * chunks
    guard levels.count > told, levels.count <= Self.mostTold, !hasTooManyLevels else { return nil }
    told = levels.count
    return levels.strings
  }

  /// Forgets the cells, but for the words they hold, what they say, and as what they were read.
  mutating func forgetCells() {
    var kept: [ColumnRun] = []
    for run in runs {
      run.forgetCells()
      let isKept = kept.contains { $0.kind == run.kind && $0.isAmbiguous == run.isAmbiguous }
      if !isKept { kept.append(run) }
    }
    runs = kept
  }

  /// What all cells say, the words included.
  func allEvidence() -> (numbers: NumberEvidence, dates: DateEvidence, ambiguousText: String?) {
    var numbers = numbers
    var dates = dates
    var example = ambiguousText
    let text = levels.bytes.span
    // Words that are no numbers or dates decide soon; those of a real category do so at once.
    for level in 0..<levels.count {
      let cell = levels.cell(level)
      if let reading = NumberGrammar.read(text, cell), !reading.hasLeadingZero,
        let value = reading.value(.point, of: text, cell) ?? reading.value(.comma, of: text, cell)
      {
        let one = NumberEvidence(reading, value: value)
        numbers.formUnion(one)
        dates.insert(.word)
        if one.contains(.ambiguous), example == nil { example = levels[level] }
      } else if let reading = DateGrammar.read(text, cell) {
        let one = DateEvidence(reading)
        dates.formUnion(one)
        numbers.insert(.word)
        if one.contains(.ambiguous), example == nil { example = levels[level] }
      } else {
        numbers.insert(.word)
        dates.insert(.word)
      }
      if numbers.contains(.word), dates.contains(.word) { break }
    }
    if numbers.hasNumbers { dates.insert(.word) }
    if dates.hasDates { numbers.insert(.word) }
    return (numbers, dates, example)
  }
}

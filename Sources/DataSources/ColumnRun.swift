import Parallelism
import Tables

/// Cells of neighbouring blocks that were read in one way, in the arrays that a column is made of.
///
/// Most columns are one run: their arrays are then the column's, and nothing is copied.
final class ColumnRun: @unchecked Sendable {
  /// How the cells were read.
  enum Kind: Equatable {
    /// No cell has a value.
    case missing
    case numbers(DecimalMark)
    case dates(DateOrder)
    case words
    case texts
    /// The cells were not looked at.
    case nothing

    init(_ values: Chunk.Values) {
      self =
        switch values {
        case .missing: .missing
        case .numbers(_, let mark): .numbers(mark)
        case .dates(_, let order): .dates(order)
        case .words: .words
        case .texts: .texts
        case .nothing: .nothing
        }
    }
  }

  private(set) var kind: Kind
  private(set) var rows = 0

  /// The row of the table that the first one is.
  private let firstRow: Int
  private let expectedRows: Int

  /// Numbers or days, one a row, where the cells were read so.
  private(set) var numbers: NumberRoom?

  /// A code a row, 0 where there is no value and else a level's number plus 1, where cells were read as words.
  private(set) var codes: CodeRoom?

  /// The texts, where cells were kept so.
  private(set) var texts = Texts(missing: 0)

  /// Whether a number or a date can be read in two ways.
  private(set) var isAmbiguous = false

  /// - Parameters:
  ///   - firstRow: The row of the table that the first one is.
  ///   - expectedRows: About how many rows there will be, 0 where that is unknown.
  init(_ kind: Kind, firstRow: Int, expectedRows: Int) {
    self.kind = kind
    self.firstRow = firstRow
    self.expectedRows = expectedRows
    makeRoom()
  }

  /// Makes room once: an array that grows is copied, and its pages are touched, again and again.
  private func makeRoom() {
    let capacity = max(0, expectedRows - firstRow)
    switch kind {
    case .numbers, .dates: numbers = NumberRoom(firstRow: firstRow, capacity: capacity)
    case .words: codes = CodeRoom(firstRow: firstRow, capacity: capacity)
    case .missing, .texts, .nothing: break
    }
  }

  /// Adds a block's cells.
  ///
  /// - Parameters:
  ///   - levels: For each code of a word of the chunk its level's number plus 1, and 0 for 0, where cells are words; none
  ///     where the codes are these.
  ///   - levelCount: The number of levels of all blocks so far.
  /// - Returns: False where they were read in another way, and so begin another run.
  func add(_ chunk: Chunk, levels: [UInt32], levelCount: Int, rows more: Int) -> Bool {
    let other = Kind(chunk.values)
    if kind == .missing, other != .missing { become(other) }
    guard other == kind || other == .missing else { return false }
    rows += more
    isAmbiguous =
      isAmbiguous || chunk.numbers.contains(.ambiguous) || chunk.dates.contains(.ambiguous)
    switch chunk.values {
    case .numbers(let values, _): numbers?.add(values, areDays: false)
    case .dates(let values, _): numbers?.add(values, areDays: true)
    case .words(let words):
      if levelCount > LevelCodes.largestShort { codes?.widen() }
      codes?.add(words.codes, levels: levels, rows: more)
    case .texts(let values): texts.append(values)
    case .missing: appendMissing(more)
    case .nothing: break
    }
    return true
  }

  /// Is from now on as if the cells were not looked at.
  func giveUp() {
    kind = .nothing
    forgetCells()
  }

  /// Forgets the cells, but not as what they were read.
  func forgetCells() {
    numbers = nil
    codes = nil
    texts = Texts(missing: 0)
  }

  private func become(_ other: Kind) {
    kind = other
    makeRoom()
    appendMissing(rows)
  }

  private func appendMissing(_ count: Int) {
    switch kind {
    case .numbers, .dates: numbers?.add(missing: count)
    case .words: codes?.add(missing: count)
    case .texts: texts.append(missing: count)
    case .missing, .nothing: break
    }
  }
}

import Synchronization

/// What the blocks that were taken over so far tell of a column, for those who read the next ones.
struct ColumnSoFar: Sendable {
  /// Whether further cells change nothing.
  var isSettled = false
  /// Words that have numbers; nil for none.
  var known: KnownWords?
  /// Where numbers and dates go, and codes of words, where there is such a place.
  var numbers: NumberRoom?
  var codes: CodeRoom?
}

/// What the blocks that were taken over so far tell of all columns.
final class ColumnsSoFar: Sendable {
  private let columns: Mutex<[ColumnSoFar]>

  init(count: Int) {
    columns = Mutex([ColumnSoFar](repeating: ColumnSoFar(), count: count))
  }

  /// Everything as it is now.
  var all: [ColumnSoFar] { columns.withLock { $0 } }

  /// Says what a column has come to.
  func tell(_ column: Int, _ collector: ColumnCollector, _ words: KnownWords?) {
    columns.withLock { columns in
      columns[column].isSettled = collector.isSettled
      columns[column].numbers = collector.runs.last?.numbers
      columns[column].codes = collector.runs.last?.codes
      if let words { columns[column].known = words }
    }
  }
}

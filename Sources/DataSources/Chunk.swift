import Tables

/// How a column's cells are to be read in a pass over the file.
enum ColumnPlan: Sendable, Equatable {
  /// As numbers; a block where that fails is read in another way.
  case numbers(DecimalMark)
  /// As dates; a block where that fails is read in another way.
  case dates(DateOrder)
  /// As numbers, whatever the cells are: one that is none is missing and counted.
  case onlyNumbers(DecimalMark?)
  /// As dates, likewise.
  case onlyDates(DateOrder?)
  /// As words.
  case words
  /// As text that is kept.
  case texts
  /// Not at all.
  case nothing
}

/// The cells of one column in one block.
struct Chunk: Sendable {
  enum Values: Sendable {
    /// No cell has a value.
    case missing
    case numbers(NumberCells, DecimalMark)
    case dates(NumberCells, DateOrder)
    case words(Words)
    case texts(Texts)
    /// The cells were not looked at.
    case nothing
  }

  var values: Values
  var numbers: NumberEvidence = []
  var dates: DateEvidence = []

  /// The first cell whose number or date can be read in two ways.
  var ambiguousText: String?

  /// Cells that are not what they had to be.
  var unreadable = Unreadable()

  /// Whether the cells had to be so.
  var isForced = false
}

/// Cells of a block that are not what they had to be.
struct Unreadable: Sendable {
  var count = 0

  /// Where the first one is in the block's text, and what it says.
  var firstPlace = 0
  var firstText = ""

  mutating func add(at place: Int, _ text: @autoclosure () -> String) {
    if count == 0 {
      firstPlace = place
      firstText = text()
    }
    count += 1
  }
}

/// Cells as codes of words.
struct Words: Sendable {
  /// How many words had numbers before.
  let known: Int

  /// A code a row: 0 is missing, `k` is known word `k - 1`, and `known + k` the word `k - 1` of the others.
  var codes = CodeCells.shorts(.own([]))

  /// The other words in UTF-8, in the order of their first row, one after another, and 16 bytes more.
  var bytes: [UInt8] = []

  /// Where each of them ends.
  var ends: [Int] = []

  /// The hash of each of them.
  var hashes: [UInt64] = []

  init(known: Int) { self.known = known }

  /// How many other words there are.
  var count: Int { ends.count }

  func cell(_ word: Int) -> Cell {
    Cell(start: UInt32(word == 0 ? 0 : ends[word - 1]), end: UInt32(ends[word]))
  }
}

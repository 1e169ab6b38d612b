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

  /// Numbers or days, one a row, where the cells were read so.
  private(set) var numbers: [Double] = []

  /// A code a row, 0 where there is no value and else a level's number plus 1, where cells were read as words.
  private(set) var codes: [UInt32] = []

  private var textBytes: [UInt8] = []
  private var textEnds: [Int] = []

  /// Whether a number or a date can be read in two ways.
  private(set) var isAmbiguous = false

  /// - Parameter expectedRows: About how many rows there will be, 0 where that is unknown.
  init(_ kind: Kind, expectedRows: Int) {
    self.kind = kind
    reserve(expectedRows)
  }

  /// The texts, where cells were kept so.
  var texts: Texts { Texts(bytes: textBytes, ends: textEnds) }

  /// Adds a block's cells.
  ///
  /// - Parameters:
  ///   - levels: For each code of a word of the chunk its level's number plus 1, and 0 for 0, where cells are words; none
  ///     where the codes are these.
  /// - Returns: False where they were read in another way, and so begin another run.
  func add(_ chunk: Chunk, levels: [UInt32], rows more: Int) -> Bool {
    let other = Kind(chunk.values)
    if kind == .missing, other != .missing { become(other) }
    guard other == kind || other == .missing else { return false }
    rows += more
    isAmbiguous =
      isAmbiguous || chunk.numbers.contains(.ambiguous) || chunk.dates.contains(.ambiguous)
    switch chunk.values {
    case .numbers(let values, _), .dates(let values, _): numbers.append(contentsOf: values)
    case .words(let words): append(words.codes, levels)
    case .texts(let texts):
      let start = textBytes.count
      textBytes.append(contentsOf: texts.bytes)
      for row in 0..<texts.count { textEnds.append(start + texts.range(at: row).upperBound) }
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
    numbers = []
    codes = []
    (textBytes, textEnds) = ([], [])
  }

  private func become(_ other: Kind) {
    kind = other
    appendMissing(rows)
  }

  private func appendMissing(_ count: Int) {
    switch kind {
    case .numbers, .dates: numbers.append(contentsOf: repeatElement(.nan, count: count))
    case .words: codes.append(contentsOf: repeatElement(0, count: count))
    case .texts: textEnds.append(contentsOf: repeatElement(textBytes.count, count: count))
    case .missing, .nothing: break
    }
  }

  private func append(_ words: [UInt32], _ levels: [UInt32]) {
    guard !levels.isEmpty else { return codes.append(contentsOf: words) }
    let (words, levels) = (words.span, levels.span)
    codes.append(addingCapacity: words.count) { room in
      for row in words.indices { room.append(levels[Int(words[row])]) }
    }
  }

  /// Makes room once: an array that grows is copied, and its pages are touched, again and again.
  private func reserve(_ rows: Int) {
    switch kind {
    case .numbers, .dates:
      numbers.reserveCapacity(rows)
      unsafe numbers.withUnsafeMutableBufferPointer { buffer in
        unsafe useLargePages(
          UnsafeRawBufferPointer(start: buffer.baseAddress, count: 8 * rows))
      }
    case .words: codes.reserveCapacity(rows)
    case .missing, .texts, .nothing: break
    }
  }
}

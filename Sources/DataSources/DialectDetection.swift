import Parallelism

/// Finds the separator of a CSV text.
enum DialectDetection {
  /// What a text may separate fields with.
  static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), 9, UInt8(ascii: "|")]

  /// Records that are looked at.
  private static let sample = 200

  /// The separator under which the first records have the same number of fields, at least two.
  ///
  /// Of several, the one under which the first record has that number too, then the one with more fields that are
  /// numbers or dates. Where there is none, one that does not occur.
  static func separator(of head: [UInt8], quote: UInt8, isComplete: Bool) -> UInt8 {
    let scores = Parallel.map(separators.count) {
      score(head, Dialect(separator: separators[$0], quote: quote), isComplete)
    }
    var best: (separator: UInt8, score: Score)?
    for case (let separator, let score?) in zip(separators, scores) {
      if let found = best, !(score > found.score) { continue }
      best = (separator, score)
    }
    // A table of one column: a byte that is not in its text.
    return best?.separator ?? separators.first { !head.contains($0) } ?? UInt8(ascii: ",")
  }

  /// How well a separator fits.
  private struct Score: Sendable {
    let share: Double
    let firstFits: Bool
    let typed: Double
    let fields: Int

    static func > (one: Score, other: Score) -> Bool {
      if abs(one.share - other.share) > 0.1 { return one.share > other.share }
      if one.firstFits != other.firstFits { return one.firstFits }
      if abs(one.typed - other.typed) > 0.01 { return one.typed > other.typed }
      return one.fields > other.fields
    }
  }

  private static func score(_ head: [UInt8], _ dialect: Dialect, _ isComplete: Bool) -> Score? {
    let split = RawRecords.split(head, dialect: dialect, isComplete: isComplete, limit: sample)
    let records = split.records.filter { !split.isBlank($0) }
    guard let first = records.first else { return nil }
    var counts: [Int: Int] = [:]
    for record in records { counts[record.cells.count, default: 0] += 1 }
    let rest = records.count > 1 ? records.dropFirst() : records[...]
    guard let (fields, _) = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), fields > 1
    else {
      return nil
    }
    let fitting = records.count { $0.cells.count == fields && !$0.isFaulty }
    if fields == 2, first.cells.count == 1, dialect.separator == UInt8(ascii: ","),
      areNumbers(rest, split)
    {
      return nil
    }
    var typed = 0
    var all = 0
    let bytes = split.block.bytes
    let text = bytes.span
    for record in rest.prefix(50) {
      for cell in record.cells {
        let trimmed = text.trimmed(cell)
        all += 1
        if NumberGrammar.read(text, trimmed) != nil || DateGrammar.read(text, trimmed) != nil {
          typed += 1
        }
      }
    }
    return Score(
      share: Double(fitting) / Double(records.count), firstFits: first.cells.count == fields,
      typed: Double(typed) / Double(max(1, all)), fields: fields)
  }

  /// Whether records are numbers with a decimal comma, and not two fields.
  private static func areNumbers(
    _ records: ArraySlice<RawRecords.Record>, _ split: RawRecords.Result
  ) -> Bool {
    let bytes = split.block.bytes
    return records.allSatisfy { record in
      guard let first = record.cells.first, let last = record.cells.last else { return false }
      return NumberGrammar.read(bytes.span, Cell(start: first.start, end: last.end)) != nil
    }
  }

  /// The separator that a first line `sep=;` names, and where the next line begins.
  static func excelSeparator(of head: [UInt8]) -> (separator: UInt8, end: Int)? {
    let line = head.prefix { $0 != 10 && $0 != 13 }
    let name = Array("sep=".utf8)
    guard line.count == 5, zip(line, name).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) else {
      return nil
    }
    return (line[4], lineEnd(in: head, from: 5))
  }

  /// Where the line that a place is in ends, its line end included.
  static func lineEnd(in text: [UInt8], from start: Int) -> Int {
    var at = start
    while at < text.count, text[at] != 10, text[at] != 13 { at += 1 }
    while at < text.count, text[at] == 13, at + 1 < text.count,
      text[at + 1] == 13 || text[at + 1] == 10
    {
      if text[at + 1] == 13, at + 2 >= text.count || text[at + 2] != 10 { break }
      at += 1
    }
    return min(at + 1, text.count)
  }
}

import Tables

/// Reads columns of a block; one thread has it at a time.
final class ColumnReader {
  let missing: MissingWords
  let decoding: TextDecoding
  private var table = WordTable()

  init(missing: MissingWords, decoding: TextDecoding) {
    self.missing = missing
    self.decoding = decoding
  }

  /// The cells of one column of a block, by a plan.
  ///
  /// Where a plan for numbers or dates fails, others are tried: the other kind and mark that the failing cell shows,
  /// and at last words, which hold anything. So nothing is lost, and what came out is decided when all blocks are known.
  ///
  /// - Parameter known: Words of the column that have numbers already.
  func read(
    _ plan: ColumnPlan, _ text: Span<UInt8>, _ cells: Span<Cell>, knowing known: KnownWords? = nil
  ) -> Chunk {
    switch plan {
    case .nothing: return Chunk(values: .nothing)
    case .texts: return Chunk(values: .texts(texts(text, cells)))
    case .words: return Chunk(values: .words(words(text, cells, knowing: known)))
    case .onlyNumbers(let mark): return onlyNumbers(mark, text, cells)
    case .onlyDates(let order): return onlyDates(order, text, cells)
    case .numbers, .dates: break
    }
    var next = plan
    for _ in 0..<3 {
      var chunk = Chunk(values: .missing)
      let failure: Cell?
      switch next {
      case .numbers(let mark):
        var values: [Double] = []
        failure = numbers(mark, text, cells, &values, &chunk)
        if chunk.numbers.hasNumbers { chunk.values = .numbers(values, mark) }
      case .dates(let order):
        var values: [Double] = []
        failure = dates(order, text, cells, &values, &chunk)
        if chunk.dates.hasDates { chunk.values = .dates(values, order) }
      case .onlyNumbers, .onlyDates, .words, .texts, .nothing: failure = nil
      }
      guard let failure else { return chunk }
      guard let other = alternative(to: next, text, failure, chunk) else { break }
      next = other
    }
    return Chunk(values: .words(words(text, cells, knowing: known)))
  }

  /// The plan that a cell suggests which another plan could not read.
  private func alternative(to plan: ColumnPlan, _ text: Span<UInt8>, _ cell: Cell, _ chunk: Chunk)
    -> ColumnPlan?
  {
    if case .numbers(let mark) = plan, let reading = NumberGrammar.read(text, cell),
      !reading.hasLeadingZero
    {
      return chunk.numbers.allow(mark.other) && reading.decimals(mark.other) != nil
        ? .numbers(mark.other) : nil
    }
    guard let reading = DateGrammar.read(text, cell), !chunk.numbers.hasNumbers else { return nil }
    for order in [DateOrder.dayFirst, .monthFirst, .yearFirst] where reading.value(order) != nil {
      if .dates(order) != plan, chunk.dates.allow(order) { return .dates(order) }
    }
    return nil
  }

  /// Reads numbers; gives the first cell that is none under the mark.
  private func numbers(
    _ mark: DecimalMark, _ text: Span<UInt8>, _ cells: Span<Cell>, _ values: inout [Double],
    _ chunk: inout Chunk
  ) -> Cell? {
    var evidence: NumberEvidence = []
    values = [Double](repeating: .nan, count: cells.count)
    var row = 0
    while true {
      row = FastNumber.read(
        text, cells, from: row, mark: mark, values: &values, evidence: &evidence)
      if row == cells.count { break }
      let trimmed = text.trimmed(cells[row])
      switch slowNumber(mark, text, trimmed) {
      case .missing: break
      case .unreadable:
        chunk.numbers = evidence
        return trimmed
      case .number(let value, let more):
        values[row] = value
        evidence.formUnion(more)
      }
      row += 1
    }
    if evidence.contains(.ambiguous) { chunk.ambiguousText = firstAmbiguous(text, cells) }
    chunk.numbers = evidence
    return nil
  }

  /// The first number that can be read in two ways.
  @inline(never)
  private func firstAmbiguous(_ text: Span<UInt8>, _ cells: Span<Cell>) -> String? {
    for row in cells.indices {
      let cell = text.trimmed(cells[row])
      if NumberGrammar.read(text, cell)?.isAmbiguous == true { return decoding.string(text, cell) }
    }
    return nil
  }

  private enum SlowNumber {
    case missing, unreadable
    case number(Double, NumberEvidence)
  }

  @inline(never)
  private func slowNumber(_ mark: DecimalMark, _ text: Span<UInt8>, _ cell: Cell) -> SlowNumber {
    guard let reading = NumberGrammar.read(text, cell) else {
      return isMissing(text, cell) ? .missing : .unreadable
    }
    guard !reading.hasLeadingZero, let value = reading.value(mark, of: text, cell) else {
      return .unreadable
    }
    return .number(value, NumberEvidence(reading, value: value))
  }

  /// Reads dates; gives the first cell that is none under the order.
  private func dates(
    _ order: DateOrder, _ text: Span<UInt8>, _ cells: Span<Cell>, _ values: inout [Double],
    _ chunk: inout Chunk
  ) -> Cell? {
    var evidence: DateEvidence = []
    values = [Double](repeating: .nan, count: cells.count)
    var row = 0
    while true {
      row = FastDate.read(text, cells, from: row, values: &values, evidence: &evidence)
      if row == cells.count { break }
      let trimmed = text.trimmed(cells[row])
      if let reading = DateGrammar.read(text, trimmed), let value = reading.value(order) {
        values[row] = value
        let one = DateEvidence(reading)
        if one.contains(.ambiguous), !evidence.contains(.ambiguous) {
          chunk.ambiguousText = decoding.string(text, trimmed)
        }
        evidence.formUnion(one)
      } else if !isMissing(text, trimmed) {
        chunk.dates = evidence
        return trimmed
      }
      row += 1
    }
    chunk.dates = evidence
    return nil
  }

  /// Whether a trimmed cell stands for a missing value.
  func isMissing(_ text: Span<UInt8>, _ cell: Cell) -> Bool {
    if cell.count == 0 { return true }
    guard missing.canBeMissing(first: text[Int(cell.start)], count: cell.count) else {
      return false
    }
    var bytes: [UInt8] = []
    decoding.append(text, cell.range, to: &bytes)
    return missing.contains(bytes.span)
  }

  /// Reads words.
  ///
  /// - Parameter known: Words that have numbers already. Where many cells hold none of them, they are passed over.
  func words(
    _ text: Span<UInt8>, _ cells: Span<Cell>, knowing known: KnownWords? = nil
  ) -> Words {
    // A local table is not checked for other uses at each cell.
    var table = WordTable()
    swap(&table, &self.table)
    defer { swap(&table, &self.table) }
    if let known, let words = words(text, cells, known, &table) { return words }
    return words(text, cells, nil, &table) ?? Words(known: 0)
  }

  /// - Returns: Nil where many cells hold none of the known words, if there are such.
  private func words(
    _ text: Span<UInt8>, _ cells: Span<Cell>, _ known: KnownWords?, _ table: inout WordTable
  ) -> Words? {
    table.removeAll()
    let knownCount = known?.count ?? 0
    var words = Words(known: knownCount)
    words.codes = [UInt32](repeating: 0, count: cells.count)
    // The code of each different cell: cells that mean "missing" have none.
    var codeOfCell: [UInt32] = []
    var hasMissingWords = false
    var patience = 64 + cells.count / 16
    var row = 0
    while true {
      row =
        known?.find(cells, from: row, in: text, codes: &words.codes)
        ?? table.find(cells, from: row, in: text, codes: &words.codes)
      if row == cells.count { break }
      if known != nil {
        patience -= 1
        if patience < 0 { return nil }
      }
      let cell = text.trimmed(cells[row])
      defer { row += 1 }
      if cell.start == cell.end { continue }
      let (number, isNew) = table.number(of: cell, in: text)
      words.codes[row] = UInt32(truncatingIfNeeded: knownCount &+ number &+ 1)
      guard isNew else { continue }
      if isMissing(text, cell) {
        codeOfCell.append(0)
        hasMissingWords = true
      } else {
        decoding.append(text, cell.range, to: &words.bytes)
        words.ends.append(words.bytes.count)
        codeOfCell.append(UInt32(knownCount + words.count))
      }
    }
    if hasMissingWords {
      var output = words.codes.mutableSpan
      for row in cells.indices where output[row] > knownCount {
        output[row] = codeOfCell[Int(output[row]) - knownCount - 1]
      }
    }
    words.bytes.append(contentsOf: [UInt8](repeating: 0, count: 16))
    var start = 0
    words.hashes.reserveCapacity(words.count)
    for end in words.ends {
      words.hashes.append(WordHash.hash(words.bytes.span, start, end - start))
      start = end
    }
    return words
  }

  /// Keeps cells as they are but for blanks around them; missing ones are empty.
  func texts(_ text: Span<UInt8>, _ cells: Span<Cell>) -> Texts {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    ends.reserveCapacity(cells.count)
    for row in cells.indices {
      let cell = text.trimmed(cells[row])
      if !isMissing(text, cell) { decoding.append(text, cell.range, to: &bytes) }
      ends.append(bytes.count)
    }
    return Texts(bytes: bytes, ends: ends)
  }
}

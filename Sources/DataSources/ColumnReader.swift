import Tables

/// Reads columns of a block; one thread has it at a time.
final class ColumnReader {
  let missing: MissingWords
  let decoding: TextDecoding
  private var table = WordTable()
  /// Numbers that are to be made narrow.
  private var spare: [Double] = []

  init(missing: MissingWords, decoding: TextDecoding) {
    self.missing = missing
    self.decoding = decoding
  }

  /// The cells of one column of a block, by a plan.
  ///
  /// Where a plan for numbers or dates fails, others are tried: the other kind and mark that the failing cell shows,
  /// and at last words, which hold anything. So nothing is lost, and what came out is decided when all blocks are known.
  ///
  /// - Parameters:
  ///   - soFar: What earlier blocks tell of the column.
  ///   - firstRow: The row of the table that the first cell is of.
  func read(
    _ plan: ColumnPlan, _ text: Span<UInt8>, _ cells: Span<Cell>,
    after soFar: ColumnSoFar = .init(), firstRow: Int = 0
  ) -> Chunk {
    func words() -> Chunk {
      Chunk(
        values: .words(
          self.words(text, cells, knowing: soFar.known, in: soFar.codes, from: firstRow)))
    }
    func numbers(
      _ read: (inout MutableSpan<Double>) -> Cell?
    ) -> (cells: NumberCells, result: Cell?) {
      // A local array is not checked for other uses.
      var spare: [Double] = []
      swap(&spare, &self.spare)
      defer { swap(&spare, &self.spare) }
      return NumberCells.filled(
        cells.count, in: soFar.numbers, from: firstRow, spare: &spare, read)
    }
    switch plan {
    case .nothing: return Chunk(values: .nothing)
    case .texts: return Chunk(values: .texts(texts(text, cells)))
    case .words: return words()
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
        let values: NumberCells
        (values, failure) = numbers { self.numbers(mark, text, cells, &$0, &chunk) }
        if chunk.numbers.hasNumbers { chunk.values = .numbers(values, mark) }
      case .dates(let order):
        let values: NumberCells
        (values, failure) = numbers { dates(order, text, cells, &$0, &chunk) }
        if chunk.dates.hasDates { chunk.values = .dates(values, order) }
      case .onlyNumbers, .onlyDates, .words, .texts, .nothing: failure = nil
      }
      guard let failure else { return chunk }
      guard let other = alternative(to: next, text, failure, chunk) else { break }
      next = other
    }
    return words()
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
    _ mark: DecimalMark, _ text: Span<UInt8>, _ cells: Span<Cell>,
    _ values: inout MutableSpan<Double>, _ chunk: inout Chunk
  ) -> Cell? {
    var evidence: NumberEvidence = []
    var row = 0
    while true {
      row = FastNumber.read(
        text, cells, from: row, mark: mark, values: &values, evidence: &evidence)
      if row == cells.count { break }
      let trimmed = text.trimmed(cells[row])
      switch slowNumber(mark, text, trimmed) {
      case .missing: values[row] = .nan
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
    _ order: DateOrder, _ text: Span<UInt8>, _ cells: Span<Cell>,
    _ values: inout MutableSpan<Double>, _ chunk: inout Chunk
  ) -> Cell? {
    var evidence: DateEvidence = []
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
      } else if isMissing(text, trimmed) {
        values[row] = .nan
      } else {
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
  /// - Parameters:
  ///   - known: Words that have numbers already. Where many cells hold none of them, they are passed over.
  ///   - room: Where codes go, where there is such a place.
  ///   - firstRow: The row of the table that the first cell is of.
  func words(
    _ text: Span<UInt8>, _ cells: Span<Cell>, knowing known: KnownWords? = nil,
    in room: CodeRoom? = nil, from firstRow: Int = 0
  ) -> Words {
    // A local table is not checked for other uses at each cell.
    var table = WordTable()
    swap(&table, &self.table)
    defer { swap(&table, &self.table) }
    func read<Code: WordCode>(
      _ room: ColumnRoom<Code>?, _ stored: (ChunkCells<Code>) -> CodeCells
    ) -> Words? {
      var words = Words(known: known?.count ?? 0)
      let (codes, end) = ChunkCells.filled(cells.count, in: room, from: firstRow) { codes in
        let end = self.read(text, cells, known, &table, &words, &codes)
        guard end == .patience else { return end }
        words = Words(known: 0)
        return self.read(text, cells, nil, &table, &words, &codes)
      }
      words.codes = stored(codes)
      return end == .cells ? words : nil
    }
    var narrow: ColumnRoom<UInt16>?
    var wide: ColumnRoom<UInt32>?
    switch room {
    case .shorts(let room): narrow = room
    case .words(let room): wide = room
    case nil: break
    }
    if wide == nil, let words = read(narrow, CodeCells.shorts) { return words }
    guard let words = read(wide, CodeCells.words) else {
      preconditionFailure("a block has more words than 32 bits can number")
    }
    return words
  }

  /// What a reading of words came to the end of.
  private enum WordsEnd {
    /// All cells are read.
    case cells
    /// Many cells hold none of the known words.
    case patience
    /// There are more words than codes.
    case codes
  }

  private func read<Code: WordCode>(
    _ text: Span<UInt8>, _ cells: Span<Cell>, _ known: KnownWords?, _ table: inout WordTable,
    _ words: inout Words, _ codes: inout MutableSpan<Code>
  ) -> WordsEnd {
    table.removeAll()
    let knownCount = words.known
    guard let lastKnown = Code(exactly: knownCount) else { return .codes }
    // The code of each different cell: cells that mean "missing" have none.
    var codeOfCell: [Code] = []
    var hasMissingWords = false
    var patience = 64 + cells.count / 16
    var row = 0
    while true {
      row =
        known?.find(cells, from: row, in: text, codes: &codes)
        ?? table.find(cells, from: row, in: text, codes: &codes)
      if row == cells.count { break }
      if known != nil {
        patience -= 1
        if patience < 0 { return .patience }
      }
      let cell = text.trimmed(cells[row])
      defer { row += 1 }
      if cell.start == cell.end {
        codes[row] = 0
        continue
      }
      let (number, isNew) = table.number(of: cell, in: text)
      guard let code = Code(exactly: knownCount + number + 1) else { return .codes }
      codes[row] = code
      guard isNew else { continue }
      if isMissing(text, cell) {
        codeOfCell.append(0)
        hasMissingWords = true
      } else {
        decoding.append(text, cell.range, to: &words.bytes)
        words.ends.append(words.bytes.count)
        codeOfCell.append(Code(truncatingIfNeeded: knownCount + words.count))
      }
    }
    if hasMissingWords {
      for row in cells.indices where codes[row] > lastKnown {
        codes[row] = codeOfCell[Int(codes[row]) - knownCount - 1]
      }
    }
    words.bytes.append(contentsOf: [UInt8](repeating: 0, count: 16))
    var start = 0
    words.hashes.reserveCapacity(words.count)
    for end in words.ends {
      words.hashes.append(WordHash.hash(words.bytes.span, start, end - start))
      start = end
    }
    return .cells
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

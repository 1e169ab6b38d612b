import Tables

extension ColumnReader {
  /// Reads numbers; cells that are none are missing and counted.
  ///
  /// - Parameters:
  ///   - mark: The decimal mark; if it is nil, a cell that two marks read in two ways counts as unreadable.
  func onlyNumbers(_ mark: DecimalMark?, _ text: Span<UInt8>, _ cells: Span<Cell>) -> Chunk {
    var numbers = [Double](repeating: .nan, count: cells.count)
    var values = numbers.mutableSpan
    var unreadable = Unreadable()
    let tried = mark ?? .point
    var evidence: NumberEvidence = []
    var row = 0
    while true {
      row = FastNumber.read(
        text, cells, from: row, mark: tried, refused: mark == nil ? .ambiguous : [],
        values: &values, evidence: &evidence)
      if row == cells.count { break }
      let cell = cells[row]
      defer { row += 1 }
      let trimmed = text.trimmed(cell)
      if let reading = NumberGrammar.read(text, trimmed) {
        let isClear = mark != nil || !reading.isAmbiguous
        let used = mark ?? (reading.pointDecimals == nil ? .comma : .point)
        if isClear, let value = reading.value(used, of: text, trimmed) {
          values[row] = value
          continue
        }
      } else if isMissing(text, trimmed) {
        continue
      }
      unreadable.add(at: Int(cell.start), decoding.string(text, trimmed))
    }
    return Chunk(
      values: .numbers(.doubles(.own(numbers)), tried), unreadable: unreadable, isForced: true)
  }

  /// Reads dates; cells that are none are missing and counted.
  ///
  /// - Parameters:
  ///   - order: The order; if it is nil, a cell that two orders read in two ways counts as unreadable.
  func onlyDates(_ order: DateOrder?, _ text: Span<UInt8>, _ cells: Span<Cell>) -> Chunk {
    var days = [Double](repeating: .nan, count: cells.count)
    var values = days.mutableSpan
    var unreadable = Unreadable()
    var evidence: DateEvidence = []
    var row = 0
    while true {
      row = FastDate.read(text, cells, from: row, values: &values, evidence: &evidence)
      if row == cells.count { break }
      let cell = cells[row]
      defer { row += 1 }
      let trimmed = text.trimmed(cell)
      if let reading = DateGrammar.read(text, trimmed) {
        let isClear = order != nil || reading.isPlain || !reading.isAmbiguous
        let used = order ?? (reading.dayFirst == nil ? .monthFirst : .dayFirst)
        if isClear, let value = reading.value(used) {
          values[row] = value
          continue
        }
      } else if isMissing(text, trimmed) {
        continue
      }
      unreadable.add(at: Int(cell.start), decoding.string(text, trimmed))
    }
    return Chunk(
      values: .dates(.doubles(.own(days)), order ?? .dayFirst), unreadable: unreadable,
      isForced: true)
  }

  /// Reads flags; cells that mean neither are missing and counted.
  func flags(_ falseWord: String, _ trueWord: String, _ text: Span<UInt8>, _ cells: Span<Cell>) -> (
    Flags, Unreadable
  ) {
    let words = words(text, cells)
    let (no, yes) = (falseWord.lowercased(), trueWord.lowercased())
    let meanings: [UInt8] = (0..<words.count).map { index in
      let cell = words.cell(index)
      let word = String(decoding: words.bytes[cell.range], as: UTF8.self).lowercased()
      if word == yes { return 2 }
      if word == no { return 1 }
      if let meaning = FlagWords.meaning(of: word) { return meaning ? 2 : 1 }
      // 1.0 is 1: what a program writes that has no whole numbers with gaps.
      let number = NumberGrammar.read(words.bytes.span, cell)?.value(
        .point, of: words.bytes.span, cell)
      return number == 1 ? 2 : number == 0 ? 1 : 0
    }
    var unreadable = Unreadable()
    var codes = [UInt8](repeating: 0, count: cells.count)
    var output = codes.mutableSpan
    let found = words.codes.codes()
    for row in cells.indices where found[row] > 0 {
      let word = Int(found[row]) - 1
      output[row] = meanings[word]
      if meanings[word] == 0 {
        unreadable.add(
          at: Int(cells[row].start),
          String(decoding: words.bytes[words.cell(word).range], as: UTF8.self))
      }
    }
    return (Flags(codes: codes, falseWord: falseWord, trueWord: trueWord), unreadable)
  }

  /// Reads words as codes of the different ones.
  func categories(_ text: Span<UInt8>, _ cells: Span<Cell>) -> Categories {
    let words = words(text, cells)
    return Categories(
      codes: words.codes.codes(),
      levels: (0..<words.count).map {
        String(decoding: words.bytes[words.cell($0).range], as: UTF8.self)
      })
  }

  /// Reads words as codes of known levels; one more than there are is a word that is not among them.
  func categories(_ known: KnownLevels, _ text: Span<UInt8>, _ cells: Span<Cell>) -> Categories {
    let codes: LevelCodes =
      if let other = UInt16(exactly: known.names.count + 1) {
        LevelCodes(.shorts(self.codes(known, other: other, text, cells)))
      } else {
        LevelCodes(.words(self.codes(known, other: UInt32(known.names.count + 1), text, cells)))
      }
    return Categories(codes: codes, levels: known.names)
  }

  /// - Parameter other: The code of a word that is not among the levels.
  private func codes<Code: WordCode>(
    _ known: KnownLevels, other: Code, _ text: Span<UInt8>, _ cells: Span<Cell>
  ) -> [Code] {
    var codes = [Code](repeating: 0, count: cells.count)
    // Where many cells hold none of the levels, it is faster to look at each different word once.
    var patience = 64 + cells.count / 16
    var row = 0
    var output = codes.mutableSpan
    while true {
      row = known.words.find(cells, from: row, in: text, codes: &output)
      if row == cells.count { break }
      patience -= 1
      if patience < 0 { return codesByWord(known, other: other, text, cells) }
      output[row] = code(of: text.trimmed(cells[row]), known, text) ?? other
      row += 1
    }
    return codes
  }

  /// The code of a trimmed cell; nil for a word that is not among the levels.
  private func code<Code: WordCode>(
    of cell: Cell, _ known: KnownLevels, _ text: Span<UInt8>
  ) -> Code? {
    if isMissing(text, cell) { return 0 }
    var bytes: [UInt8] = []
    decoding.append(text, cell.range, to: &bytes)
    let count = bytes.count
    bytes.append(contentsOf: [UInt8](repeating: 0, count: 16))
    let hash = WordHash.hash(bytes.span, 0, count)
    return known.table.find(bytes.span, 0, count, hash: hash).map { Code($0 + 1) }
  }

  /// The codes of cells, each different word looked up once.
  private func codesByWord<Code: WordCode>(
    _ known: KnownLevels, other: Code, _ text: Span<UInt8>, _ cells: Span<Cell>
  ) -> [Code] {
    let words = words(text, cells)
    let levels =
      [0]
      + (0..<words.count).map { index -> Code in
        let cell = words.cell(index)
        let level = known.table.find(
          words.bytes.span, Int(cell.start), cell.count, hash: words.hashes[index])
        return level.map { Code($0 + 1) } ?? other
      }
    return words.codes.codes().entries(of: levels)
  }
}

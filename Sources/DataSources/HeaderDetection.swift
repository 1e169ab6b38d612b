/// Tells whether the first record of a table names its columns.
enum HeaderDetection {
  /// Records that are looked at besides the first.
  private static let sample = 100

  /// Whether the first of some records is a header.
  ///
  /// It is one if it has a word over a column of numbers, dates or flags. It is none if instead it has itself a number
  /// or date over such a column, repeats a word within itself, or its words come again below in most columns.
  static func isHeader(
    _ records: [RawRecords.Record], _ split: RawRecords.Result, missing: MissingWords
  ) -> Bool {
    guard let first = records.first else { return false }
    let rest = records.dropFirst().prefix(sample).filter { $0.cells.count >= first.cells.count }
    var forHeader = 0
    var forData = 0
    var words = 0
    var repeated = 0
    for column in first.cells.indices {
      let name = kind(first.cells[column], split, missing)
      let kinds = rest.map { kind($0.cells[column], split, missing) }.filter { $0 != .missing }
      switch name {
      case .missing: continue
      case .typed:
        if kinds.allSatisfy({ $0 == .typed }) { forData += 1 }
      case .word(let word):
        words += 1
        if kinds.contains(.word(word)) { repeated += 1 }
        if kinds.isEmpty { continue }
        if kinds.allSatisfy({ $0 == .typed }) { forHeader += 1 }
        if isFlag(kinds) {
          if kinds.contains(.word(word)) { forData += 1 } else { forHeader += 1 }
        }
      }
    }
    if forHeader > 0 { return true }
    if forData > 0 { return false }
    return words == 0 || 2 * repeated <= words
  }

  private enum CellKind: Equatable { case missing, typed, word(String) }

  private static func isFlag(_ kinds: [CellKind]) -> Bool {
    var words: Set<String> = []
    for kind in kinds {
      guard case .word(let word) = kind else { return false }
      words.insert(word)
      if words.count > 2 { return false }
    }
    return words.count == 2 && FlagWords.pair(of: words) != nil
  }

  private static func kind(_ cell: Cell, _ split: RawRecords.Result, _ missing: MissingWords)
    -> CellKind
  {
    let bytes = split.block.bytes
    let text = bytes.span
    let trimmed = text.trimmed(cell)
    if trimmed.count == 0 { return .missing }
    if let number = NumberGrammar.read(text, trimmed), !number.hasLeadingZero { return .typed }
    if DateGrammar.read(text, trimmed) != nil { return .typed }
    let word = TextDecoding(encoding: nil).string(text, trimmed)
    return missing.contains(Array(word.utf8).span) ? .missing : .word(word.lowercased())
  }
}

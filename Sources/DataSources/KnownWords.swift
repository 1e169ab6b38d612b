/// The levels of a category that a model knows, found in cells as they stand in a file.
struct KnownWords: Sendable {
  /// The levels, one after another, and padding.
  private let bytes: [UInt8]
  private let table: WordTable

  /// How many levels there are.
  var count: Int { table.count }

  /// Creates a table; of equal levels the first counts.
  ///
  /// - Parameters:
  ///   - missing: Words that are no levels: those, and levels whose bytes may mean another word in the file, are found by
  ///     `LevelTable` alone.
  ///   - encoding: What the user says of the file; nil where nothing is said.
  init(_ levels: [String], missing: MissingWords, encoding: TextEncoding?) {
    var bytes: [UInt8] = []
    // A level that is not to be found keeps its number, by a word of no bytes.
    let cells = levels.map { level -> Cell in
      let start = UInt32(bytes.count)
      let word = Array(level.utf8)
      // In Windows-1252 these bytes may be another word.
      let isSpelledSo = encoding != .windows1252 || word.allSatisfy { $0 < 0x80 }
      if isSpelledSo, !missing.contains(word.span) { bytes += word }
      return Cell(start: start, end: UInt32(bytes.count))
    }
    bytes += [UInt8](repeating: 0, count: 16)
    var table = WordTable()
    for cell in cells { table.append(cell, in: bytes.span) }
    table.spread(bytes.span)
    self.bytes = bytes
    self.table = table
  }

  /// Writes the code of each cell from `first` on, its level's number plus 1 or 0 for an empty cell, up to one that may
  /// have blanks around it or holds anything else; gives that cell.
  ///
  /// The text is readable for 16 bytes past its cells; the codes hold the number of levels.
  func find<Code: WordCode>(
    _ cells: Span<Cell>, from first: Int, in text: Span<UInt8>, codes: inout MutableSpan<Code>
  ) -> Int {
    table.find(cells, from: first, in: text, known: bytes, codes: &codes)
  }
}

/// The levels of a category by both ways to find them.
struct KnownLevels: Sendable {
  let names: [String]

  /// As cells of the file spell them, which nearly all do.
  let words: KnownWords

  /// As decoded cells spell them.
  let table: LevelTable

  init(_ levels: [String], missing: MissingWords, encoding: TextEncoding?) {
    names = levels
    table = LevelTable(levels)
    words = KnownWords(levels, missing: missing, encoding: encoding)
  }
}

import CKernels

/// The levels of a category that a model knows, found in cells as they stand in a file.
struct KnownWords: Sendable {
  /// The levels, one after another, and padding.
  private let bytes: [UInt8]
  private let words: [winnow_word]

  /// By hash: its upper half, and the number of a level plus 1.
  private let slots: [UInt64]

  /// Creates a table; of equal levels the first counts.
  ///
  /// - Parameter isFound: Whether a level's bytes mean nothing else in the file: others are found by `LevelTable`.
  init(_ levels: [String], isFound: ([UInt8]) -> Bool) {
    var bytes: [UInt8] = []
    var cells: [Cell] = []
    var isLeftOut: [Bool] = []
    for level in levels {
      let word = Array(level.utf8)
      isLeftOut.append(word.isEmpty || !isFound(word))
      cells.append(Cell(start: UInt32(bytes.count), end: UInt32(bytes.count + word.count)))
      bytes += word
    }
    bytes += [UInt8](repeating: 0, count: 16)
    var size = 64
    while size < 2 * levels.count { size *= 2 }
    var slots = [UInt64](repeating: 0, count: size)
    let text = bytes.span
    var words: [winnow_word] = []
    for (level, cell) in cells.enumerated() {
      let hash = WordHash.hash(text, Int(cell.start), cell.count)
      words.append(
        unsafe text.withUnsafeBufferPointer { unsafe winnow_word_of($0.baseAddress, cell, hash) })
      if isLeftOut[level] { continue }
      // An equal level before it is met first by every search.
      var slot = Int(truncatingIfNeeded: hash) & (size - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(level + 1)
    }
    self.bytes = bytes
    self.words = words
    self.slots = slots
  }

  /// Writes the code of each cell from `first` on, its level's number plus 1 or 0 for an empty cell, up to one that may
  /// have blanks around it or holds anything else; gives that cell.
  ///
  /// The text is readable for 8 bytes past its cells.
  func find(_ cells: Span<Cell>, from first: Int, in text: Span<UInt8>, codes: inout [UInt32])
    -> Int
  {
    var codes = codes.mutableSpan
    return unsafe text.withUnsafeBufferPointer { text in
      unsafe cells.withUnsafeBufferPointer { cells in
        unsafe codes.withUnsafeMutableBufferPointer { codes in
          unsafe winnow_find_words(
            text.baseAddress, cells.baseAddress, first, cells.count, bytes, words, slots,
            slots.count, codes.baseAddress)
        }
      }
    }
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
    words = KnownWords(levels) { word in
      // In Windows-1252 these bytes may be another word.
      let isSpelledSo = encoding != .windows1252 || word.allSatisfy { $0 < 0x80 }
      return isSpelledSo && !missing.contains(word.span)
    }
  }
}

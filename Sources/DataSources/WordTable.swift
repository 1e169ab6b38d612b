import CKernels

/// Different words of a text, found by what they hold: the cells of a column in one block, again and again, or levels.
struct WordTable {
  /// By hash the number of the cell plus 1, or 0.
  private var slots: [UInt32] = [UInt32](repeating: 0, count: Self.fewestSlots)

  /// The slots in use, a power of two, and the bits of a hash that are below those which choose one.
  private var used = Self.fewestSlots
  private var shift = WordHash.shift(slots: Self.fewestSlots)
  private var words: [winnow_word] = []

  private static let fewestSlots = 64

  /// How many different cells there are.
  var count: Int { words.count }

  /// Forgets all cells.
  mutating func removeAll() {
    words.removeAll(keepingCapacity: true)
    clear()
    use(Self.fewestSlots)
  }

  /// Writes the code of each cell from `first` on, its word's number plus 1 or 0 for an empty cell, up to one that is
  /// new as it stands, with blanks around it; gives that cell.
  ///
  /// - Parameters:
  ///   - text: The text of the cells, readable for 16 bytes past them.
  ///   - known: The text of the words; nil where it is that of the cells.
  ///   - codes: Of a width that holds the number of words.
  func find<Code: WordCode>(
    _ cells: Span<Cell>, from first: Int, in text: Span<UInt8>, known: [UInt8]? = nil,
    codes: inout MutableSpan<Code>
  ) -> Int {
    return unsafe cells.withUnsafeBufferPointer { cells in
      unsafe codes.withUnsafeMutableBufferPointer { codes in
        unsafe find(cells, from: first, in: text, known, codes: codes.baseAddress)
      }
    }
  }

  private func find<Code: WordCode>(
    _ cells: UnsafeBufferPointer<Cell>, from first: Int, in text: Span<UInt8>, _ known: [UInt8]?,
    codes: UnsafeMutablePointer<Code>?
  ) -> Int {
    func find(_ known: UnsafePointer<UInt8>?) -> Int {
      unsafe text.withUnsafeBufferPointer { text in
        unsafe Code.find(
          text.baseAddress, cells.baseAddress, first, cells.count, known ?? text.baseAddress, words,
          slots, used, UInt32(shift), codes)
      }
    }
    guard let known else { return find(nil) }
    return unsafe known.withUnsafeBufferPointer { unsafe find($0.baseAddress) }
  }

  /// The number of a trimmed cell that is not empty, and whether it is new.
  mutating func number(of cell: Cell, in text: Span<UInt8>) -> (number: Int, isNew: Bool) {
    var code: UInt32 = 0
    var one = cell
    let found = unsafe withUnsafeMutablePointer(to: &one) { one in
      unsafe find(UnsafeBufferPointer(start: one, count: 1), from: 0, in: text, nil, codes: &code)
    }
    if found == 1 { return (Int(code) - 1, false) }
    append(cell, in: text)
    return (words.count - 1, true)
  }

  /// Adds a word under the next number; one of no bytes, or equal to one before it, is never found.
  mutating func append(_ cell: Cell, in text: Span<UInt8>) {
    let hash = WordHash.hash(text, Int(cell.start), cell.count)
    words.append(
      unsafe text.withUnsafeBufferPointer { unsafe winnow_word_of($0.baseAddress, cell, hash) })
    if 2 * words.count > used {
      grow(text)
    } else {
      place(words.count - 1, hash: hash)
    }
  }

  /// Gives each word a slot of its own, as far as there is a way: for a table to which none is added.
  ///
  /// Which of two words in one slot a cell holds is foretold wrongly again and again: each time costs what four words take.
  mutating func spread(_ text: Span<UInt8>) {
    guard 1...Self.mostSpread ~= count else { return }
    clear()
    use(max(256, 8 << (Int.bitWidth - (count - 1).leadingZeroBitCount)))
    let hashes = words.map { WordHash.hash(text, Int($0.start), Int($0.count)) }
    let widest = shift
    var best = (shift: widest, shared: Int.max)
    for shift in stride(from: widest, to: 24, by: -3) {
      self.shift = shift
      let shared = placeAll(hashes)
      if shared < best.shared { best = (shift, shared) }
      if shared == 0 { return }
      clear()
    }
    shift = best.shift
    _ = placeAll(hashes)
  }

  /// The words of which each can be given a slot of its own: beyond them caches are too small for empty ones.
  private static let mostSpread = 1 << 12

  /// Gives a word the first free slot from its own on; how many were taken.
  @discardableResult private mutating func place(_ number: Int, hash: UInt64) -> Int {
    // A word of no bytes is not looked for.
    guard words[number].count > 0 else { return 0 }
    var taken = 0
    var slot = Int(truncatingIfNeeded: hash >> UInt64(shift)) & (used - 1)
    while slots[slot] != 0 {
      slot = (slot + 1) & (used - 1)
      taken += 1
    }
    slots[slot] = UInt32(number + 1)
    return taken
  }

  private mutating func placeAll(_ hashes: [UInt64]) -> Int {
    hashes.indices.reduce(0) { $0 + place($1, hash: hashes[$1]) }
  }

  private mutating func grow(_ text: Span<UInt8>) {
    clear()
    use(4 * used)
    for (number, word) in words.enumerated() {
      place(number, hash: WordHash.hash(text, Int(word.start), Int(word.count)))
    }
  }

  private mutating func clear() {
    unsafe slots.withUnsafeMutableBufferPointer { unsafe $0[..<used].update(repeating: 0) }
  }

  /// Uses as many slots, all of which are empty.
  private mutating func use(_ count: Int) {
    if slots.count < count { slots = [UInt32](repeating: 0, count: count) }
    used = count
    shift = WordHash.shift(slots: count)
  }
}

/// A code of a word, in one of the widths that a kernel writes.
protocol WordCode: FixedWidthInteger, UnsignedInteger, BitwiseCopyable, Sendable {
  /// The kernel, `winnow_find_words`.
  @unsafe static var find: Finding { get }
}

extension WordCode {
  typealias Finding =
    @Sendable (
      _ text: UnsafePointer<UInt8>?, _ cells: UnsafePointer<Cell>?, _ first: Int, _ count: Int,
      _ known: UnsafePointer<UInt8>?, _ words: UnsafePointer<winnow_word>?,
      _ slots: UnsafePointer<UInt32>?, _ slotCount: Int, _ shift: UInt32,
      _ codes: UnsafeMutablePointer<Self>?
    ) -> Int
}

extension UInt16: WordCode {
  static var find: Finding { unsafe winnow_find_words_16 }
}

extension UInt32: WordCode {
  static var find: Finding { unsafe winnow_find_words_32 }
}

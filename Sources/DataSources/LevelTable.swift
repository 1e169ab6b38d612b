/// Different words in UTF-8, numbered from 0 in the order they came.
struct LevelTable: Sendable {
  /// The words, one after another, and `padding` bytes.
  private(set) var bytes: [UInt8]

  /// Where each word ends.
  private var ends: [Int] = []
  private var hashes: [UInt64] = []

  /// By hash: the number of a word plus 1, or 0.
  private var slots: [UInt32]

  /// What `prepare` saw: kept, so that its look is not left out as one for nothing.
  private var prepared: UInt32 = 0

  private static let padding = 16

  /// Creates a table without words.
  init() {
    bytes = [UInt8](repeating: 0, count: Self.padding)
    slots = [UInt32](repeating: 0, count: 16)
  }

  /// Creates a table of words; of equal ones the first counts.
  init(_ words: [String]) {
    self.init()
    for word in words {
      let cell = Array(word.utf8) + [UInt8](repeating: 0, count: Self.padding)
      let hash = WordHash.hash(cell.span, 0, word.utf8.count)
      if find(cell.span, 0, word.utf8.count, hash: hash) == nil {
        insert(cell.span, 0, word.utf8.count, hash: hash)
      } else {
        // A place that no search finds keeps the numbers of the words after it.
        ends.append(ends.last ?? 0)
        hashes.append(~hash)
      }
    }
  }

  /// The number of words.
  var count: Int { ends.count }

  /// The word of a number.
  subscript(level: Int) -> String { String(decoding: bytes[range(level)], as: UTF8.self) }

  /// All words.
  var strings: [String] { (0..<count).map { self[$0] } }

  /// Where the word of a number lies in `bytes`.
  func cell(_ level: Int) -> Cell {
    let range = range(level)
    return Cell(start: UInt32(range.lowerBound), end: UInt32(range.upperBound))
  }

  private func range(_ level: Int) -> Range<Int> {
    (level == 0 ? 0 : ends[level - 1])..<ends[level]
  }

  /// The number of a word that is part of a text, nil if the table does not have it.
  func find(_ text: Span<UInt8>, _ start: Int, _ count: Int, hash: UInt64) -> Int? {
    var slot = slot(of: hash)
    while slots[slot] != 0 {
      let level = Int(slots[slot]) - 1
      if hashes[level] == hash, equals(level, text, start, count) { return level }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Looks at where some hashes lead, before their words are added one by one.
  ///
  /// A table of many words is beyond the cache: the waits for memory, which adding is bound by, then overlap.
  mutating func prepare(_ hashes: ArraySlice<UInt64>) {
    var found: UInt32 = 0
    for hash in hashes { found |= slots[slot(of: hash)] }
    prepared = found
  }

  /// The number of a word, which it gets now if it is new.
  mutating func add(_ text: Span<UInt8>, _ start: Int, _ count: Int, hash: UInt64) -> Int {
    if let level = find(text, start, count, hash: hash) { return level }
    insert(text, start, count, hash: hash)
    return self.count - 1
  }

  private mutating func insert(_ text: Span<UInt8>, _ start: Int, _ count: Int, hash: UInt64) {
    // The padding stays behind all words: it moves on by the length of the new one.
    let first = ends.last ?? 0
    bytes.append(addingCapacity: count) { room in
      for _ in 0..<count { room.append(0) }
    }
    var target = bytes.mutableSpan
    for offset in 0..<count { target[first + offset] = text[start + offset] }
    ends.append(first + count)
    hashes.append(hash)
    if 2 * ends.count > slots.count {
      slots = [UInt32](repeating: 0, count: 4 * slots.count)
      for level in ends.indices { place(level) }
    } else {
      place(ends.count - 1)
    }
  }

  private mutating func place(_ level: Int) {
    var slot = slot(of: hashes[level])
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(level + 1)
  }

  private func slot(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash >> UInt64(WordHash.shift(slots: slots.count)))
  }

  private func equals(_ level: Int, _ text: Span<UInt8>, _ start: Int, _ count: Int) -> Bool {
    let range = range(level)
    guard range.count == count else { return false }
    for offset in 0..<count where bytes[range.lowerBound + offset] != text[start + offset] {
      return false
    }
    return true
  }
}

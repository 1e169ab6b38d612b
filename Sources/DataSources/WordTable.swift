/// The different cells of a column in one block of text; used again and again.
struct WordTable {
  /// By hash: its upper half, and the number of the cell plus 1.
  private var slots: [UInt64] = [UInt64](repeating: 0, count: 64)
  private var used = 64
  private var keys: [Key] = []

  /// A different cell: where it is first, and its bytes if it is short.
  private struct Key {
    let first: UInt64
    let second: UInt64
    let cell: Cell
  }

  /// How many different cells there are.
  var count: Int { keys.count }

  /// The place of a different cell, by its number.
  func cell(_ number: Int) -> Cell { keys[number].cell }

  /// Forgets all cells.
  mutating func removeAll() {
    keys.removeAll(keepingCapacity: true)
    unsafe slots.withUnsafeMutableBufferPointer { unsafe $0[..<used].update(repeating: 0) }
    used = 64
  }

  /// The number of a cell of a text, and whether it is new; the text is readable for 8 bytes past it.
  @inline(__always)
  mutating func number(of cell: Cell, in text: Span<UInt8>) -> (number: Int, isNew: Bool) {
    let start = Int(cell.start)
    let count = cell.count
    if count > 16 { return longNumber(of: cell, in: text) }
    let (first, second) = WordHash.key(text, start, count)
    let hash = WordHash.short(first, second, count: count)
    let mask = used &- 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { break }
      if entry &>> 32 == hash &>> 32 {
        let number = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) &- 1
        let key = keys[number]
        if key.first == first, key.second == second, key.cell.count == count {
          return (number, false)
        }
      }
      slot = (slot &+ 1) & mask
    }
    return (insert(Key(first: first, second: second, cell: cell), hash: hash, at: slot, text), true)
  }

  @inline(never)
  private mutating func longNumber(of cell: Cell, in text: Span<UInt8>) -> (
    number: Int, isNew: Bool
  ) {
    let start = Int(cell.start)
    let count = cell.count
    let hash = WordHash.hash(text, start, count)
    let mask = used - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let entry = slots[slot]
      if entry >> 32 == hash >> 32 {
        let number = Int(entry & 0xFFFF_FFFF) - 1
        let key = keys[number]
        if key.first == hash, key.cell.count == count, equal(key.cell, cell, text) {
          return (number, false)
        }
      }
      slot = (slot + 1) & mask
    }
    return (insert(Key(first: hash, second: 0, cell: cell), hash: hash, at: slot, text), true)
  }

  private func equal(_ one: Cell, _ other: Cell, _ text: Span<UInt8>) -> Bool {
    var offset = 0
    let count = one.count
    let (first, second) = (Int(one.start), Int(other.start))
    while offset + 8 <= count {
      if text.word(at: first + offset) != text.word(at: second + offset) { return false }
      offset += 8
    }
    return text.word(at: first + count - 8) == text.word(at: second + count - 8)
  }

  @inline(never)
  private mutating func insert(_ key: Key, hash: UInt64, at slot: Int, _ text: Span<UInt8>) -> Int {
    keys.append(key)
    slots[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(keys.count)
    if 2 * keys.count > used { grow(text) }
    return keys.count - 1
  }

  private mutating func grow(_ text: Span<UInt8>) {
    used *= 4
    if slots.count < used { slots = [UInt64](repeating: 0, count: used) }
    for index in 0..<used { slots[index] = 0 }
    for (number, key) in keys.enumerated() {
      let isShort = key.cell.count <= 16
      let hash = isShort ? WordHash.short(key.first, key.second, count: key.cell.count) : key.first
      var slot = Int(truncatingIfNeeded: hash) & (used - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (used - 1) }
      slots[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(number + 1)
    }
  }
}

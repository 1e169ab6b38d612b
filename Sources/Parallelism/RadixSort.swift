/// Sorting of doubles by their bits, and of other keys: linear in their number, and stable.
///
/// Only the 33 highest bits in which keys differ are sorted by, 11 at a time; what is then still out
/// of order is next to its place, and inserted there. Keys that would need many such steps are
/// sorted by all their bits.
package enum RadixSort {
  private static let digitBits: UInt64 = 11
  private static let buckets = 1 << 11
  private static let mask = UInt64(buckets - 1)

  /// A whole number that is ordered as the double is; -0 counts as 0.
  package static func key(_ value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern
    return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
  }

  /// The double of a key.
  package static func value(_ key: UInt64) -> Double {
    let mask = key >> 63 == 1 ? 1 << 63 : UInt64.max
    return Double(bitPattern: key ^ mask)
  }

  /// Sorts keys from small to large.
  package static func sort(_ keys: inout [UInt64]) {
    let bits = differingBits(keys)
    var other = [UInt64](repeating: 0, count: bits > 0 ? keys.count : 0)
    for shift in shifts(from: bits > 33 ? bits - 33 : 0, to: bits) {
      scatter(keys, to: &other, shift: shift)
      swap(&keys, &other)
    }
    guard bits > 33, !insert(&keys) else { return }
    for shift in shifts(from: 0, to: bits) {
      scatter(keys, to: &other, shift: shift)
      swap(&keys, &other)
    }
  }

  /// Sorts keys from small to large and takes rows along; equal keys keep their order.
  package static func sort(_ keys: inout [UInt64], with rows: inout [UInt32]) {
    let bits = differingBits(keys)
    let count = bits > 0 ? keys.count : 0
    var otherKeys = [UInt64](repeating: 0, count: count)
    var otherRows = [UInt32](repeating: 0, count: count)
    for shift in shifts(from: bits > 33 ? bits - 33 : 0, to: bits) {
      scatter(keys, rows, to: &otherKeys, &otherRows, shift: shift)
      swap(&keys, &otherKeys)
      swap(&rows, &otherRows)
    }
    guard bits > 33, !insert(&keys, &rows) else { return }
    for shift in shifts(from: 0, to: bits) {
      scatter(keys, rows, to: &otherKeys, &otherRows, shift: shift)
      swap(&keys, &otherKeys)
      swap(&rows, &otherRows)
    }
  }

  /// The number of bits, from the lowest, among which keys differ.
  private static func differingBits(_ keys: [UInt64]) -> UInt64 {
    guard let first = keys.first else { return 0 }
    var differing: UInt64 = 0
    for key in keys { differing |= key ^ first }
    return UInt64(64 - differing.leadingZeroBitCount)
  }

  private static func shifts(from low: UInt64, to high: UInt64) -> StrideTo<UInt64> {
    stride(from: low, to: high, by: Int(digitBits))
  }

  /// Where the keys with each value of a digit begin.
  private static func starts(_ keys: [UInt64], shift: UInt64) -> [Int] {
    var counts = [Int](repeating: 0, count: buckets)
    for key in keys { counts[Int(key &>> shift & mask)] += 1 }
    var start = 0
    for bucket in 0..<buckets { (counts[bucket], start) = (start, start + counts[bucket]) }
    return counts
  }

  private static func scatter(_ keys: [UInt64], to other: inout [UInt64], shift: UInt64) {
    var starts = starts(keys, shift: shift)
    var places = starts.mutableSpan
    var target = other.mutableSpan
    for key in keys {
      let bucket = Int(key &>> shift & mask)
      let place = places[bucket]
      target[place] = key
      places[bucket] = place &+ 1
    }
  }

  private static func scatter(
    _ keys: [UInt64], _ rows: [UInt32], to otherKeys: inout [UInt64], _ otherRows: inout [UInt32],
    shift: UInt64
  ) {
    var starts = starts(keys, shift: shift)
    var places = starts.mutableSpan
    var targetKeys = otherKeys.mutableSpan
    var targetRows = otherRows.mutableSpan
    let (keySpan, rowSpan) = (keys.span, rows.span)
    for index in keySpan.indices {
      let key = keySpan[index]
      let bucket = Int(key &>> shift & mask)
      let place = places[bucket]
      targetKeys[place] = key
      targetRows[place] = rowSpan[index]
      places[bucket] = place &+ 1
    }
  }

  /// Moves keys back to their places, if they are near; whether they were.
  private static func insert(_ keys: inout [UInt64]) -> Bool {
    var rest = 4 * keys.count
    var span = keys.mutableSpan
    var before = span[0]
    for index in 1..<span.count {
      let key = span[index]
      if key >= before {
        before = key
        continue
      }
      var place = index
      while place > 0, span[place - 1] > key {
        span[place] = span[place - 1]
        place -= 1
      }
      span[place] = key
      rest -= index - place
      if rest < 0 { return false }
    }
    return true
  }

  /// Moves keys and their rows back to their places, if they are near; whether they were.
  private static func insert(_ keys: inout [UInt64], _ rows: inout [UInt32]) -> Bool {
    var rest = 4 * keys.count
    var span = keys.mutableSpan
    var rowSpan = rows.mutableSpan
    var before = span[0]
    for index in 1..<span.count {
      let key = span[index]
      if key >= before {
        before = key
        continue
      }
      let row = rowSpan[index]
      var place = index
      while place > 0, span[place - 1] > key {
        span[place] = span[place - 1]
        rowSpan[place] = rowSpan[place - 1]
        place -= 1
      }
      span[place] = key
      rowSpan[place] = row
      rest -= index - place
      if rest < 0 { return false }
    }
    return true
  }
}

/// Sorting of doubles by their bits: linear in their number, and stable.
enum RadixSort {
  private static let digitBits = 11
  private static let digitCount = 6
  private static let mask = UInt64(1 << digitBits - 1)

  /// A whole number that is ordered as the double is; -0 counts as 0.
  static func key(_ value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern
    return bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
  }

  /// The double of a key.
  static func value(_ key: UInt64) -> Double {
    let mask = key >> 63 == 1 ? 1 << 63 : UInt64.max
    return Double(bitPattern: key ^ mask)
  }

  /// Sorts keys from small to large.
  static func sort(_ keys: inout [UInt64]) {
    guard keys.count > 1 else { return }
    var other = [UInt64](repeating: 0, count: keys.count)
    var starts = digitStarts(keys)
    for digit in 0..<digitCount where isMixed(digit, starts, keys) {
      let shift = UInt64(digit * digitBits)
      for key in keys {
        let bucket = digit << digitBits | Int(key &>> shift & mask)
        other[starts[bucket]] = key
        starts[bucket] += 1
      }
      swap(&keys, &other)
    }
  }

  /// Sorts keys from small to large and takes rows along; equal keys keep their order.
  static func sort(_ keys: inout [UInt64], with rows: inout [UInt32]) {
    guard keys.count > 1 else { return }
    var otherKeys = [UInt64](repeating: 0, count: keys.count)
    var otherRows = [UInt32](repeating: 0, count: keys.count)
    var starts = digitStarts(keys)
    for digit in 0..<digitCount where isMixed(digit, starts, keys) {
      let shift = UInt64(digit * digitBits)
      for index in keys.indices {
        let key = keys[index]
        let bucket = digit << digitBits | Int(key &>> shift & mask)
        let place = starts[bucket]
        otherKeys[place] = key
        otherRows[place] = rows[index]
        starts[bucket] = place + 1
      }
      swap(&keys, &otherKeys)
      swap(&rows, &otherRows)
    }
  }

  /// Where the keys with each value of each digit begin.
  private static func digitStarts(_ keys: [UInt64]) -> [Int] {
    var counts = [Int](repeating: 0, count: digitCount << digitBits)
    for key in keys {
      for digit in 0..<digitCount {
        counts[digit << digitBits | Int(key &>> UInt64(digit * digitBits) & mask)] += 1
      }
    }
    for digit in 0..<digitCount {
      var start = 0
      for bucket in (digit << digitBits)..<((digit + 1) << digitBits) {
        (counts[bucket], start) = (start, start + counts[bucket])
      }
    }
    return counts
  }

  /// Whether keys differ in a digit; where not, a pass would change nothing.
  private static func isMixed(_ digit: Int, _ starts: [Int], _ keys: [UInt64]) -> Bool {
    let bucket = digit << digitBits | Int(keys[0] &>> UInt64(digit * digitBits) & mask)
    let next = bucket + 1 == (digit + 1) << digitBits ? keys.count : starts[bucket + 1]
    return starts[bucket] != 0 || next != keys.count
  }
}

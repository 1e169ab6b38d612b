/// Draws from a discrete distribution in constant time by Walker's alias method.
///
/// The table is built as M. D. Vose does in "A linear algorithm for generating random numbers with a
/// given distribution" (1991).
struct AliasTable: Sendable {
  private let thresholds: [UInt64]
  private let aliases: [Int]

  /// Creates the table of positive weights.
  init(weights: [Double]) {
    let count = weights.count
    let total = weights.reduce(0, +)
    var scaled = weights.map { $0 / total * Double(count) }
    var thresholds = [UInt64](repeating: .max, count: count)
    var aliases = Array(0..<count)
    var small = scaled.indices.filter { scaled[$0] < 1 }
    var large = scaled.indices.filter { scaled[$0] >= 1 }
    while let low = small.popLast(), let high = large.last {
      thresholds[low] = UInt64(scaled[low] * 0x1p64)
      aliases[low] = high
      scaled[high] -= 1 - scaled[low]
      if scaled[high] < 1 {
        large.removeLast()
        small.append(high)
      }
    }
    self.thresholds = thresholds
    self.aliases = aliases
  }

  /// A level from 0 up, with the probability of its weight.
  func draw(from random: inout RandomStream) -> Int {
    let (slot, rest) = random.next().multipliedFullWidth(by: UInt64(thresholds.count))
    let index = Int(slot)
    return rest < thresholds[index] ? index : aliases[index]
  }
}

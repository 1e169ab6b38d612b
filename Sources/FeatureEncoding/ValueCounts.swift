import Parallelism

/// The different values of a column, ascending, with the leads that have each.
struct ValueCounts {
  /// The values, ascending; 0 has no sign.
  private(set) var values: [Double] = []
  /// The leads (sum of weights) of each value.
  private(set) var leads: [Double] = []
  /// The leads up to and with each value.
  private(set) var cumulated: [Double] = []
  /// The leads without a value.
  private(set) var missingLeads = 0.0

  /// The leads with a value.
  var total: Double { cumulated.last ?? 0 }

  /// Counts values; NaN is missing, rows of weight 0 are no leads.
  ///
  /// - Parameter weights: One for each value; nil where each is 1.
  init(_ values: [Double], weights: [Double]?) {
    precondition(weights.map { $0.count == values.count } ?? true, "a weight for each value")
    var pairs: [(value: Double, leads: Double)] = []
    var few = FewValues()
    let known = weights ?? []
    let (numbers, weights) = (values.span, known.span)
    for row in numbers.indices {
      let share = weights.isEmpty ? 1 : weights[row]
      guard share > 0 else { continue }
      let number = numbers[row]
      guard !number.isNaN else {
        missingLeads += share
        continue
      }
      if !few.add(number + 0, share) { pairs.append((number + 0, share)) }
    }
    pairs += few.counts
    for (value, share) in Self.sorted(pairs) {
      if value == self.values.last {
        leads[leads.count - 1] += share
      } else {
        self.values.append(value)
        leads.append(share)
      }
    }
    var sum = 0.0
    cumulated = leads.map {
      sum += $0
      return sum
    }
  }

  /// Values from small to large, equal ones in their order.
  private static func sorted(
    _ pairs: [(value: Double, leads: Double)]
  ) -> [(value: Double, leads: Double)] {
    guard pairs.count > Self.few else { return pairs.sorted { $0.value < $1.value } }
    var keys = pairs.map { RadixSort.key($0.value) }
    var places = Array(0..<UInt32(pairs.count))
    RadixSort.sort(&keys, with: &places)
    return places.map { pairs[Int($0)] }
  }

  /// Up to as many values a sort by comparison takes less time than one by bits.
  private static let few = 4096

  /// Takes counts of different values, ascending.
  private init(values: [Double], leads: [Double]) {
    self.values = values
    self.leads = leads
    var sum = 0.0
    cumulated = leads.map {
      sum += $0
      return sum
    }
  }

  /// The counts of some of the values.
  func filter(_ isKept: (_ value: Double, _ leads: Double) -> Bool) -> ValueCounts {
    let kept = values.indices.filter { isKept(values[$0], leads[$0]) }
    return ValueCounts(values: kept.map { values[$0] }, leads: kept.map { leads[$0] })
  }

  /// The place of the first value that at least so many leads have or are below of.
  func place(reaching count: Double) -> Int {
    var (low, high) = (0, max(0, cumulated.count - 1))
    while low < high {
      let middle = (low + high) / 2
      if cumulated[middle] >= count { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The quantile of a share of leads, straight between the two leads next to it.
  func quantile(_ share: Double) -> Double {
    let rank = share * (total - 1)
    let below = rank.rounded(.down)
    let (low, high) = (values[place(reaching: below + 1)], values[place(reaching: below + 2)])
    return low + (rank - below) * (high - low)
  }

  /// Whether somebody has exactly this value, but fewer leads than may be named; 0 is anybody's.
  func isRare(_ value: Double) -> Bool {
    let leads = leads(at: value)
    return value != 0 && leads > 0 && leads < CategoryEncoding.fewestLeads
  }

  /// The place of the first value that is not below a number.
  func place(of value: Double) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The leads that have exactly this value.
  func leads(at value: Double) -> Double {
    let place = place(of: value)
    return place < values.count && values[place] == value ? leads[place] : 0
  }
}

/// Counts of the first few hundred different values that come, without sorting their repetitions.
private struct FewValues {
  private static let most = 512
  private var slots = [Int](repeating: -1, count: 2048)
  private(set) var counts: [(value: Double, leads: Double)] = []

  /// Counts a value, or returns false where it is not among the first few.
  mutating func add(_ value: Double, _ leads: Double) -> Bool {
    var slot = Int(truncatingIfNeeded: (value.bitPattern &* 0x9E37_79B9_7F4A_7C15) >> 53)
    while slots[slot] >= 0 {
      let index = slots[slot]
      if counts[index].value == value {
        counts[index].leads += leads
        return true
      }
      slot = (slot + 1) & 2047
    }
    guard counts.count < Self.most else { return false }
    slots[slot] = counts.count
    counts.append((value, leads))
    return true
  }
}

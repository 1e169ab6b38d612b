import Parallelism

/// The distinct scores of leads, from low to high, with the leads of each outcome that have them.
struct ScoreGroups: Sendable {
  /// The scores as they were given, and on the scale of probabilities.
  private(set) var scores: [Double] = []
  let probabilities: [Double]
  let scale: ScoredLeads.Scale

  /// The leads of each score that converted, and that did not.
  private(set) var positives: [Double] = []
  private(set) var negatives: [Double] = []

  /// The leads of each outcome in all.
  let positiveCount: Double
  let negativeCount: Double

  var count: Int { scores.count }
  var leadCount: Double { positiveCount + negativeCount }

  /// Groups checked leads; those with a weight of 0 are left out.
  init(
    _ values: [Double], _ scale: ScoredLeads.Scale, _ outcomes: [Bool], _ weights: [Double]?
  ) {
    self.scale = scale
    var groups = Grouping(capacity: values.count)
    if let weights {
      groups.fill(values, outcomes, weights)
    } else {
      groups.fill(values, outcomes)
    }
    scores = groups.scores
    positives = groups.positives
    negatives = groups.negatives
    positiveCount = Self.total(positives)
    negativeCount = Self.total(negatives)
    probabilities =
      scale == .probability ? scores : scores.map(LogisticFunction.probability)
  }

  /// Whether all leads of one outcome score at or above all of the other.
  var areSeparated: Bool {
    guard let lowPositive = positives.firstIndex(where: { $0 > 0 }),
      let highPositive = positives.lastIndex(where: { $0 > 0 }),
      let lowNegative = negatives.firstIndex(where: { $0 > 0 }),
      let highNegative = negatives.lastIndex(where: { $0 > 0 })
    else { return true }
    return highNegative <= lowPositive || highPositive <= lowNegative
  }

  private static func total(_ counts: [Double]) -> Double {
    var sum = CompensatedSum()
    for count in counts { sum.add(count) }
    return sum.value
  }
}

/// Groups while they are collected; the arrays are as long as there are rows until the end.
private struct Grouping {
  var scores: [Double]
  var positives: [Double]
  var negatives: [Double]
  private var count = 0

  init(capacity: Int) {
    scores = [Double](repeating: 0, count: capacity)
    positives = scores
    negatives = scores
  }

  /// Sorts the scores of each outcome by themselves, then merges them: no row has to be moved.
  mutating func fill(_ values: [Double], _ outcomes: [Bool]) {
    var positiveKeys = [UInt64](repeating: 0, count: outcomes.count { $0 } + 1)
    var negativeKeys = [UInt64](repeating: 0, count: outcomes.count - positiveKeys.count + 2)
    var (i, j) = (0, 0)
    // Written for both outcomes, kept for one: outcomes cannot be predicted by the processor.
    for index in values.indices {
      let key = RadixSort.key(values[index])
      let converted = outcomes[index] ? 1 : 0
      positiveKeys[i] = key
      negativeKeys[j] = key
      i &+= converted
      j &+= 1 &- converted
    }
    positiveKeys.removeLast()
    negativeKeys.removeLast()
    let keys = [positiveKeys, negativeKeys]
    let sorted = Parallel.map(2) { outcome in
      var keys = keys[outcome]
      RadixSort.sort(&keys)
      return keys
    }
    merge(sorted[0], sorted[1])
  }

  private mutating func merge(_ positiveKeys: [UInt64], _ negativeKeys: [UInt64]) {
    var (i, j) = (0, 0)
    while i < positiveKeys.count || j < negativeKeys.count {
      let key = min(
        i < positiveKeys.count ? positiveKeys[i] : .max,
        j < negativeKeys.count ? negativeKeys[j] : .max)
      let (firstPositive, firstNegative) = (i, j)
      while i < positiveKeys.count, positiveKeys[i] == key { i += 1 }
      while j < negativeKeys.count, negativeKeys[j] == key { j += 1 }
      append(key, Double(i - firstPositive), Double(j - firstNegative))
    }
    finish()
  }

  /// Sorts rows with weights by score.
  mutating func fill(_ values: [Double], _ outcomes: [Bool], _ weights: [Double]) {
    var rows = values.indices.filter { weights[$0] > 0 }.map { UInt32($0) }
    var keys = rows.map { RadixSort.key(values[Int($0)]) }
    RadixSort.sort(&keys, with: &rows)
    var index = 0
    while index < keys.count {
      let key = keys[index]
      var (positive, negative) = (0.0, 0.0)
      while index < keys.count, keys[index] == key {
        let row = Int(rows[index])
        if outcomes[row] { positive += weights[row] } else { negative += weights[row] }
        index += 1
      }
      append(key, positive, negative)
    }
    finish()
  }

  private mutating func append(_ key: UInt64, _ positive: Double, _ negative: Double) {
    scores[count] = RadixSort.value(key)
    positives[count] = positive
    negatives[count] = negative
    count += 1
  }

  private mutating func finish() {
    let rest = scores.count - count
    scores.removeLast(rest)
    positives.removeLast(rest)
    negatives.removeLast(rest)
  }
}

import Parallelism

/// Numbers that say what another says: one is the other times a rate, but for rounding.
struct DuplicateNumbers {
  /// For each column the earlier one that it duplicates; nil where it is its own.
  let originals: [Int?]

  /// The correlation, without its sign, above which two columns say the same.
  static let correlation = 0.9999

  /// Compares columns (n each; NaN is missing) that are missing in the same rows.
  init(_ columns: [[Double]], weights: [Double]) {
    let standard = Parallel.map(columns.count) { Self.standardized(columns[$0], weights) }
    let pairs = columns.indices.flatMap { second in (0..<second).map { ($0, second) } }
    let same = Parallel.map(pairs.count) { index in
      let (first, second) = pairs[index]
      return Self.areSame(standard[first], standard[second])
    }
    var originals = [Int?](repeating: nil, count: columns.count)
    for (index, (first, second)) in pairs.enumerated() where same[index] {
      if originals[second] == nil, originals[first] == nil { originals[second] = first }
    }
    self.originals = originals
  }

  /// A column less its mean, of length 1, times roots of weights; missing values are NaN.
  private static func standardized(_ column: [Double], _ weights: [Double]) -> [Double] {
    let moments = Moments(column, weights: weights)
    let length = moments.standardDeviation * moments.weight.squareRoot()
    guard length > 0, length.isFinite else { return column.map { _ in .nan } }
    return zip(column, weights).map { ($0 - moments.mean) / length * $1.squareRoot() }
  }

  private static func areSame(_ first: [Double], _ second: [Double]) -> Bool {
    var product = 0.0
    for (a, b) in zip(first, second) {
      guard a.isNaN == b.isNaN else { return false }
      if !a.isNaN { product += a * b }
    }
    return abs(product) > correlation
  }
}

import Tables

/// The weighted mean, spread, skewness and range of the present values of a column.
struct Moments {
  var weight = 0.0
  var mean = 0.0
  var variance = 0.0
  var skewness = 0.0
  var lowest = Double.infinity
  var highest = -Double.infinity

  /// Two passes over the values: the second about the mean, so that no digits are lost.
  ///
  /// The variance divides by the weight and not by one less: it is a scale, not an estimate.
  init(count: Int, value: (Int) -> Double, weight weightOf: (Int) -> Double) {
    var sum = 0.0
    for row in 0..<count {
      let number = value(row)
      let share = weightOf(row)
      guard !number.isNaN, share > 0 else { continue }
      weight += share
      sum += share * number
      lowest = min(lowest, number)
      highest = max(highest, number)
    }
    guard weight > 0 else { return }
    mean = sum / weight
    var squares = 0.0
    var cubes = 0.0
    for row in 0..<count {
      let difference = value(row) - mean
      let share = weightOf(row)
      guard !difference.isNaN, share > 0 else { continue }
      squares += share * difference * difference
      cubes += share * difference * difference * difference
    }
    variance = squares / weight
    skewness = variance > 0 ? cubes / weight / (variance * variance.squareRoot()) : 0
  }

  var standardDeviation: Double { variance.squareRoot() }

  /// Whether the values differ by more than rounding.
  var varies: Bool {
    highest > lowest && standardDeviation > 1e-12 * max(abs(lowest), abs(highest))
  }
}

/// The weighted mean, spread, skewness and range of the present values of a column.
struct Moments {
  /// The sum of weights of the values that are present.
  private(set) var weight = 0.0

  /// The sum of weights where there is none.
  private(set) var missingWeight = 0.0

  private(set) var mean = 0.0

  /// The root of the mean squared difference: it divides by the weight and not by one less, being a
  /// scale and not an estimate.
  private(set) var standardDeviation = 0.0

  /// The mean cubed difference in standard deviations; 0 where values do not differ.
  private(set) var skewness = 0.0

  private(set) var lowest = Double.infinity
  private(set) var highest = -Double.infinity

  /// The sum of weights of the values that equal `lowest`.
  private(set) var weightAtLowest = 0.0

  /// The sum of weights of the values that equal `highest`.
  private(set) var weightAtHighest = 0.0

  /// Two passes over the values: the second about the mean, so that no digits are lost.
  ///
  /// Any finite values will do: those whose squares or cubes would overflow, or vanish, are summed in
  /// units of a power of two, which changes no digit.
  init(count: Int, value: (Int) -> Double, weight weightOf: (Int) -> Double) {
    var sum = 0.0
    for row in 0..<count {
      let number = value(row)
      let share = weightOf(row)
      guard share > 0 else { continue }
      guard !number.isNaN else {
        missingWeight += share
        continue
      }
      weight += share
      sum += share * number
      if number <= lowest {
        weightAtLowest = number < lowest ? share : weightAtLowest + share
        lowest = number
      }
      if number >= highest {
        weightAtHighest = number > highest ? share : weightAtHighest + share
        highest = number
      }
    }
    guard weight > 0 else { return }
    let unit = Self.unit(max(abs(lowest), abs(highest)))
    if unit != 1 {
      sum = 0
      for row in 0..<count where weightOf(row) > 0 && !value(row).isNaN {
        sum += weightOf(row) * (value(row) / unit)
      }
    }
    let center = sum / weight
    var squares = 0.0
    var cubes = 0.0
    for row in 0..<count {
      let difference = value(row) / unit - center
      let share = weightOf(row)
      guard !difference.isNaN, share > 0 else { continue }
      squares += share * difference * difference
      cubes += share * difference * difference * difference
    }
    let variance = squares / weight
    mean = center * unit
    standardDeviation = variance.squareRoot() * unit
    skewness = variance > 0 ? cubes / weight / (variance * variance.squareRoot()) : 0
  }

  /// Whether the values differ by more than rounding.
  var varies: Bool {
    highest > lowest && standardDeviation > 1e-12 * max(abs(lowest), abs(highest))
  }

  /// The power of two in which numbers of a magnitude are summed: 1 if their cubes are far from the
  /// ends of the number range.
  private static func unit(_ magnitude: Double) -> Double {
    magnitude == 0 || (1e-75...1e75).contains(magnitude)
      ? 1 : Double(sign: .plus, exponent: Int(magnitude.exponent), significand: 1)
  }
}

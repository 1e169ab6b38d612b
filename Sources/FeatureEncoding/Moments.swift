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
  /// units of a power of two, which changes no digit. Bound by the additions, of which each waits for the last:
  /// a missing value adds 0, as a branch that is often foretold wrongly would take longer.
  ///
  /// - Precondition: there is a weight, not negative, for each value.
  init(_ values: [Double], weights: [Double]) {
    precondition(values.count == weights.count, "a weight for each value")
    let (values, weights) = (values.span, weights.span)
    var sum = 0.0
    for row in values.indices {
      let share = weights[row]
      // Not a number is neither lower nor higher.
      let number = share > 0 ? values[row] : .nan
      let isMissing = number.isNaN
      weight += isMissing ? 0 : share
      missingWeight += isMissing ? share : 0
      sum += isMissing ? 0 : share * number
      lowest = number < lowest ? number : lowest
      highest = number > highest ? number : highest
    }
    guard weight > 0 else { return }
    let unit = Self.unit(max(abs(lowest), abs(highest)))
    if unit != 1 {
      sum = 0
      for row in values.indices where weights[row] > 0 && !values[row].isNaN {
        sum += weights[row] * (values[row] / unit)
      }
    }
    let center = sum / weight
    var squares = 0.0
    var cubes = 0.0
    for row in values.indices {
      let share = weights[row]
      let number = share > 0 ? values[row] : .nan
      let difference = number.isNaN ? 0 : number / unit - center
      let square = share * difference * difference
      squares += square
      cubes += square * difference
      weightAtLowest += number == lowest ? share : 0
      weightAtHighest += number == highest ? share : 0
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

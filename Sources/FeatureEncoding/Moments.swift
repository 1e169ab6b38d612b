import CKernels

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
  ///
  /// - Parameter weights: One for each value, not negative; nil where each is 1.
  init(_ values: [Double], weights: [Double]?) {
    precondition(weights.map { $0.count == values.count } ?? true, "a weight for each value")
    let first = unsafe winnow_sum_range(values, weights, values.count)
    weight = first.weight
    missingWeight = first.missing_weight
    lowest = first.lowest
    highest = first.highest
    guard weight > 0 else { return }
    var sum = first.sum
    let unit = Self.unit(max(abs(lowest), abs(highest)))
    if unit != 1 {
      sum = 0
      for (row, value) in values.enumerated() where !value.isNaN {
        let weight = weights.map { $0[row] } ?? 1
        if weight > 0 { sum += weight * (value / unit) }
      }
    }
    let center = sum / weight
    let second = unsafe winnow_sum_central(
      values, weights, values.count, unit, center, lowest, highest)
    weightAtLowest = second.weight_at_lowest
    weightAtHighest = second.weight_at_highest
    let variance = second.squares / weight
    mean = center * unit
    standardDeviation = variance.squareRoot() * unit
    skewness = variance > 0 ? second.cubes / weight / (variance * variance.squareRoot()) : 0
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

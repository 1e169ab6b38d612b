/// A numeric column of the simulation.
struct NumericField: Sendable {
  let name: Word
  let law: NumericLaw
}

/// How a numeric column's values act, without its name: small and plain, for the loops over rows.
struct NumericLaw: Sendable {
  /// The share of rows that lack the value; which rows is pure chance.
  let missing: Double

  /// The effect on the logit of one standard deviation, on the scale of `scale`.
  let coefficient: Double

  /// The effect on the logit, in place of the value's, where it is missing.
  let missingEffect: Double

  let scale: PlantedTruth.Scale
  let mean: Double
  let deviation: Double

  /// Digits behind the decimal mark in a file, 0 or 2.
  var decimals = 0

  /// Digits behind the decimal mark in a German file, 0 or 2.
  var germanDecimals = 0

  /// The value's part of the logit; NaN is missing.
  func effect(of value: Double) -> Double {
    if value.isNaN { return missingEffect }
    let scaled = scale == .log1p ? PortableMath.log1p(value) : value
    return coefficient * ((scaled - mean) / deviation)
  }
}

/// A categorical column of the simulation; its true effects are drawn by the seed.
struct CategoryField: Sendable {
  let name: Word
  let words: [Word]

  /// The frequency of level `k` is proportional to `k` to the power of minus this.
  let exponent: Double

  /// The share of rows that lack it; its effect is 0.
  let missing: Double

  /// The standard deviation of the levels' effects.
  let spread: Double
}

/// A yes-or-no column of the simulation.
struct FlagField: Sendable {
  let name: Word
  let law: FlagLaw
}

/// How a flag is drawn and acts.
struct FlagLaw: Sendable {
  /// The share of true among those known.
  let share: Double

  /// The share of rows that lack it; its effect is then 0, as that of false.
  let missing: Double

  /// The effect of true on the logit.
  let effect: Double
}

/// How a number becomes a standardised column: transformed, centred and scaled.
public struct NumericEncoding: Equatable, Sendable {
  /// What is done to a number before it is standardised.
  public enum Transform: String, Codable, Sendable {
    case identity

    /// `log(1 + x)`: for amounts and counts with a long right tail.
    case log1p
  }

  /// What is done to a number first.
  public let transform: Transform

  /// The mean of the transformed values at training.
  public let mean: Double

  /// Their standard deviation; 0 where they did not differ, and then only missingness counts.
  public let standardDeviation: Double

  /// The smallest value at training, untransformed and rounded down to two digits, so that it is no
  /// lead's own; a lower one scores as this one.
  public let lowest: Double

  /// The largest value at training, rounded up to two digits; a higher one scores as this one.
  public let highest: Double

  /// The leads (sum of weights) that had a value at training.
  public let presentLeads: Double

  /// The leads (sum of weights) that had none.
  public let missingLeads: Double

  /// The skewness above which a non-negative column counts as long-tailed.
  static let skewnessThreshold = 1.0

  /// Learns from values; NaN is missing, weights are not negative.
  init(
    count: Int, value: (Int) -> Double, weight: (Int) -> Double, totalWeight: Double
  ) {
    let plain = Moments(count: count, value: value, weight: weight)
    var chosen = plain
    var transform = Transform.identity
    if plain.lowest >= 0, plain.skewness > Self.skewnessThreshold {
      let logged = Moments(count: count, value: { logOnePlus(value($0)) }, weight: weight)
      // Kept only if it helps: a column of zeros and ones stays skewed on any scale.
      if abs(logged.skewness) < 0.9 * plain.skewness {
        chosen = logged
        transform = .log1p
      }
    }
    self.transform = transform
    mean = chosen.weight > 0 ? chosen.mean : 0
    standardDeviation = chosen.varies ? chosen.standardDeviation : 0
    lowest = plain.weight > 0 ? twoDigits(plain.lowest, .down) : 0
    highest = plain.weight > 0 ? twoDigits(plain.highest, .up) : 0
    presentLeads = plain.weight
    missingLeads = max(0, totalWeight - plain.weight)
  }

  /// Learns from numbers that are all there and are not to be transformed.
  public init(plain numbers: [Double], weights: [Double]) {
    let moments = Moments(
      count: numbers.count, value: { numbers[$0] }, weight: { weights[$0] })
    self.init(
      transform: .identity, mean: moments.mean, standardDeviation: moments.standardDeviation,
      lowest: twoDigits(moments.lowest, .down), highest: twoDigits(moments.highest, .up),
      presentLeads: moments.weight, missingLeads: 0)
  }

  /// Creates an encoding from what a model file holds.
  public init(
    transform: Transform, mean: Double, standardDeviation: Double, lowest: Double, highest: Double,
    presentLeads: Double, missingLeads: Double
  ) {
    self.transform = transform
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.lowest = lowest
    self.highest = highest
    self.presentLeads = presentLeads
    self.missingLeads = missingLeads
  }

  /// Whether numbers that are present tell leads apart.
  public var varies: Bool { standardDeviation > 0 }

  /// Whether training saw leads without a value.
  public var hasMissing: Bool { missingLeads > 0 }

  /// The standardised value; 0 where the number is missing, as for the average lead.
  public func standardized(_ number: Double) -> Double {
    guard !number.isNaN, standardDeviation > 0 else { return 0 }
    let held = min(max(number, lowest), highest)
    let moved = transform == .log1p ? logOnePlus(held) : held
    return (moved - mean) / standardDeviation
  }

  /// Whether a number lies far outside what training saw: farther than its whole range again.
  public func isFarOutside(_ number: Double) -> Bool {
    let range = highest - lowest
    return number < lowest - range || number > highest + range
  }
}

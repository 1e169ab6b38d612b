import CKernels

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

  /// A number at or below the smallest value at training, untransformed and rounded so that it is no
  /// single lead's own (`RoundedRange`); a lower value scores as this one.
  public let lowest: Double

  /// A number at or above the largest value at training, likewise; a higher value scores as this one.
  public let highest: Double

  /// The leads (sum of weights) that had a value at training.
  public let presentLeads: Double

  /// The leads (sum of weights) that had none.
  public let missingLeads: Double

  /// The skewness above which a non-negative column counts as long-tailed.
  static let skewnessThreshold = 1.0

  /// Learns from values; NaN is missing.
  ///
  /// - Parameters:
  ///   - weights: One a value, not negative; nil where each is 1.
  ///   - outcomes: 0 or 1 a value: a long-tailed column is then taken on the scale that foretells outcomes better
  ///     (`TransformChoice`), and on the logarithm's without.
  init(
    learning values: [Double], weights: [Double]?, outcomes: [Double]? = nil,
    spare: SpareArrays? = nil
  ) {
    let plain = Moments(values, weights: weights)
    var chosen = plain
    var transform = Transform.identity
    if plain.lowest >= 0, plain.skewness > Self.skewnessThreshold {
      (spare ?? SpareArrays(count: values.count)).with { logarithms in
        unsafe winnow_logarithms(values, values.count, &logarithms)
        let logged = Moments(logarithms, weights: weights)
        // Kept only if it helps: a column of zeros and ones stays skewed on any scale.
        guard abs(logged.skewness) < 0.9 * plain.skewness else { return }
        let choice = outcomes.map {
          TransformChoice(
            values, logarithms: logarithms, outcomes: $0, weights: weights, highest: plain.highest)
        }
        transform = choice?.better ?? .log1p
        if transform == .log1p { chosen = logged }
      }
    }
    let range = RoundedRange(plain)
    self.init(
      transform: transform, mean: chosen.mean,
      standardDeviation: chosen.varies ? chosen.standardDeviation : 0, lowest: range.lowest,
      highest: range.highest, presentLeads: plain.weight, missingLeads: plain.missingWeight)
  }

  /// Learns from numbers that are all there and are not to be transformed.
  public init(plain numbers: [Double], weights: [Double]) {
    let moments = Moments(numbers, weights: weights)
    let range = RoundedRange(moments)
    self.init(
      transform: .identity, mean: moments.mean, standardDeviation: moments.standardDeviation,
      lowest: range.lowest, highest: range.highest, presentLeads: moments.weight, missingLeads: 0)
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
    let difference = moved - mean
    // Only numbers near the largest that there is overflow in the difference.
    return difference.isFinite
      ? difference / standardDeviation : moved / standardDeviation - mean / standardDeviation
  }

  /// Standardises numbers where they are, as one by one but for the last digit of a logarithm.
  func standardize(_ numbers: inout [Double]) {
    guard standardDeviation > 0 else {
      for index in numbers.indices { numbers[index] = 0 }
      return
    }
    unsafe winnow_clamp(&numbers, numbers.count, lowest, highest)
    if transform == .log1p {
      unsafe numbers.withUnsafeMutableBufferPointer {
        unsafe winnow_logarithms($0.baseAddress, $0.count, $0.baseAddress)
      }
    }
    unsafe winnow_standardize(&numbers, numbers.count, mean, standardDeviation)
  }

  /// The numbers that are not far outside what training saw: no farther than its whole range again.
  public var usualNumbers: (lowest: Double, highest: Double) {
    let range = highest - lowest
    return (lowest - range, highest + range)
  }
}

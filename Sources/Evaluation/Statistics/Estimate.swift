/// The values between two borders, which belong to it.
public struct Interval: Sendable, Equatable, Codable {
  public let low: Double
  public let high: Double

  /// Creates an interval.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// Whether a value lies in the interval.
  public func contains(_ value: Double) -> Bool { low <= value && value <= high }

  /// Whether the intervals have a value in common.
  public func overlaps(_ other: Interval) -> Bool { low <= other.high && other.low <= high }

  /// The part of the interval inside another.
  func clipped(to bounds: Interval) -> Interval {
    Interval(
      low: min(max(low, bounds.low), bounds.high), high: max(min(high, bounds.high), bounds.low))
  }
}

/// A number that a sample gives, and how far the truth may be from it.
public struct Estimate: Sendable, Equatable, Codable {
  /// The number.
  public let value: Double

  /// Its standard error, where the sample is large enough to have one.
  public let standardError: Double?

  /// The interval that covers the truth in 95 of 100 samples, where there is one.
  public let interval: Interval?

  /// Creates an estimate.
  public init(value: Double, standardError: Double?, interval: Interval?) {
    self.value = value
    self.standardError = standardError
    self.interval = interval
  }

  /// An estimate whose interval is 1.96 standard errors, or Student's number of them, to each side.
  init(
    value: Double, standardError: Double, degreesOfFreedom: Double = .infinity,
    bounds: Interval = Interval(low: -.infinity, high: .infinity)
  ) {
    let width =
      standardError == 0
      ? 0
      : standardError
        * StudentDistribution(degreesOfFreedom: degreesOfFreedom).twoSidedQuantile(0.05)
    self.init(
      value: value, standardError: standardError,
      interval: Interval(low: value - width, high: value + width).clipped(to: bounds))
  }
}

/// The mean of a weighted sample, and its standard error.
struct SampleMean {
  let mean: Double
  let standardError: Double?

  /// The sum of the weights: a weight of 2 is a row twice.
  let count: Double

  /// Takes the mean of terms, each with its weight, in two passes over them.
  init(count: Double, terms: (_ add: (_ term: Double, _ weight: Double) -> Void) -> Void) {
    var sum = CompensatedSum()
    terms { term, weight in if weight > 0 { sum.add(term * weight) } }
    let mean = sum.value / count
    self.mean = mean
    self.count = count
    guard count > 1, mean.isFinite else {
      standardError = nil
      return
    }
    var squares = CompensatedSum()
    terms { term, weight in squares.add(weight * (term - mean) * (term - mean)) }
    standardError = (squares.value / (count - 1) / count).squareRoot()
  }

  /// The estimate of the mean, with Student's interval.
  func estimate(bounds: Interval) -> Estimate {
    guard let standardError else {
      return Estimate(value: mean, standardError: nil, interval: nil)
    }
    return Estimate(
      value: mean, standardError: standardError, degreesOfFreedom: count - 1, bounds: bounds)
  }
}

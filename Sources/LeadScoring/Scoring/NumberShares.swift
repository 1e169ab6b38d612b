import CKernels
import FeatureEncoding
import Parallelism

/// The shares of numbers in the logit: on a line, or on a curve with effects of single values.
struct NumberShares: Sendable {
  enum Shape: Sendable {
    /// The share of a number is the slope times its standardized value.
    case line(NumericEncoding, slope: Double)

    /// The share at each point, straight between them, and the effect of each value that has its own.
    case points(CurveEncoding, [Double], effects: [Double])
  }

  private enum Rule: Sendable {
    case line(winnow_line)
    case points(Points)

    /// Of a line whose numbers overflow, or have no logarithm.
    case one(NumericEncoding, slope: Double)
  }

  private let rule: Rule
  private let missing: Double
  private let usual: (lowest: Double, highest: Double)

  /// - Parameter missing: The share of a lead without a number.
  init(_ shape: Shape, missing: Double) {
    self.missing = missing
    switch shape {
    case .line(let encoding, let slope):
      usual = encoding.usualNumbers
      rule = Self.line(encoding, slope: slope)
    case .points(let encoding, let values, let effects):
      usual = encoding.line.usualNumbers
      rule = .points(
        Points(
          places: encoding.knots, values: values, levels: encoding.levels.map(\.value),
          effects: effects))
    }
  }

  private static func line(_ encoding: NumericEncoding, slope: Double) -> Rule {
    guard encoding.varies else {
      return .line(
        winnow_line(
          lowest: encoding.lowest, highest: encoding.highest, takes_logarithm: 0, mean: 0,
          deviation: 1, slope: 0))
    }
    let takesLogarithm = encoding.transform == .log1p
    let ends = [encoding.lowest - encoding.mean, encoding.highest - encoding.mean]
    guard ends.allSatisfy(\.isFinite), !takesLogarithm || encoding.lowest >= 0 else {
      return .one(encoding, slope: slope)
    }
    return .line(
      winnow_line(
        lowest: encoding.lowest, highest: encoding.highest, takes_logarithm: takesLogarithm ? 1 : 0,
        mean: encoding.mean, deviation: encoding.standardDeviation, slope: slope))
  }

  /// The share of each number; NaN is missing.
  func shares(of numbers: [Double], _ counts: inout CellCounts) -> [Double] {
    var found = [0, 0]
    unsafe winnow_count_numbers(numbers, numbers.count, usual.lowest, usual.highest, &found)
    counts.missing += found[0]
    counts.farOutside += found[1]
    switch rule {
    case .line(let line):
      var shares: [Double] = room(numbers.count)
      unsafe winnow_line_shares(numbers, numbers.count, line, missing, &shares)
      return shares
    case .points(let points): return points.shares(of: numbers, missing: missing)
    case .one(let encoding, let slope):
      return numbers.map { $0.isNaN ? missing : slope * encoding.standardized($0) }
    }
  }
}

/// A table of points, and effects of single values.
private struct Points: Sendable {
  private let places: [Double]
  private let values: [Double]
  private let levels: [Double]
  private let effects: [Double]

  /// The shares of the whole numbers from 0 on, which most columns consist of: they are looked up.
  private let whole: [Double]
  private static let wholeCount = 1024

  init(places: [Double], values: [Double], levels: [Double], effects: [Double]) {
    precondition(places.count == values.count && levels.count == effects.count)
    self.places = places
    self.values = values
    self.levels = levels
    self.effects = effects
    var whole = [Double](repeating: 0, count: Self.wholeCount)
    let numbers = (0..<Self.wholeCount).map { Double($0) }
    unsafe winnow_point_shares(
      numbers, numbers.count, places, values, places.count, levels, effects, levels.count, &whole)
    self.whole = whole
  }

  func shares(of numbers: [Double], missing: Double) -> [Double] {
    var shares: [Double] = room(numbers.count)
    var rest: [Double] = room(numbers.count)
    var rows: [UInt32] = room(numbers.count)
    let count = unsafe winnow_whole_shares(
      numbers, numbers.count, whole, whole.count, missing, &shares, &rest, &rows)
    var found: [Double] = room(count)
    unsafe winnow_point_shares(
      rest, count, places, values, places.count, levels, effects, levels.count, &found)
    for index in 0..<count { shares[Int(rows[index])] = found[index] }
    return shares
  }
}

import FeatureEncoding

/// The shares of numbers in the logit: on a line, or on a curve with effects of single values.
struct NumberShares: Sendable {
  enum Shape: Sendable {
    case line(NumericEncoding, slope: Double)

    /// The share at each point, straight between them, and the effect of each value that has its own.
    case points(CurveEncoding, [Double], levels: [Double])
  }

  private let shape: Shape
  private let missing: Double
  private let range: NumericEncoding

  /// The shares of the whole numbers from 0 on, which most columns consist of: looked up in 2 ns, where
  /// to search a curve takes 20, and a logarithm as long.
  private let whole: [Double]
  private static let wholeCount = 1024

  /// - Parameter missing: The share of a lead without a number.
  init(_ shape: Shape, missing: Double) {
    self.shape = shape
    self.missing = missing
    switch shape {
    case .line(let encoding, _): range = encoding
    case .points(let encoding, _, _): range = encoding.line
    }
    // A curve without points has no shares: nobody had a number.
    let isEmpty = if case .points(_, let points, _) = shape { points.isEmpty } else { false }
    whole = isEmpty ? [] : (0..<Self.wholeCount).map { Self.share(of: Double($0), shape) }
  }

  /// The share of each number; NaN is missing.
  func shares(of numbers: [Double], _ counts: inout CellCounts) -> [Double] {
    var shares = [Double](repeating: missing, count: numbers.count)
    var output = shares.mutableSpan
    let (numbers, whole) = (numbers.span, whole.span)
    let end = Double(whole.count)
    let usual = range.usualNumbers
    var missing = 0
    var farOutside = 0
    for row in numbers.indices {
      let number = numbers[row]
      farOutside &+= number < usual.lowest || number > usual.highest ? 1 : 0
      if number >= 0, number < end {
        let index = Int(number)
        if Double(index) == number {
          output[row] = whole[index]
          continue
        }
      }
      if number.isNaN {
        missing &+= 1
      } else {
        output[row] = Self.share(of: number, shape)
      }
    }
    counts.missing += missing
    counts.farOutside += farOutside
    return shares
  }

  private static func share(of number: Double, _ shape: Shape) -> Double {
    switch shape {
    case .line(let encoding, let slope): return slope * encoding.standardized(number)
    case .points(let encoding, let points, let levels):
      let (left, fraction) = encoding.place(of: number)
      let base =
        fraction == 0
        ? points[left] : points[left] + fraction * (points[left + 1] - points[left])
      return base + levels[encoding.levelCode(of: number)]
    }
  }
}

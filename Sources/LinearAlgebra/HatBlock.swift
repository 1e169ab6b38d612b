/// A number on K knots: piecewise-linear hats, of which two neighbors have a value in each row.
///
/// A row keeps its interval and the fraction t of it: the coefficients of the interval's knots count
/// with 1 - t and t. A row without a value has no coefficient.
public struct HatBlock: Sendable {
  /// The intervals, in the narrowest type that holds them; 0 where there is no value.
  enum Storage: Sendable {
    case bytes([UInt8])
    case shorts([UInt16])
  }

  /// The number of rows.
  public let rowCount: Int
  /// The number of knots, and of coefficients.
  public let knotCount: Int
  let storage: Storage
  /// How far into its interval each row is, 0...1.
  let fractions: [Float]

  /// The most knots that a block may have.
  public static let mostKnots = 65_536

  /// Creates a block from values (n; NaN is none) and knots.
  ///
  /// A value beyond the first or last knot counts as that knot: hats are constant outside.
  /// - Precondition: there are 2 knots or more, rising and finite, and no more than `mostKnots`.
  public init(values: [Double], knots: [Double]) {
    precondition(
      knots.count >= 2 && knots.count <= HatBlock.mostKnots
        && zip(knots, knots.dropFirst()).allSatisfy { $0 < $1 }
        && knots.allSatisfy(\.isFinite), "knots must rise, and be 2 or more")
    let places = values.map { HatBlock.place($0, among: knots) }
    rowCount = values.count
    knotCount = knots.count
    fractions = places.map(\.fraction)
    storage =
      knots.count <= 256
      ? .bytes(places.map { UInt8($0.interval) }) : .shorts(places.map { UInt16($0.interval) })
  }

  /// Takes stored rows over.
  init(_ storage: Storage, fractions: [Float], knotCount: Int) {
    self.storage = storage
    self.fractions = fractions
    self.knotCount = knotCount
    rowCount = fractions.count
  }

  /// The interval of a value, from 1 on (0 where there is none), and the fraction of it.
  private static func place(
    _ value: Double, among knots: [Double]
  ) -> (interval: Int, fraction: Float) {
    guard !value.isNaN else { return (0, 0) }
    guard value > knots[0] else { return (1, 0) }
    guard value < knots[knots.count - 1] else { return (knots.count - 1, 1) }
    // The knots at `low` and before are at or below the value, those from `high` on above it.
    var (low, high) = (0, knots.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if knots[middle] <= value { low = middle } else { high = middle }
    }
    return (high, Float((value - knots[low]) / (knots[high] - knots[low])))
  }

  /// The interval of a row, from 1 on, or 0 where it has no value.
  func interval(_ row: Int) -> Int {
    switch storage {
    case .bytes(let codes): Int(codes[row])
    case .shorts(let codes): Int(codes[row])
    }
  }

  /// The value of a row's hat on a knot, which counts from 0.
  public subscript(row: Int, knot: Int) -> Double {
    precondition(row < rowCount && knot < knotCount, "no value \(row), \(knot)")
    let interval = interval(row)
    guard interval > 0 else { return 0 }
    let fraction = Double(fractions[row])
    return knot == interval ? fraction : knot == interval - 1 ? 1 - fraction : 0
  }

  /// The rows of the given numbers, in their order.
  public func rows(_ indices: [Int]) -> HatBlock {
    let part: Storage =
      switch storage {
      case .bytes(let codes): .bytes(indices.map { codes[$0] })
      case .shorts(let codes): .shorts(indices.map { codes[$0] })
      }
    return HatBlock(part, fractions: indices.map { fractions[$0] }, knotCount: knotCount)
  }
}

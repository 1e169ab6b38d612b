/// How a number becomes a straight line, a curve on knots around it, and own levels of frequent values.
public struct CurveEncoding: Equatable, Sendable {
  /// A value that enough leads share to have an effect of its own.
  public struct Level: Equatable, Sendable {
    /// The value.
    public let value: Double
    /// The leads (sum of weights) that had it at training.
    public let leads: Double

    /// Creates a level.
    public init(value: Double, leads: Double) {
      self.value = value
      self.leads = leads
    }
  }

  /// Which way a curve may go.
  public enum Direction: String, Codable, Sendable {
    /// It may not fall.
    case up
    /// It may not rise.
    case down
  }

  /// The straight line: the range that it is held to, its center and unit, and what was missing.
  public let line: NumericEncoding
  /// The knots of the curve, rising; none, or 2 or more.
  ///
  /// In a table of points one that comes twice is a jump: the first counts up to it, the second above it.
  public let knots: [Double]
  /// The values with an effect of their own, ascending.
  public let levels: [Level]
  /// Which way the curve may go; nil for any.
  ///
  /// A curve that is held has neither a line nor values of their own.
  public let direction: Direction?

  /// The shares of leads at which the line is held level.
  static let heldShares = (low: 0.005, high: 0.995)
  /// Up to as many different values the border for an own level is low.
  static let fewValues = 256

  /// Learns from values; NaN is missing.
  ///
  /// - Parameter weights: One a value, not negative; nil where each is 1.
  init(
    learning values: [Double], weights: [Double]?, knots most: Int, direction: Direction? = nil
  ) {
    let counts = ValueCounts(values, weights: weights)
    self.direction = direction
    guard counts.values.count >= 2 else {
      line = NumericEncoding(learning: values, weights: weights)
      knots = []
      levels = []
      return
    }
    var (low, high) = (
      counts.quantile(Self.heldShares.low), counts.quantile(Self.heldShares.high)
    )
    if high <= low { (low, high) = (counts.values[0], counts.values[counts.values.count - 1]) }
    let range = RoundedRange(lowest: low, highest: high, digits: 3, counts: counts)
    let moments = Moments(
      counts.values.map { min(max($0, range.lowest), range.highest) }, weights: counts.leads)
    let hasLine = moments.varies && direction == nil
    line = NumericEncoding(
      transform: .identity, mean: moments.mean,
      standardDeviation: hasLine ? moments.standardDeviation : 0, lowest: range.lowest,
      highest: range.highest, presentLeads: counts.total, missingLeads: counts.missingLeads)
    let knots = KnotChoice(counts, most: most).knots
    guard direction == nil else {
      // Where few have each value, there may be one knot for all.
      self.knots = knots.count > 1 ? knots : [range.lowest, range.highest]
      levels = []
      return
    }
    guard counts.values.count > 2, knots.count > 2 else {
      self.knots = []
      levels = []
      return
    }
    self.knots = knots
    let border =
      counts.values.count <= Self.fewValues
      ? max(CategoryEncoding.fewestLeads, counts.total / 2000) : max(20, counts.total / 100)
    levels = zip(counts.values, counts.leads).filter { $0.1 >= border }
      .map { Level(value: $0, leads: $1) }
  }

  /// Creates an encoding from what a model file holds.
  ///
  /// - Precondition: knots rise (one may come twice) and are none or 2 or more; levels rise.
  public init(
    line: NumericEncoding, knots: [Double], levels: [Level], direction: Direction? = nil
  ) {
    precondition(
      Self.areValid(knots: knots)
        && zip(levels, levels.dropFirst()).allSatisfy { $0.value < $1.value },
      "knots and levels rise")
    self.line = line
    self.knots = knots
    self.levels = levels
    self.direction = direction
  }

  /// Whether numbers may be the knots of a table of points.
  public static func areValid(knots: [Double]) -> Bool {
    knots.count != 1 && zip(knots, knots.dropFirst()).allSatisfy { $0 <= $1 }
      && zip(knots, knots.dropFirst(2)).allSatisfy { $0 < $1 }
  }

  /// The coefficients: of the line, of missing values, of each knot, of each level.
  public var coefficientCount: Int {
    (line.varies ? 1 : 0) + (line.hasMissing ? 1 : 0) + knots.count + levels.count
  }

  /// The code of a number's level, from 1 on; 0 where it has none.
  public func levelCode(of number: Double) -> Int {
    var (low, high) = (0, levels.count)
    while low < high {
      let middle = (low + high) / 2
      if levels[middle].value < number { low = middle + 1 } else { high = middle }
    }
    return low < levels.count && levels[low].value == number ? low + 1 : 0
  }
}

extension CurveEncoding {
  /// Where a line and a curve together may bend: the knots, and the ends of the line; and where they jump.
  ///
  /// - Parameter cuts: Where they jump: such a place comes twice.
  public func pointPlaces(cuts: [Double] = []) -> [Double] {
    var places: [Double] = []
    for place in (knots + cuts + (line.varies ? [line.lowest, line.highest] : [])).sorted()
    where places.last.map({ $0 < place }) ?? true {
      places.append(place)
      if cuts.contains(place) { places.append(place) }
    }
    return places
  }

  /// The same levels around a curve alone, on other knots: what a line and a curve together are.
  public func asPoints(_ places: [Double]) -> CurveEncoding {
    CurveEncoding(
      line: NumericEncoding(
        transform: .identity, mean: line.mean, standardDeviation: 0, lowest: line.lowest,
        highest: line.highest, presentLeads: line.presentLeads, missingLeads: line.missingLeads),
      knots: places, levels: levels, direction: direction)
  }

  /// The knots that a number lies between, with the share of each; one knot where it is on it or beyond.
  public func hatShares(of number: Double) -> [(knot: Int, share: Double)] {
    let (left, fraction) = place(of: number)
    return fraction == 0 ? [(left, 1)] : [(left, 1 - fraction), (left + 1, fraction)]
  }

  /// The knot at a number (the first of two, the nearest for one beyond all), or the last knot below it and the
  /// fraction of the way to the next one.
  ///
  /// - Precondition: there are knots, and the number is one.
  public func place(of number: Double) -> (left: Int, fraction: Double) {
    guard number > knots[0] else { return (0, 0) }
    guard number <= knots[knots.count - 1] else { return (knots.count - 1, 0) }
    // The knots at `low` and before are below the number, those from `high` on are not.
    var (low, high) = (0, knots.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if knots[middle] < number { low = middle } else { high = middle }
    }
    if knots[high] == number { return (high, 0) }
    return (low, (number - knots[low]) / (knots[high] - knots[low]))
  }
}

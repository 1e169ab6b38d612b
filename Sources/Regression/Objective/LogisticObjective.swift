import LinearAlgebra
import Parallelism

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The function that a fit minimizes: weighted logistic losses and a quadratic penalty.
///
/// For coefficients b (p) it is `(sum_i w_i loss(y_i, x_i b) + 1/2 b' S b) / sum_i w_i`, in nats a row.
/// A weight of two is the row twice. An intercept is a column of ones whose penalty is 0.
public struct LogisticObjective: Sendable {
  /// The columns (n x p).
  public let design: DesignMatrix
  /// The outcomes (n), each 0, 1 or a share between.
  public let outcomes: [Double]
  /// The weights (n); nil where each is 1.
  public let weights: [Double]?
  /// The penalty, S.
  public let penalty: QuadraticPenalty
  /// The sum of weights.
  public let totalWeight: Double
  /// The weighted share of conversions, 0...1.
  public let meanOutcome: Double

  /// Checks the data and keeps them.
  ///
  /// - Throws: the first fault of the data.
  public init(
    design: DesignMatrix, outcomes: [Double], weights: [Double]? = nil, penalty: QuadraticPenalty
  ) throws(ObjectiveError) {
    try Self.check("outcomes", outcomes.count, design.rowCount)
    if let weights { try Self.check("weights", weights.count, design.rowCount) }
    let parts = Self.parts(outcomes, weights)
    if let row = parts.lazy.compactMap(\.badOutcome).first {
      throw .outcomeOutOfRange(row: row, value: outcomes[row])
    }
    if let row = parts.lazy.compactMap(\.badWeight).first {
      throw .badWeight(row: row, value: weights?[row] ?? .nan)
    }
    try Self.check(penalty, columns: design.columnCount)
    try self.init(
      checked: design, outcomes: outcomes, weights: weights, penalty: penalty, parts: parts)
  }

  /// Checks data with a penalty on squares alone (p), each 0 or more, and keeps them.
  ///
  /// - Throws: the first fault of the data.
  public init(
    design: DesignMatrix, outcomes: [Double], weights: [Double]? = nil, penalties: [Double]
  ) throws(ObjectiveError) {
    try self.init(
      design: design, outcomes: outcomes, weights: weights,
      penalty: QuadraticPenalty(squares: penalties))
  }

  /// What half a square of each coefficient costs (p).
  public var penalties: [Double] { penalty.squares }

  /// Takes data over that have been checked, but for their sum.
  private init(
    checked design: DesignMatrix, outcomes: [Double], weights: [Double]?,
    penalty: QuadraticPenalty, parts known: [Part]? = nil
  ) throws(ObjectiveError) {
    self.design = design
    self.outcomes = outcomes
    self.weights = weights
    self.penalty = penalty
    let parts = known ?? Self.parts(outcomes, weights)
    let total = parts.reduce(0) { $0 + $1.total }
    let conversions = parts.reduce(0) { $0 + $1.conversions }
    guard total > 0 else { throw .noRows }
    totalWeight = total
    meanOutcome = conversions / total
  }

  /// What some rows say of themselves: the first faults, and the sums of weights.
  private struct Part: Sendable {
    var badOutcome, badWeight: Int?
    var total = 0.0
    var conversions = 0.0
  }

  private static func parts(_ outcomes: [Double], _ weights: [Double]?) -> [Part] {
    Parallel.mapParts(of: outcomes.count) { rows in
      var part = Part()
      for row in rows {
        let (outcome, weight) = (outcomes[row], weights.map { $0[row] } ?? 1)
        if !(outcome >= 0 && outcome <= 1), part.badOutcome == nil { part.badOutcome = row }
        if !(weight >= 0 && weight < .infinity), part.badWeight == nil { part.badWeight = row }
        part.total += weight
        part.conversions += weight * outcome
      }
      return part
    }
  }

  private static func check(_ subject: String, _ found: Int, _ expected: Int)
    throws(ObjectiveError)
  {
    guard found == expected else {
      throw .wrongCount(of: subject, found: found, expected: expected)
    }
  }

  private static func check(
    _ penalty: QuadraticPenalty, columns: Int
  ) throws(ObjectiveError) {
    try check("penalties", penalty.count, columns)
    if let column = penalty.squares.firstIndex(where: { !($0 >= 0 && $0 < .infinity) }) {
      throw .badPenalty(column: column, value: penalty.squares[column])
    }
    for neighbors in penalty.differences
    where !(neighbors.strength >= 0 && neighbors.strength < .infinity) {
      throw .badPenalty(column: neighbors.edges.first?.first ?? 0, value: neighbors.strength)
    }
  }

  /// The same data, which were checked, under another penalty.
  private init(_ objective: LogisticObjective, _ penalty: QuadraticPenalty) {
    design = objective.design
    outcomes = objective.outcomes
    weights = objective.weights
    totalWeight = objective.totalWeight
    meanOutcome = objective.meanOutcome
    self.penalty = penalty
  }

  /// The same data under other penalties (p).
  public func replacing(penalties: [Double]) throws(ObjectiveError) -> LogisticObjective {
    try replacing(penalty: QuadraticPenalty(squares: penalties))
  }

  /// The same data under another penalty.
  public func replacing(penalty: QuadraticPenalty) throws(ObjectiveError) -> LogisticObjective {
    try Self.check(penalty, columns: design.columnCount)
    return LogisticObjective(self, penalty)
  }

  /// The same data with further level blocks behind the columns, which have no penalty yet.
  ///
  /// - Precondition: they have as many rows.
  public func appending(_ levels: [LevelBlock]) -> LogisticObjective {
    let added = levels.reduce(0) { $0 + $1.levelCount }
    do {
      return try LogisticObjective(
        checked: design.appending(levels), outcomes: outcomes, weights: weights,
        penalty: QuadraticPenalty(
          squares: penalty.squares + [Double](repeating: 0, count: added),
          differences: penalty.differences, levels: penalty.levels))
    } catch {
      preconditionFailure("the data were valid: \(error)")
    }
  }

  /// The same rows with other weights (n).
  func reweighted(_ weights: [Double]) throws(ObjectiveError) -> LogisticObjective {
    try LogisticObjective(
      checked: design, outcomes: outcomes, weights: weights, penalty: penalty)
  }

  /// Some rows, in the order given, under the whole penalty.
  func rows(_ indices: [Int]) throws(ObjectiveError) -> LogisticObjective {
    try LogisticObjective(
      checked: design.rows(indices), outcomes: gathered(outcomes, indices),
      weights: weights.map { gathered($0, indices) }, penalty: penalty)
  }

  /// Every `stride`-th row, under the whole penalty.
  func sample(stride: Int) throws(ObjectiveError) -> LogisticObjective {
    try rows(Array(Swift.stride(from: 0, to: design.rowCount, by: stride)))
  }

  /// Coefficients (p) of 0, but for the intercept, which foretells the mean outcome.
  public var origin: [Double] {
    var coefficients = [Double](repeating: 0, count: design.columnCount)
    guard meanOutcome > 0, meanOutcome < 1 else { return coefficients }
    for (block, offset) in zip(design.blocks, design.offsets) {
      guard case .intercept = block, penalties[offset] == 0 else { continue }
      coefficients[offset] = log(meanOutcome / (1 - meanOutcome))
      break
    }
    return coefficients
  }
}

import LinearAlgebra

/// Whether outcomes can be foretold without error, so that no finite coefficients fit best.
///
/// They can where a direction d has `x d >= 0` for every conversion, `x d <= 0` for every other row and
/// is not 0 throughout: then the likelihood grows along d without end (Albert and Anderson, *On the
/// existence of maximum likelihood estimates in logistic regression models*, 1984). Newton's steps
/// come ever closer to such a direction; what they suggest is made exact and checked on every row.
struct Separation {
  /// Parts of the largest `x d` up to which a row may count as not separated by a suggestion: rows that
  /// are separated can be as slow as the least of them.
  private static let thresholds = [0.05, 5e-3, 5e-4, 5e-5, 5e-6, 5e-7]
  /// The part of the largest `x d` that rounding may leave on the wrong side.
  private static let rounding = 1e-9
  /// The weight of the suggestion against staying at 0 on the rows that are not separated.
  private static let regularization = 1e-7

  private let objective: LogisticObjective

  init(_ objective: LogisticObjective) { self.objective = objective }

  /// The direction of separation that a direction (p) of steps comes near to, if it is one.
  func confirmed(by suggestion: [Double]) -> [Double]? {
    let along = objective.design.times(suggestion)
    let wrong = wrongPart(along)
    if wrong <= Self.rounding { return suggestion }
    for threshold in Self.thresholds where threshold >= wrong {
      if let direction = vanishing(suggestion, where: along, isBelow: threshold),
        wrongPart(objective.design.times(direction)) <= Self.rounding
      {
        return direction
      }
    }
    return nil
  }

  /// How far rows lie on the wrong side of `x d = 0`, as a part of the largest distance; infinite where
  /// no row is moved at all.
  private func wrongPart(_ along: [Double]) -> Double {
    var (largest, wrong) = (0.0, 0.0)
    for (value, outcome) in zip(along, objective.outcomes) {
      largest = max(largest, abs(value))
      if outcome < 1 { wrong = max(wrong, value) }
      if outcome > 0 { wrong = max(wrong, -value) }
    }
    guard largest > 0, largest.isFinite else { return .infinity }
    return wrong / largest
  }

  /// The direction without its parts that move the rows which are not separated by it.
  ///
  /// Solves `(G + e I) d' = e d` with the Gram matrix G of those rows, three times: what moves them
  /// shrinks by `e` over the eigenvalue each time, the rest stays.
  private func vanishing(
    _ direction: [Double], where along: [Double], isBelow threshold: Double
  ) -> [Double]? {
    let bound = threshold * along.reduce(0) { max($0, abs($1)) }
    let weights = along.map { abs($0) <= bound ? 1.0 : 0 }
    guard weights.contains(0) else { return nil }
    let total = Double(weights.count)
    let penalty = Self.regularization * total
    let diagonal = [Double](repeating: penalty, count: direction.count)
    do {
      let factor = try objective.design.gram(weights: weights).addingDiagonal(diagonal)
        .factored(pivotTolerance: 0)
      var result = direction
      for _ in 0..<3 { result = factor.solve(result.map { $0 * penalty }) }
      return result
    } catch {
      return nil
    }
  }
}

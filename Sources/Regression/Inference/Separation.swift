import LinearAlgebra

/// Whether outcomes can be foretold without error, so that no finite coefficients fit best.
///
/// They can where a direction d has `x d >= 0` for every conversion, `x d <= 0` for every other row and
/// is not 0 throughout: then the likelihood grows along d without end (Albert and Anderson, *On the
/// existence of maximum likelihood estimates in logistic regression models*, 1984). Newton's steps
/// come ever closer to such a direction; what they suggest is made exact and checked on every row.
struct Separation {
  /// The part of the largest `x d` up to which a row counts as not separated by the suggestion.
  private static let undecided = 0.05
  /// The part of the largest `x d` that rounding may leave on the wrong side.
  private static let rounding = 1e-9
  /// The weight of the suggestion against staying at 0 on the rows that are not separated.
  private static let regularization = 1e-7

  private let objective: LogisticObjective

  init(_ objective: LogisticObjective) { self.objective = objective }

  /// The direction of separation that a direction (p) of steps comes near to, if it is one.
  func confirmed(by suggestion: [Double]) -> [Double]? {
    var direction = suggestion
    for _ in 0..<3 {
      let along = objective.design.times(direction)
      if isSeparating(along) { return direction }
      guard let exact = vanishing(direction, where: along) else { return nil }
      direction = exact
    }
    return isSeparating(objective.design.times(direction)) ? direction : nil
  }

  /// Whether no row lies on the wrong side of `x d = 0`, and some on the right one.
  private func isSeparating(_ along: [Double]) -> Bool {
    let largest = along.reduce(0) { max($0, abs($1)) }
    guard largest > 0, largest.isFinite else { return false }
    let bound = Self.rounding * largest
    return zip(along, objective.outcomes).allSatisfy { value, outcome in
      (outcome == 1 || value <= bound) && (outcome == 0 || value >= -bound)
    }
  }

  /// The direction without its parts that move the rows which are not separated by it.
  ///
  /// Solves `(G + e I) d' = e d` with the Gram matrix G of those rows, three times: what moves them
  /// shrinks by `e` over the eigenvalue each time, the rest stays.
  private func vanishing(_ direction: [Double], where along: [Double]) -> [Double]? {
    let largest = along.reduce(0) { max($0, abs($1)) }
    let weights = along.map { abs($0) <= Self.undecided * largest ? 1.0 : 0 }
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

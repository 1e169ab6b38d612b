import LinearAlgebra

extension EvidenceSearch {
  /// A fit of all rows, where those that set the strengths are a sample: the same strengths, found by passes.
  ///
  /// - Parameters:
  ///   - found: The fit of the sample, whose rows stay those of the result.
  ///   - state: The strengths that it has.
  ///   - totalWeight: The sum of the weights of all rows.
  ///   - pass: The sums of all rows at some coefficients.
  public func refine<Failure: Error>(
    _ found: EvidenceFit, at state: EvidenceState, totalWeight: Double,
    pass: ([Double]) throws(Failure) -> RowSums
  ) throws(PassError<Failure>) -> EvidenceFit {
    let design = found.objective.design
    var state = state
    var start = found.fit.coefficients
    var round = 0
    while true {
      round += 1
      let penalty = penalty(
        state.terms, state.strengths, totalWeight: totalWeight, columnCount: design.columnCount)
      let minimum = try PassSolver().minimize(
        penalty, totalWeight: totalWeight, from: start, pass: pass)
      let ties = state.violations(by: minimum.coefficients)
      if ties == state.terms.map(\.ties) || round == maximumTies {
        return fit(
          found.objective.under(penalty), minimum.fit(of: design),
          PenalizedInference(
            minimum.coefficients, hessian: minimum.hessian, penalty: penalty),
          state, totalWeight: totalWeight)
      }
      state = state.tying(ties, coefficients: minimum.coefficients)
      start = minimum.coefficients
    }
  }
}

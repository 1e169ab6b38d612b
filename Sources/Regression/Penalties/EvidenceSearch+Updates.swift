import LinearAlgebra

extension EvidenceSearch {
  /// A term's strengths after an update, from the coefficients and the covariance that belong to the old
  /// ones, and the largest change: of a logarithm, less where the term hardly has a parameter.
  func update(
    _ strengths: [Double], of term: EvidenceTerm, coefficients: [Double], inverse: PartialInverse
  ) -> (strengths: [Double], change: Double) {
    var change = 0.0
    let next = zip(term.penalties, strengths).map { penalty, strength in
      let free =
        term.priorTrace(of: penalty, strengths: strengths, floor: floor)
        - term.trace(with: inverse, of: penalty)
      let parameters = strength * max(free, 1e-12)
      let next = self.strength(
        strength, parameters: parameters, square: term.square(of: coefficients, under: penalty),
        guess: penalty.guess)
      change = max(change, abs(logarithm(next / strength)) * min(1, parameters + 0.02))
      return next
    }
    return (next, change)
  }

  /// The strength of eliminated levels at which updates stop, if all other coefficients stay.
  ///
  /// Each level is then by itself: rows tell of it what its variance has beyond the penalty, and pull it to where it is.
  func settled(
    _ strength: Double, of term: EvidenceTerm, coefficients: [Double], inverse: PartialInverse
  ) -> Double {
    let told = term.columns.map { max(0, 1 / inverse.diagonal[$0] - strength) }
    let pulls = term.columns.map { coefficients[$0] / inverse.diagonal[$0] }
    var current = strength
    for _ in 0..<updates {
      var (free, square) = (Double(told.count) / (current + floor), 0.0)
      for (told, pull) in zip(told, pulls) {
        let precision = told + current
        free -= 1 / precision
        square += pull / precision * (pull / precision)
      }
      let next = held(
        self.strength(
          current, parameters: current * max(free, 1e-12), square: square,
          guess: term.penalties[0].guess),
        near: strength)
      let change = abs(logarithm(next / current))
      current = next
      if change < updateTolerance / 10 { break }
    }
    // To hold on to a strength saves the elimination under another one.
    return abs(logarithm(current / strength)) < updateTolerance / 10 ? strength : current
  }

  /// A strength after an update, from the free parameters and the coefficients' square under the old one.
  func strength(
    _ strength: Double, parameters: Double, square: Double, guess: Double
  ) -> Double {
    held((parameters + priorStrength) / (square + priorStrength * guess), near: strength)
  }

  /// A strength within the range, and not too far from the last.
  func held(_ strength: Double, near last: Double) -> Double {
    let held = min(max(strength, range.lowerBound), range.upperBound)
    return min(max(held, last / largestFactor), last * largestFactor)
  }
}

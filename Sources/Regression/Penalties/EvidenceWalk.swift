import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The way to strengths of penalties: passes over the rows, with updates of the strengths between them.
struct EvidenceWalk {
  private let search: EvidenceSearch
  private let sharpens: Bool
  private(set) var terms: [EvidenceTerm]
  private var objective: LogisticObjective
  private var loss: LossTerms
  private var spare: LossTerms
  private(set) var strengths: [[Double]]
  /// The strengths of terms if they tell, where some may not.
  private(set) var telling: [Double]
  private(set) var coefficients: [Double]
  private(set) var passes = 0
  /// What the rows tell, X'WX, at coefficients near by.
  private var elimination: GramElimination?
  /// The promise of the last step, in nats.
  private var decrement = Double.infinity

  /// - Parameter objective: The data, under the strengths of the state.
  init(
    _ objective: LogisticObjective, from state: EvidenceState, search: EvidenceSearch,
    sharpens: Bool
  ) {
    self.search = search
    self.sharpens = sharpens
    terms = state.terms
    self.objective = objective
    strengths = state.strengths
    telling = state.telling
    coefficients = state.coefficients
    loss = LossTerms(rows: objective.design.rowCount)
    spare = loss
    loss.evaluate(
      eta: objective.design.times(coefficients), outcomes: objective.outcomes,
      weights: objective.weights)
  }

  /// Makes one pass over the rows, and says whether it was the last.
  mutating func pass() throws(FitError) -> Bool {
    do throws(FactorizationError) {
      var elimination = currentElimination()
      let pull = objective.design.transposedTimes(loss.residual)
      let update = passes == 0 ? Update() : try updateStrengths(&elimination, pull)
      passes += 1
      let uphill = zip(pull, objective.penalty.times(coefficients)).map { $0 - $1 }
      let direction =
        if let minimum = update.minimum {
          zip(minimum, coefficients).map { $0 - $1 }
        } else {
          try elimination.factored(under: objective.penalty).solve(uphill)
        }
      advance(along: direction)
      self.elimination = elimination
      decrement = dot(uphill, direction)
      return decrement < search.decrementTolerance && update.change < search.changeTolerance
    } catch {
      throw .singularHessian(error)
    }
  }

  /// What the rows tell here: of many rows what they told before the last step, if that was hardly one.
  ///
  /// Curvatures have then changed less than strengths are looked for, and the gradient is that of this place in any case.
  private mutating func currentElimination() -> GramElimination {
    let isNear =
      hasManyRows && decrement < search.nearDecrement * objective.totalWeight
    if isNear, let elimination = elimination.take() { return elimination }
    elimination = nil
    return GramElimination(objective.design.gram(weights: loss.curvature))
  }

  private var hasManyRows: Bool { objective.design.rowCount >= search.manyRows }

  /// What the updates of a pass came to.
  private struct Update {
    /// The first one's change: of a logarithm.
    var change = Double.infinity
    /// The model's minimum under the last strengths, where it is known.
    var minimum: [Double]?
  }

  /// Updates the strengths on the quadratic model of the losses.
  ///
  /// Of many rows a last update that would hardly change them is left to the next pass: its minimum is then that of the
  /// strengths as they are.
  private mutating func updateStrengths(
    _ elimination: inout GramElimination, _ pull: [Double]
  ) throws(FactorizationError) -> Update {
    let information = elimination.gram
    // Their strength is updated once a pass, and then as far as it can be with all else as it is.
    let waits =
      elimination.isLargest && information.eliminated.count >= search.waitingLevels
      && search.silence == nil
    // The model's minimum under another penalty S solves (A + S) b = A b0 + g.
    let right = zip(information.times(coefficients), pull).map { $0 + $1 }
    let tolerance = hasManyRows ? search.coarseTolerance : search.updateTolerance
    var result = Update()
    for round in 0..<search.updates {
      let last = (strengths, telling)
      let factor = try elimination.factored(under: objective.penalty)
      let minimum = factor.solve(right)
      let inverse = factor.partialInverse(
        knowsEliminated: round == 0 || !waits, within: terms.map(\.columns))
      if sharpens, round == 0 {
        terms = zip(terms, strengths).map {
          $0.sharpened($1, coefficients: minimum, inverse: inverse)
        }
      }
      var largest = updateTelling(coefficients: minimum, inverse: inverse)
      for (index, term) in terms.enumerated()
      where search.silence?.concerns(term) != true {
        let isWaiting = waits && term.columns.overlaps(information.eliminated)
        guard round == 0 || !isWaiting else { continue }
        var (next, change) = search.update(
          strengths[index], of: term, coefficients: minimum, inverse: inverse)
        if isWaiting {
          next[0] = search.settled(
            strengths[index][0], of: term, coefficients: minimum, inverse: inverse)
        }
        strengths[index] = next
        largest = max(largest, change)
      }
      if round == 0 { result.change = largest }
      if largest < tolerance, hasManyRows, !(sharpens && round == 0) {
        (strengths, telling) = last
        result.minimum = minimum
        break
      }
      objective = objective.under(search.penalty(terms, strengths, of: objective))
      if largest < tolerance { break }
    }
    return result
  }

  /// Updates the strengths of terms some of which may tell nothing, where that is thought; returns the largest change.
  private mutating func updateTelling(coefficients: [Double], inverse: PartialInverse) -> Double {
    guard let silence = search.silence else { return 0 }
    var places: [Int] = []
    var found: [TermEvidence] = []
    for (index, term) in terms.enumerated() where silence.concerns(term) {
      let guess = term.penalties[0].guess
      guard
        let evidence = TermEvidence(
          term, strength: telling[index], current: strengths[index][0], coefficients: coefficients,
          inverse: inverse,
          update: { [search, strength = telling[index]] in
            search.strength(strength, parameters: $0, square: $1, guess: guess)
          })
      else { continue }
      places.append(index)
      found.append(evidence)
    }
    var largest = 0.0
    for ((index, evidence), probability) in zip(
      zip(places, found), silence.probabilities(found.map(\.evidence)))
    {
      let strength = strengths[index][0]
      let next = search.held(evidence.strength(telling: probability), near: strength)
      let parameters =
        Double(terms[index].columns.count) * evidence.information
        / (evidence.information + strength)
      largest = max(largest, abs(logarithm(next / strength)) * min(1, parameters + 0.02))
      strengths[index][0] = next
      telling[index] = evidence.strength
    }
    return largest
  }

  /// Goes along a direction (p), half as far until the penalized losses do not rise.
  private mutating func advance(along direction: [Double]) {
    let change = objective.design.times(direction)
    let before = loss.loss + objective.penalty(of: coefficients)
    var step = 1.0
    while step > 1e-4 {
      var next = coefficients
      add(step, direction, to: &next)
      spare.evaluate(
        eta: loss.eta, direction: change, step: step, outcomes: objective.outcomes,
        weights: objective.weights)
      if spare.loss + objective.penalty(of: next) <= before + 1e-9 * abs(before) {
        coefficients = next
        swap(&loss, &spare)
        return
      }
      step /= 2
    }
  }
}

extension LogisticObjective {
  /// The same data under a penalty that is known to be valid.
  func under(_ penalty: QuadraticPenalty) -> LogisticObjective {
    do {
      return try replacing(penalty: penalty)
    } catch {
      preconditionFailure("the penalty is valid, and the data were: \(error)")
    }
  }
}

/// The natural logarithm.
func logarithm(_ number: Double) -> Double { log(number) }

/// The power of e.
func exponential(_ number: Double) -> Double { exp(number) }

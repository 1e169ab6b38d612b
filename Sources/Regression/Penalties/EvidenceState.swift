import LinearAlgebra

/// Where a search for strengths stands: what a further one, with more terms, starts from.
public struct EvidenceState: Sendable {
  /// The terms, with what the search found of their neighbors.
  public let terms: [EvidenceTerm]
  /// The strengths lambda of each term's penalties.
  public let strengths: [[Double]]
  /// The strength of each term if it tells, where some may not (`EvidenceSearch.silence`).
  public let telling: [Double]
  /// The coefficients (p), near the minimum under these strengths.
  public let coefficients: [Double]
  /// The passes over rows so far.
  public let passes: Int

  /// The start of a search: strengths as guessed.
  public init(_ terms: [EvidenceTerm], coefficients: [Double]) {
    self.init(
      terms: terms, strengths: terms.map(\.guessedStrengths),
      coefficients: coefficients, passes: 0)
  }

  /// A state from elsewhere.
  ///
  /// - Parameter telling: The strengths of terms if they tell; nil is as guessed.
  public init(
    terms: [EvidenceTerm], strengths: [[Double]], telling: [Double]? = nil, coefficients: [Double],
    passes: Int = 0
  ) {
    self.terms = terms
    self.strengths = strengths
    self.telling = telling ?? terms.map { $0.guessedStrengths[0] }
    self.coefficients = coefficients
    self.passes = passes
  }

  /// This state with further terms behind the others: their strengths as guessed, their coefficients 0.
  public func adding(_ added: [EvidenceTerm]) -> EvidenceState {
    EvidenceState(
      terms: terms + added, strengths: strengths + added.map(\.guessedStrengths),
      telling: telling + added.map { $0.guessedStrengths[0] },
      coefficients: coefficients
        + [Double](repeating: 0, count: added.reduce(0) { $0 + $1.columns.count }),
      passes: passes)
  }

  /// This state at other coefficients (p).
  public func moved(to coefficients: [Double]) -> EvidenceState {
    EvidenceState(
      terms: terms, strengths: strengths, telling: telling, coefficients: coefficients,
      passes: passes)
  }

  /// The neighbors of each term that go the wrong way.
  func violations(by coefficients: [Double]) -> [[QuadraticPenalty.Edge]] {
    terms.map { $0.violations(by: coefficients) }
  }

  /// This state with other neighbors held equal, and other coefficients.
  func tying(
    _ ties: [[QuadraticPenalty.Edge]], coefficients: [Double]
  ) -> EvidenceState {
    EvidenceState(
      terms: zip(terms, ties).map { $0.direction == nil ? $0 : $0.tying($1) },
      strengths: strengths, telling: telling, coefficients: coefficients, passes: passes)
  }
}

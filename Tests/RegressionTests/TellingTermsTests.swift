import LinearAlgebra
import TestSupport
import Testing

@testable import Regression

@Suite("Terms that tell, and others")
struct TellingTermsTests {
  /// A fit under given strengths, and the quadratic model of its losses at the minimum.
  private struct Model {
    let terms: [EvidenceTerm]
    let strengths: [[Double]]
    let found: EvidenceFit

    init(_ reference: EvidenceReference) throws {
      terms = reference.mainTerms()
      strengths = [[8], [15], [200], [12]]
      let objective = try reference.objective
      found = try EvidenceSearch().finish(
        objective,
        at: EvidenceState(
          terms: terms, strengths: strengths, coefficients: objective.origin, passes: 0))
    }

    /// The logarithm of the marginal likelihood of the quadratic model with another strength of one term, but for what
    /// does not depend on it.
    func marginal(_ index: Int, _ strength: Double, parameters: Int) throws -> Double {
      var other = strengths
      other[index] = [strength]
      let objective = found.objective.under(
        EvidenceSearch().penalty(terms, other, of: found.objective))
      let count = found.fit.coefficients.count
      var hessian = found.inference.hessian.information.dense()
      let penalties = (0..<count).map { j in
        objective.penalty.times((0..<count).map { $0 == j ? 1 : 0 })
      }
      let pull = zip(
        found.inference.hessian.information.times(found.fit.coefficients),
        found.objective.penalty.times(found.fit.coefficients)
      ).map { $0 + $1 }
      for j in 0..<count { for i in 0..<count { hessian[i, j] += penalties[j][i] } }
      let factor = try Cholesky(factoring: hessian)
      return 0.5
        * (Double(parameters) * logarithm(strength) - factor.logDeterminant
          + dot(pull, factor.solve(pull)))
    }

    func evidence(_ index: Int, _ strength: Double) throws -> TermEvidence {
      try #require(
        TermEvidence(
          terms[index], strength: strength, current: strengths[index][0],
          coefficients: found.fit.coefficients, inverse: found.inference.covariances,
          update: { EvidenceSearch().strength(strength, parameters: $0, square: $1, guess: 0.1) }))
    }
  }

  @Test(
    "evidence of a line and of a curve is the ratio of marginal likelihoods with it and without",
    arguments: EvidenceReference.all.filter { $0.cells == nil }, [0, 2])
  func evidence(_ reference: EvidenceReference, _ index: Int) throws {
    let model = try Model(reference)
    let parameters = index == 0 ? 1 : reference.knots.count - 1
    for strength in [0.5, 10, 300] {
      let expected =
        try model.marginal(index, strength, parameters: parameters)
        - model.marginal(index, 1e8, parameters: parameters)
      let found = try model.evidence(index, strength).evidence
      #expect(abs(found - expected) < 1e-3 * max(1, abs(expected)), "\(found) and \(expected)")
    }
  }

  @Test("a term that may be silent has its probability's share of what it would have if it tells")
  func share() throws {
    let model = try Model(EvidenceReference.all[0])
    let information =
      1 / model.found.inference.covariances.diagonal[1] - model.strengths[0][0]
    let found = try model.evidence(0, 5)
    #expect(abs(found.information - information) < 1e-9 * information)
    for probability in [1, 0.7, 0.01] {
      let strength = found.strength(telling: probability)
      let share = information / (information + strength)
      let whole = information / (information + found.strength)
      #expect(abs(share - probability * whole) < 1e-12)
    }
  }

  @Test("probabilities are those of the odds under the share that they make together")
  func probabilities() {
    let prior = TellingTerms(telling: 1, silent: 4)
    let evidence = [-3, 0.2, 8, -1, -1, 40, -400]
    let found = prior.probabilities(evidence)
    let share = (found.reduce(0, +) + 1) / 12
    for (value, evidence) in zip(found, evidence) where evidence > -30 {
      let odds = share / (1 - share) * exponential(min(evidence, 30))
      #expect(abs(value - odds / (1 + odds)) < 1e-6)
    }
    #expect(found[5] > 0.999 && found[6] == 1e-6)
    // Of terms among which many tell, one of the same evidence tells more likely.
    #expect(prior.probabilities([0.5, 20, 20, 20])[0] > prior.probabilities([0.5, -5, -5, -5])[0])
    #expect(prior.probabilities([]) == [])
  }

  /// Four columns that tell and 36 of chance, in some order of the rows.
  private func columnsOfChance(_ order: [Int]) throws -> LogisticObjective {
    let data = MadeUpData(rows: 800, columns: 4, seed: 9)
    let columns = data.columns + MadeUpData(rows: 800, columns: 36, seed: 10).columns
    return try LogisticObjective(
      design: DesignMatrix(
        blocks: [
          .intercept,
          .dense(DenseBlock(columns: columns.map { column in order.map { column[$0] } })),
        ], rowCount: 800),
      outcomes: order.map { data.outcomes[$0] }, penalties: .init(repeating: 0, count: 41))
  }

  private let lines = (1...40).map {
    EvidenceTerm(columns: $0..<$0 + 1, kind: .squares, guess: 0.1)
  }

  @Test("columns of chance go, and those that tell stay, in whatever order rows are")
  func chance() throws {
    var search = EvidenceSearch()
    let objective = try columnsOfChance(Array(0..<800))
    let plain = try search.run(objective, terms: lines)
    search.silence = TellingTerms()
    let found = try search.run(objective, terms: lines)
    let (before, after) = (plain.effectiveParameters, found.effectiveParameters)
    #expect(after[4...].reduce(0, +) < 0.3 * before[4...].reduce(0, +))
    // The two strong ones.
    for j in 0..<2 { #expect(after[j] > 0.95 * before[j], "\(after[j]) and \(before[j])") }
    #expect(found.fit.gradientNorm < 1e-8)
    #expect(found.passes < search.maximumPasses)
    var random = MadeUpData(rows: 0, columns: 0, seed: 3)
    let other = try search.run(columnsOfChance(random.order(800)), terms: lines)
    for (a, b) in zip(found.fit.coefficients, other.fit.coefficients) { #expect(abs(a - b) < 1e-9) }
  }

  @Test("what may go one way only, and what has two penalties, is never silent")
  func concerns() {
    let all = TellingTerms()
    let curve = EvidenceTerm(columns: 1..<9, kind: .differences, guess: 0.1)
    let rising = EvidenceTerm(columns: 1..<9, kind: .differences, guess: 0.1, direction: .up)
    let pair = EvidenceTerm(
      columns: 1..<9, squares: 0.1, edges: [.init(1, 2), .init(2, 3)], differences: 0.1)
    #expect(all.concerns(lines[0]) && all.concerns(curve))
    #expect(!all.concerns(rising) && !all.concerns(pair))
  }

  @Test("how far coefficients are held back is the distance to one Newton step without penalty")
  func heldBack() throws {
    let model = try Model(EvidenceReference.all[0])
    let inference = model.found.inference
    let expected = inference.hessian.inverse().times(
      model.found.objective.penalty.times(model.found.fit.coefficients))
    expectAgreement(inference.heldBack, expected, relativeTolerance: 1e-6)
  }
}

import LinearAlgebra
import TestSupport
import Testing

@testable import Regression

@Suite("Fits by passes over parts of the rows")
struct PassSolverTests {
  /// The sums of an objective's rows, part by part.
  private func sums(
    _ objective: LogisticObjective, parts: Int, at coefficients: [Double]
  ) throws -> RowSums {
    let rows = objective.outcomes.count
    var total: RowSums?
    for part in 0..<parts {
      let some = try objective.rows(Array(rows * part / parts..<rows * (part + 1) / parts))
      let sums = RowSums(
        some.design, outcomes: some.outcomes, weights: some.weights, at: coefficients)
      if total == nil { total = sums } else { total?.add(sums) }
    }
    return try #require(total)
  }

  private func fit(
    _ objective: LogisticObjective, from start: [Double]? = nil, parts: Int = 7
  ) throws -> PassFit {
    do throws(PassError<any Error>) {
      return try PassSolver().minimize(
        objective.penalty, totalWeight: objective.totalWeight, from: start ?? objective.origin
      ) { coefficients throws(any Error) in
        try sums(objective, parts: parts, at: coefficients)
      }
    } catch {
      switch error {
      case .fit(let error): throw error
      case .pass(let error): throw error
      }
    }
  }

  @Test("find the minimum that rows in memory have, with its errors", arguments: [false, true])
  func sameMinimum(isWeighted: Bool) throws {
    let data = MadeUpData(rows: 3000, columns: 5, levels: 100)
    let weights = isWeighted ? (0..<3000).map { Double(1 + $0 % 3) } : nil
    let objective = try data.objective(ridge: 0.5, weights: weights)
    let expected = try NewtonSolver().minimize(objective)
    let found = try fit(objective)
    #expect(largest(found.coefficients, expected.coefficients) < 1e-10)
    #expect(found.gradientNorm < 1e-9)
    #expect(abs(found.objective - expected.objective) < 1e-12)
    let errors = PenalizedInference(
      found.coefficients, hessian: found.hessian, penalty: objective.penalty)
    let reference = try PenalizedInference(expected, of: objective)
    expectAgreement(errors.standardErrors, reference.standardErrors, relativeTolerance: 1e-9)
    #expect(abs(errors.effectiveParameters - reference.effectiveParameters) < 1e-8)
    #expect(largest(found.fit(of: objective.design).eta, expected.eta) < 1e-9)
  }

  @Test("take few passes from the minimum of a sample")
  func fewPasses() throws {
    let objective = try MadeUpData(rows: 8000, columns: 5).objective(ridge: 1)
    let sample = try NewtonSolver().minimize(try objective.sample(stride: 4))
    #expect(try fit(objective, from: sample.coefficients).passes <= 5)
  }

  @Test("come back from a start that is far too far")
  func farStart() throws {
    let objective = try MadeUpData(rows: 500, columns: 3).objective(ridge: 1)
    let expected = try NewtonSolver().minimize(objective)
    let found = try fit(objective, from: [30, -40, 25, 60])
    #expect(largest(found.coefficients, expected.coefficients) < 1e-9)
  }

  @Test("say that columns foretell every outcome")
  func separated() throws {
    let outcomes = (0..<40).map { $0 < 20 ? 0.0 : 1 }
    let design = try DesignMatrix(
      blocks: [.intercept, .dense(DenseBlock(columns: [(0..<40).map { Double($0) - 19.5 }]))],
      rowCount: 40)
    let objective = try LogisticObjective(design: design, outcomes: outcomes, penalties: [0, 0])
    #expect(throws: FitError.self) { _ = try fit(objective, parts: 2) }
  }

  @Test("hand on why a pass failed")
  func failure() {
    struct Broken: Error {}
    #expect {
      _ = try PassSolver().minimize(
        QuadraticPenalty(squares: [0]), totalWeight: 1, from: [0]
      ) { _ throws(Broken) in throw Broken() }
    } throws: { error in
      if case .pass? = error as? PassError<Broken> { true } else { false }
    }
  }

  @Test("keep strengths that a sample has set, and hold a curve to its direction over all rows")
  func strengths() throws {
    let data = MadeUpData(rows: 4000, columns: 1)
    let knots = stride(from: -3.0, through: 3, by: 0.5).map { $0 }
    let design = try DesignMatrix(
      blocks: [.intercept, .hats(HatBlock(values: data.columns[0], knots: knots))], rowCount: 4000)
    let objective = try LogisticObjective(
      design: design, outcomes: data.outcomes, penalties: [Double](repeating: 0, count: 14))
    let term = EvidenceTerm(columns: 1..<14, kind: .differences, guess: 0.05, direction: .down)
    let search = EvidenceSearch()
    let sample = try objective.sample(stride: 3)
    let state = try search.settle(sample, from: EvidenceState([term], coefficients: sample.origin))
    let all = try search.finish(objective, at: state)
    let part = try search.finish(sample, at: state)
    let found = try search.refine(part, at: state, totalWeight: objective.totalWeight) {
      coefficients throws(any Error) in
      try sums(objective, parts: 5, at: coefficients)
    }
    // The slope is positive, so that the direction holds all knots equal.
    #expect(Set(found.fit.coefficients.dropFirst()).count == 1)
    #expect(largest(found.fit.coefficients, all.fit.coefficients) < 1e-9)
    #expect(found.strengths == all.strengths)
    #expect(abs(found.effectiveParameters[0] - all.effectiveParameters[0]) < 1e-6)
    #expect(found.objective.design.rowCount == sample.design.rowCount)
  }

  private func largest(_ a: [Double], _ b: [Double]) -> Double {
    #expect(a.count == b.count)
    return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }
}

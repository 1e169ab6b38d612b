import LinearAlgebra
import Regression
import TestSupport
import Testing

@testable import LeadScoring

@Suite("Ridge choice")
struct RidgeChoiceTests {
  private let problem: LinearProblem
  private let folds: LeadFolds

  init() throws {
    let set = try TrainingSet(
      try MadeUpLeads.file(MadeUpLeads.small(rows: 600)).table, options: TrainingOptions())
    problem = try LinearProblem(set, rows: set.learningRows, ridge: 1)
    folds = try #require(
      LeadFolds(
        set.table, columns: set.features, rows: set.rows, outcomes: set.outcomes, seed: 1))
  }

  private func choice(sample: [Int]?, isTrial: Bool = false) throws -> RidgeChoice {
    try RidgeChoice.make(problem, folds: folds, known: nil, sample: sample, isTrial: isTrial)
  }

  @Test("a sample chooses the strength, and all leads the coefficients")
  func sampled() throws {
    let sample = Array(stride(from: 0, to: problem.rows.rows.count, by: 2))
    let found = try choice(sample: sample)
    // What a search among the sampled leads alone finds.
    let alone = try PenaltySearch().strength(
      design: problem.objective.design.rows(sample),
      outcomes: sample.map { problem.objective.outcomes[$0] },
      scales: LinearProblem.penalties(1, count: problem.objective.design.columnCount),
      folds: try Folds(sample.map { folds.numbers[$0] }))
    #expect(found.penalty.ridge == alone.strength)
    #expect(found.penalty.tried.map(\.logLoss) == alone.candidates.map(\.logLoss))
    #expect(found.penalty.chosen.contains("a sample of \(sample.count) leads"))
    let all = try NewtonSolver().minimize(problem.replacing(ridge: alone.strength))
    expectAgreement(found.fit.coefficients, all.coefficients, relativeTolerance: 1e-9)
    #expect(found.eta?.count == problem.rows.rows.count)
  }

  @Test("a sample of all leads foretells them as no sample does")
  func whole() throws {
    let whole = try choice(sample: Array(problem.rows.rows.indices))
    let none = try choice(sample: nil)
    #expect(whole.penalty.ridge == none.penalty.ridge)
    expectAgreement(
      try #require(whole.eta).map { $0 + 100 }, try #require(none.eta).map { $0 + 100 },
      relativeTolerance: 1e-6)
  }

  @Test("nobody is held out where nobody asks what a fit foretells")
  func notForetold() throws {
    let sample = Array(stride(from: 0, to: problem.rows.rows.count, by: 2))
    #expect(try choice(sample: sample, isTrial: true).eta == nil)
  }

  @Test("a sample that lacks an outcome in a fold does not choose")
  func poorSample() throws {
    let converted = problem.rows.outcomes.indices.filter { problem.rows.outcomes[$0] == 1 }
    let found = try choice(sample: converted)
    #expect(found.penalty == (try choice(sample: nil).penalty))
  }
}

import LinearAlgebra
import Parallelism
import TestSupport
import Testing

@testable import Regression

@Suite("Cross-validation")
struct CrossValidationTests {
  /// Fold numbers that do not follow the order of rows.
  private func folds(_ rows: Int, _ count: Int) throws -> Folds {
    try Folds((0..<rows).map { UInt8(($0 * 7 + $0 / 13) % count) })
  }

  @Test(
    "foretells held-out rows as fits from nothing to the other rows do", arguments: [false, true])
  func agreesWithNaiveFits(weighted: Bool) throws {
    let data = MadeUpData(rows: 3000, columns: 3, levels: 80, seed: 24)
    let weights = weighted ? (0..<3000).map { Double($0 % 3) } : nil
    let objective = try data.objective(ridge: 2, weights: weights)
    let folds = try folds(3000, 5)
    let fit = try NewtonSolver().minimize(objective)

    let found = try CrossValidation(of: objective, near: fit, folds: folds)

    var losses: [Double] = []
    var total = (loss: 0.0, weight: 0.0)
    for fold in 0..<5 {
      let inside = folds.rows(of: fold)
      let outside = (0..<3000).filter { folds.numbers[$0] != UInt8(fold) }
      let part = try LogisticObjective(
        design: objective.design.rows(outside), outcomes: outside.map { data.outcomes[$0] },
        weights: weights.map { weights in outside.map { weights[$0] } },
        penalties: objective.penalties)
      let eta = objective.design.rows(inside).times(try NewtonSolver().minimize(part).coefficients)
      for (row, value) in zip(inside, eta) { #expect(abs(found.eta[row] - value) < 1e-8) }
      let heldWeights = inside.map { weights?[$0] ?? 1 }
      let loss = LogisticLoss.sum(
        eta: eta, outcomes: inside.map { data.outcomes[$0] }, weights: heldWeights)
      losses.append(loss / heldWeights.reduce(0, +))
      total.loss += loss
      total.weight += heldWeights.reduce(0, +)
    }
    expectAgreement(found.foldLogLosses, losses, relativeTolerance: 1e-9)
    expectAgreement([found.logLoss], [total.loss / total.weight], relativeTolerance: 1e-9)
    let mean = losses.reduce(0, +) / 5
    let variance = losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4
    expectAgreement(
      [found.standardError], [(variance / 5).squareRoot()], relativeTolerance: 1e-7)
  }

  @Test("gives the same bits on one thread as on several")
  func threads() throws {
    let objective = try MadeUpData(rows: 2000, columns: 3, levels: 70, seed: 25).objective(ridge: 1)
    let before = Parallel.threads
    defer { Parallel.threads = before }
    let results = try [1, 3].map { threads in
      Parallel.threads = threads
      let fit = try NewtonSolver().minimize(objective)
      return try CrossValidation(of: objective, near: fit, folds: folds(2000, 10))
    }
    #expect(results[0].eta == results[1].eta && results[0].logLoss == results[1].logLoss)
  }

  @Test("refuses folds that are none, and names the fold that cannot be fitted")
  func refusals() throws {
    #expect(throws: CrossValidationError.tooFewFolds) { try Folds([0, 0]) }
    #expect(throws: CrossValidationError.tooFewFolds) { try Folds([]) }
    #expect(throws: CrossValidationError.emptyFold(1)) { try Folds([0, 2, 2]) }
    let design = try DesignMatrix(blocks: [.intercept], rowCount: 4)
    let objective = try LogisticObjective(design: design, outcomes: [0, 1, 0, 0], penalties: [0])
    let fit = try NewtonSolver().minimize(objective)
    #expect(throws: CrossValidationError.foldFit(fold: 1, .oneClass(outcome: 0))) {
      try CrossValidation(of: objective, near: fit, folds: Folds([0, 1, 1, 0]))
    }
    #expect(throws: CrossValidationError.wrongCount(found: 2, expected: 4)) {
      try CrossValidation(of: objective, near: fit, folds: Folds([0, 1]))
    }
  }
}

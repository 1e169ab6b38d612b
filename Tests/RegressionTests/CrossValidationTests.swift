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

  /// Many rows: columns, curves' knots, levels and sets.
  private func many(weighted: Bool) throws -> (objective: LogisticObjective, folds: Folds) {
    let rows = NewtonSolver.manyRows + 777
    let data = MadeUpData(rows: rows, columns: 3, levels: 300, seed: 26)
    let plain = try data.design()
    let sets: [[UInt32]] = [[], [0], [0, 2], [1, 3], [2]]
    let design = try DesignMatrix(
      blocks: plain.blocks + [
        .hats(HatBlock(values: data.columns[1], knots: [-1.5, -0.5, 0, 0.5, 2])),
        .sets(
          SetBlock(places: (0..<rows).map { UInt32($0 * 31 % 5) }, sets: sets, codeCount: 4)),
      ], rowCount: rows)
    let objective = try LogisticObjective(
      design: design, outcomes: data.outcomes,
      weights: weighted ? (0..<rows).map { Double($0 % 3) } : nil,
      penalties: [0] + .init(repeating: 2, count: design.columnCount - 1))
    return (objective, try folds(rows, 5))
  }

  @Test("folds of many rows, fitted together, are as each by itself", arguments: [false, true])
  func joined(weighted: Bool) throws {
    let (objective, folds) = try many(weighted: weighted)
    let fit = try NewtonSolver().minimize(objective)
    let solver = NewtonSolver().stopping(at: 1e-4)
    let found = try CrossValidation(of: objective, near: fit, folds: folds, solver: solver)
    let hessian = try fit.hessian.forShare(0.8, penalty: objective.penalty)
    let joined = try #require(
      JoinedFolds(
        folds, objective: objective, near: fit, starts: nil, hessian: hessian, solver: solver))
    #expect(found.eta == joined.eta && found.coefficients == joined.coefficients)
    // From where others ended there is nothing to go.
    let again = try #require(
      JoinedFolds(
        folds, objective: objective, near: fit, starts: found.coefficients, hessian: hessian,
        solver: solver))
    for (a, b) in zip(again.eta, found.eta) { #expect(abs(a - b) < 1e-4) }
    var (loss, weight) = (0.0, 0.0)
    for fold in 0..<5 {
      let alone = try FoldFit(
        fold, of: folds, objective: objective, near: fit, start: nil, hessian: hessian,
        solver: NewtonSolver())
      // A ten-thousandth of a standard error, which is about 0.3 for the rarest levels.
      for (row, eta) in zip(alone.rows, alone.eta) { #expect(abs(found.eta[row] - eta) < 1e-4) }
      #expect(abs(found.foldLogLosses[fold] - alone.loss / alone.weight) < 1e-7)
      loss += alone.loss
      weight += alone.weight
    }
    #expect(abs(found.logLoss - loss / weight) < 1e-7)
  }

  @Test("folds that do not go together are left to go by themselves")
  func apart() throws {
    let (objective, folds) = try many(weighted: false)
    let fit = try NewtonSolver().minimize(objective)
    let hessian = try fit.hessian.forShare(0.8, penalty: objective.penalty)
    func joined(_ folds: Folds, starts: [[Double]]? = nil, _ solver: NewtonSolver) -> JoinedFolds? {
      JoinedFolds(
        folds, objective: objective, near: fit, starts: starts, hessian: hessian, solver: solver)
    }
    let far = [[Double]](repeating: .init(repeating: 1, count: fit.coefficients.count), count: 5)
    #expect(joined(folds, starts: far, NewtonSolver().stopping(at: 1e-4)) == nil)
    let many = try self.folds(objective.outcomes.count, 9)
    #expect(joined(many, NewtonSolver().stopping(at: 1e-4)) == nil)
    // Such a tolerance rounding never lets them reach.
    #expect(joined(folds, NewtonSolver().stopping(at: 1e-30)) == nil)
  }

  @Test("of many rows gives the same bits on one thread as on several", arguments: [false, true])
  func manyThreads(weighted: Bool) throws {
    let (objective, folds) = try many(weighted: weighted)
    let fit = try NewtonSolver().minimize(objective)
    let before = Parallel.threads
    defer { Parallel.threads = before }
    let results = try [1, 3].map { threads in
      Parallel.threads = threads
      return try CrossValidation(
        of: objective, near: fit, folds: folds, solver: NewtonSolver().stopping(at: 1e-4))
    }
    #expect(results[0].eta == results[1].eta && results[0].logLoss == results[1].logLoss)
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

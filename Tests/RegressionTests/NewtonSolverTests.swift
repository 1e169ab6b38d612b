import LinearAlgebra
import Parallelism
import TestSupport
import Testing

@testable import Regression

@Suite("Newton solver")
struct NewtonSolverTests {
  let solver = NewtonSolver()

  @Test("finds the ridge minima of 40-digit arithmetic", arguments: References.all.ridge)
  func agreesWithReferences(reference: References.Ridge) throws {
    let design = try DesignMatrix(
      blocks: [.intercept, .dense(DenseBlock(columns: reference.columns))],
      rowCount: reference.outcomes.count)
    let objective = try LogisticObjective(
      design: design, outcomes: reference.outcomes, weights: reference.weights,
      penalties: [0] + reference.columns.map { _ in reference.strength })

    let fit = try solver.minimize(objective)
    let inference = try PenalizedInference(fit, of: objective)

    // The solver stops within 1e-10 standard errors.
    for (j, (found, expected)) in zip(fit.coefficients, reference.coefficients).enumerated() {
      #expect(abs(found - expected) <= 2e-10 * reference.standardErrors[j])
    }
    expectAgreement([fit.objective], [reference.objective], relativeTolerance: 1e-14)
    expectAgreement(
      inference.standardErrors, reference.standardErrors, relativeTolerance: 1e-10)
    expectAgreement(
      [inference.effectiveParameters], [reference.effectiveParameters], relativeTolerance: 1e-10)
    let half = NormalDistribution.quantile975
    for (j, estimate) in fit.coefficients.enumerated() {
      #expect(abs(inference.high[j] - estimate - half * reference.standardErrors[j]) < 1e-10)
      #expect(abs(estimate - inference.low[j] - half * reference.standardErrors[j]) < 1e-10)
    }
  }

  /// A design that starts on a sample and eliminates a block.
  private func largeData(seed: UInt64) -> MadeUpData {
    MadeUpData(rows: 60_000, columns: 4, levels: 120, seed: seed)
  }

  @Test("has a tiny gradient and decrement with many levels, by few Gram passes")
  func convergence() throws {
    let fit = try solver.minimize(largeData(seed: 14).objective(ridge: 1))
    #expect(fit.gradientNorm < 1e-9 && fit.decrement < 1e-10)
    #expect(fit.gramPasses <= 4 && fit.steps <= 12, "\(fit.gramPasses), \(fit.steps)")
  }

  @Test("gives the same by reused factors as by a new Hessian in every step, from any start")
  func chordEqualsFull() throws {
    let objective = try largeData(seed: 15).objective(ridge: 0.5)
    let found = try solver.minimize(objective)
    var full = solver
    full.chordDecrement = 0
    full.sampleThreshold = .max
    let expected = try full.minimize(objective)
    #expect(expected.gramPasses > found.gramPasses)
    expectClose(found.coefficients, expected.coefficients)

    let zeros = [Double](repeating: 0, count: objective.design.columnCount)
    expectClose(
      try solver.minimize(objective, from: zeros).coefficients, expected.coefficients)
    let far = zeros.indices.map { $0 % 2 == 0 ? 3.0 : -2 }
    expectClose(try solver.minimize(objective, from: far).coefficients, expected.coefficients)
  }

  @Test(
    "gives the same where a field tells another one and hardly a penalty parts them",
    arguments: [1, 1e-6])
  func nestedFields(ridge: Double) throws {
    let data = largeData(seed: 21)
    let design = try data.design().appending([
      // Pairs of neighboring levels, then a field that tells nothing.
      LevelBlock(codes: data.codes.map { ($0 + 1) / 2 }, levelCount: 60),
      LevelBlock(codes: data.codes.indices.map { UInt32($0 * 7919 % 50) }, levelCount: 49),
    ])
    let objective = try LogisticObjective(
      design: design, outcomes: data.outcomes,
      penalties: [0] + .init(repeating: ridge, count: design.columnCount - 1))
    let found = try solver.minimize(objective)
    var full = solver
    full.sampleThreshold = .max
    let expected = try full.minimize(objective)
    #expect(found.gradientPasses <= 2 * expected.gradientPasses)
    // Levels and pairs of them may be exchanged at next to no cost, so that predictors are compared.
    expectClose(found.eta, expected.eta)
  }

  @Test("what a sample and the sums say is left where it is no Hessian")
  func indefiniteSample() throws {
    let objective = try largeData(seed: 22).objective(ridge: 1)
    let part = try objective.sample(stride: 8)
    let curvature = [Double](repeating: 0.25, count: part.design.rowCount)
    let sampled = SampledCurvature(
      of: part, curvature: curvature, totalWeight: objective.totalWeight)
    #expect(sampled.wantsSums)
    let plain = try sampled.hessian(sums: nil, penalty: objective.penalty)
    let all = [Double](repeating: 0.25, count: objective.design.rowCount)
    var sums = objective.design.transposedTimes(all)
    let right = sums.map { 1 + $0 / 1000 }
    let told = try sampled.hessian(sums: sums, penalty: objective.penalty)
    #expect(told.solve(right) != plain.solve(right))
    // No rows have such sums.
    sums[1] = 1e9
    sums[7] = -1e9
    let left = try sampled.hessian(sums: sums, penalty: objective.penalty)
    #expect(left.solve(right) == plain.solve(right))
  }

  @Test("from coefficients of fewer rows, near or far, gives the same as by itself")
  func fewer() throws {
    let objective = try largeData(seed: 18).objective(ridge: 0.5)
    let expected = try solver.minimize(objective)
    let half = try solver.minimize(objective.rows(Array(0..<30_000)))
    for start in [half.coefficients, half.coefficients.map { 3 * $0 + 1 }] {
      let found = try solver.minimize(objective, fromFewer: start)
      expectClose(found.coefficients, expected.coefficients)
    }
    // Few rows have a way of their own, to the digit.
    let few = try objective.rows(Array(0..<5000))
    #expect(
      try solver.minimize(few, fromFewer: half.coefficients).coefficients
        == solver.minimize(few).coefficients)
  }

  @Test("one Hessian of all rows serves for the last steps and for errors")
  func errors() throws {
    let objective = try largeData(seed: 17).objective(ridge: 1)
    let plain = try solver.minimize(objective)
    var wanting = solver
    wanting.wantsErrors = true
    let fit = try wanting.minimize(objective)
    #expect(fit.hasErrors && !plain.hasErrors)
    #expect(fit.gramPasses <= 2)
    expectClose(fit.coefficients, plain.coefficients)
    let found = try PenalizedInference(fit, of: objective)
    let anew = try PenalizedInference(plain, of: objective)
    expectAgreement(found.standardErrors, anew.standardErrors, relativeTolerance: 1e-9)
    expectAgreement(
      [found.effectiveParameters], [anew.effectiveParameters], relativeTolerance: 1e-9)
    // Of few rows errors have a Hessian of their own, at the very minimum.
    let few = try MadeUpData(rows: 500, columns: 3, levels: 5, seed: 18).objective(ridge: 1)
    #expect(try !wanting.minimize(few).hasErrors)
  }

  @Test("gives the same from a fit near by and its Hessian, without a Gram pass")
  func warmEqualsCold() throws {
    let objective = try largeData(seed: 16).objective(ridge: 1)
    let near = try solver.minimize(
      objective.replacing(penalties: objective.penalties.map { 1.2 * $0 }))
    let warm = try solver.minimize(
      objective, near: near, reusing: near.hessian.replacing(penalty: objective.penalty))
    let cold = try solver.minimize(objective)
    #expect(warm.gramPasses <= 1)
    expectClose(warm.coefficients, cold.coefficients)
  }

  @Test("has coefficients that do not depend on the order of rows, to 1e-9")
  func shuffledRows() throws {
    var data = largeData(seed: 17)
    let before = try solver.minimize(data.objective(ridge: 1))
    let order = data.order(data.outcomes.count)
    let after = try solver.minimize(data.rows(order).objective(ridge: 1))
    expectClose(after.coefficients, before.coefficients)
  }

  @Test("gives the same bits on one thread as on several")
  func threads() throws {
    let objective = try largeData(seed: 18).objective(ridge: 1)
    let before = Parallel.threads
    defer { Parallel.threads = before }
    Parallel.threads = 1
    let one = try solver.minimize(objective)
    Parallel.threads = 3
    let three = try solver.minimize(objective)
    #expect(one.coefficients == three.coefficients)
    #expect(one.eta == three.eta && one.objective == three.objective)
  }

  @Test("takes a weight of two as the row twice", arguments: [0, 0.1, 10.0])
  func weightEqualsRepetition(ridge: Double) throws {
    let data = MadeUpData(rows: 200, columns: 2, levels: 4, seed: 19)
    let weights = (0..<200).map { 1 + Double($0 % 3) }
    let order = (0..<200).flatMap { [Int](repeating: $0, count: 1 + $0 % 3) }
    let found = try solver.minimize(data.objective(ridge: ridge, weights: weights))
    let expected = try solver.minimize(data.rows(order).objective(ridge: ridge))
    expectAgreement(found.coefficients, expected.coefficients, relativeTolerance: 1e-10)
  }

  @Test("scales a coefficient against its column, where the penalty scales along")
  func rescaledColumn() throws {
    var data = MadeUpData(rows: 300, columns: 2, seed: 20)
    let before = try solver.minimize(data.objective(ridge: 3))
    data.columns[1] = data.columns[1].map { 1000 * $0 }
    let design = try data.design()
    let after = try solver.minimize(
      LogisticObjective(design: design, outcomes: data.outcomes, penalties: [0, 3, 3e6]))
    expectAgreement(
      [after.coefficients[0], after.coefficients[1], 1000 * after.coefficients[2]],
      before.coefficients, relativeTolerance: 1e-11)
  }

  @Test("fits columns in units so small that no gradient is below its tolerance")
  func hugeColumns() throws {
    var data = MadeUpData(rows: 5000, columns: 3, seed: 31)
    let before = try solver.minimize(data.objective(ridge: 0))
    data.columns[0] = data.columns[0].map { 1e9 * $0 }
    data.columns[2] = data.columns[2].map { 1e7 + 1e7 * $0 }
    let after = try solver.minimize(data.objective(ridge: 0))
    #expect(after.steps < 30)
    expectAgreement(
      [1e9 * after.coefficients[1], after.coefficients[2], 1e7 * after.coefficients[3]],
      Array(before.coefficients.dropFirst()), relativeTolerance: 1e-9)
  }

  @Test("comes back from predictors of 800")
  func extremeStart() throws {
    let objective = try MadeUpData(rows: 400, columns: 2, seed: 21).objective(ridge: 1)
    let expected = try solver.minimize(objective)
    let found = try solver.minimize(objective, from: [0, 800, -800])
    expectClose(found.coefficients, expected.coefficients)
  }

  @Test("fits separated data where a penalty holds the coefficients")
  func separatedUnderPenalty() throws {
    let design = try DesignMatrix(
      blocks: [.intercept, .dense(DenseBlock(columns: [[-2, -1, 1, 2]]))], rowCount: 4)
    let objective = try LogisticObjective(
      design: design, outcomes: [0, 0, 1, 1], penalties: [0, 1e-6])
    let fit = try solver.minimize(objective)
    #expect(fit.coefficients[1] > 10 && fit.gradientNorm < 1e-9)
    let plain = try objective.replacing(penalties: [0, 0])
    #expect(throws: FitError.self) { try solver.minimize(plain) }
  }

  @Test("refuses one class and columns that depend on each other without a penalty")
  func refusals() throws {
    let design = try DesignMatrix(
      blocks: [.intercept, .dense(DenseBlock(columns: [[1, 2, 3, 5], [2, 4, 6, 10]]))], rowCount: 4)
    let outcomes: [Double] = [0, 1, 0, 1]
    #expect(throws: FitError.singularHessian(.notPositiveDefinite(column: 2))) {
      try solver.minimize(
        LogisticObjective(design: design, outcomes: outcomes, penalties: [0, 0, 0]))
    }
    #expect(throws: FitError.oneClass(outcome: 0)) {
      try solver.minimize(
        LogisticObjective(design: design, outcomes: [0, 0, 0, 0], penalties: [0, 1, 1]))
    }
  }

  /// Expects coefficients to differ by less than 1e-9 of themselves, or of a small one.
  private func expectClose(
    _ found: [Double], _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    for (j, (value, reference)) in zip(found, expected).enumerated() {
      #expect(
        abs(value - reference) <= 1e-9 * max(abs(reference), 1e-2),
        "coefficient \(j): \(value) and \(reference)", sourceLocation: sourceLocation)
    }
  }
}

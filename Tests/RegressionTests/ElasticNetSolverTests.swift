import Foundation
import LinearAlgebra
import TestSupport
import Testing

@testable import Regression

@Suite("Elastic net solver")
struct ElasticNetSolverTests {
  /// The coefficients at glmnet's `lambda` and `alpha`.
  private func coefficients(
    _ columns: [[Double]], _ outcomes: [Double], lambda: Double, alpha: Double, intercept: Bool
  ) throws -> [Double] {
    let dense = DesignBlock.dense(DenseBlock(columns: columns))
    let design = try DesignMatrix(
      blocks: intercept ? [.intercept, dense] : [dense], rowCount: outcomes.count)
    let rows = Double(outcomes.count)
    let free = intercept ? [0.0] : []
    let objective = try LogisticObjective(
      design: design, outcomes: outcomes,
      penalties: free + columns.map { _ in rows * lambda * (1 - alpha) })
    return try ElasticNetSolver().minimize(
      objective, absolute: free + columns.map { _ in rows * lambda * alpha })
  }

  @Test("finds the minima of 40-digit arithmetic, zeros included", arguments: References.all.net)
  func agreesWithReferences(reference: References.Net) throws {
    let found = try coefficients(
      reference.columns, reference.outcomes, lambda: reference.strength, alpha: reference.mixing,
      intercept: reference.intercept)
    expectAgreement(found, reference.coefficients, relativeTolerance: 1e-9)
    #expect(zip(found, reference.coefficients).allSatisfy { ($0 == 0) == ($1 == 0) })
  }

  @Test("is the ridge fit where no absolute values are penalized")
  func ridge() throws {
    let objective = try MadeUpData(rows: 500, columns: 3, levels: 5, seed: 22).objective(ridge: 2)
    let expected = try NewtonSolver().minimize(objective).coefficients
    let found = try ElasticNetSolver().minimize(
      objective, absolute: expected.map { _ in 0 })
    expectAgreement(found, expected, relativeTolerance: 1e-8)
  }

  @Test("is 0 but for the intercept under a large penalty")
  func largePenalty() throws {
    let data = MadeUpData(rows: 200, columns: 3, seed: 23)
    let found = try coefficients(
      data.columns, data.outcomes, lambda: 10, alpha: 1, intercept: true)
    let mean = data.outcomes.reduce(0, +) / 200
    #expect(found.dropFirst().allSatisfy { $0 == 0 })
    #expect(abs(found[0] - log(mean / (1 - mean))) < 1e-12)
  }

  @Test("reproduces glmnet's ridge, elastic net and lasso", .enabled(if: SharedData.isAvailable))
  func glmnet() throws {
    struct Published: Decodable {
      struct Paths: Decodable { let results: [[Double]] }
      let paths: Paths
      enum CodingKeys: String, CodingKey { case paths = "glmnet_binomial" }
    }
    let data = try Data(contentsOf: SharedData.file("reference-numbers/expected.json"))
    let results = try JSONDecoder().decode(Published.self, from: data).paths.results
    let names = (0..<6).map { "\($0)" }
    let table = try ReferenceTable(
      contentsOf: SharedData.file("reference-numbers/enet_binomial.csv"), header: names)
    // The published fits were made without the first line, which their script took for a header.
    let lines = names.map { Array(table.numbers($0).dropFirst()) }
    let columns = lines.dropFirst().map { column in
      let mean = column.reduce(0, +) / Double(column.count)
      let squares = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = (squares / Double(column.count - 1)).squareRoot()
      return column.map { ($0 - mean) / deviation }
    }
    #expect(results.count == 9)
    for result in results {
      let found = try coefficients(
        Array(columns), lines[0], lambda: result[1], alpha: result[0], intercept: false)
      // glmnet stops early: its numbers are off by up to 1.8e-5.
      for (value, published) in zip(found, result[2...]) {
        #expect(abs(value - published) <= 2e-5, "\(value) should be \(published)")
        #expect((value == 0) == (published == 0))
      }
    }
  }

  @Test("refuses one class, and gives up on columns without curvature")
  func refusals() throws {
    let design = try DesignMatrix(
      blocks: [.intercept, .dense(DenseBlock(columns: [[0, 0, 0]]))], rowCount: 3)
    #expect(throws: FitError.oneClass(outcome: 1)) {
      try ElasticNetSolver().minimize(
        LogisticObjective(design: design, outcomes: [1, 1, 1], penalties: [0, 0]), absolute: [0, 1])
    }
    let objective = try LogisticObjective(design: design, outcomes: [0, 1, 1], penalties: [0, 0])
    let found = try ElasticNetSolver().minimize(objective, absolute: [0, 1])
    #expect(abs(found[0] - log(2)) < 1e-12 && found[1] == 0)
  }
}

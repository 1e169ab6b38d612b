import LinearAlgebra
import TestSupport
import Testing

@testable import Regression

@Suite("Maximum likelihood")
struct MaximumLikelihoodTests {
  /// What R's glm says of a fit; see `Fixtures/second_witness.R`.
  struct Witness: Decodable {
    let estimates, standardErrors, z, p, covariance: [Double]
    let logLikelihood, nullDeviance, residualDeviance, aic: Double
  }

  struct Witnesses: Decodable {
    let single, weighted, grouped: Witness
  }

  @Test("has all digits of 40-digit arithmetic", arguments: References.all.plain)
  func agreesWithReferences(reference: References.Plain) throws {
    let fit = try MaximumLikelihood(
      columns: reference.columns, names: reference.names, outcomes: reference.outcomes,
      weights: reference.weights)

    #expect(fit.coefficients.map(\.name) == ["(intercept)"] + reference.names)
    // The twin columns differ by 1e-4 of their spread, which costs as many digits.
    let tolerance = reference.names.contains("twin") ? 1e-10 : 2e-13
    expectAgreement(
      fit.coefficients.map(\.estimate), reference.estimates, relativeTolerance: tolerance)
    expectAgreement(
      fit.coefficients.map(\.standardError), reference.standardErrors, relativeTolerance: tolerance)
    expectAgreement(fit.coefficients.map(\.z), reference.z, relativeTolerance: tolerance)
    expectAgreement(fit.coefficients.map(\.p), reference.p, relativeTolerance: 100 * tolerance)
    expectAgreement(fit.coefficients.map(\.low), reference.low, relativeTolerance: 100 * tolerance)
    expectAgreement(
      fit.coefficients.map(\.high), reference.high, relativeTolerance: 100 * tolerance)
    for (j, column) in reference.covariance.enumerated() {
      expectAgreement(
        column.indices.map { fit.covariance[$0, j] }, column, relativeTolerance: 100 * tolerance)
    }
    expectAgreement(
      [fit.logLikelihood, fit.residualDeviance, fit.nullDeviance, fit.aic],
      [
        reference.logLikelihood, reference.residualDeviance, reference.nullDeviance, reference.aic,
      ], relativeTolerance: 1e-13)
    #expect(fit.rows == reference.outcomes.count)
  }

  @Test("agrees with R's glm on a factor, on case weights and on grouped outcomes")
  func agreesWithR() throws {
    let witnesses = fixture("second_witness.json", as: Witnesses.self)
    let table = try ReferenceTable(contentsOf: fixtureURL("second_witness.csv"))
    let regions = table.text("region")
    let south = regions.map { $0 == "south" ? 1.0 : 0 }
    let west = regions.map { $0 == "west" ? 1.0 : 0 }
    let (score, age) = (table.numbers("score"), table.numbers("age"))
    let (trials, hits) = (table.numbers("trials"), table.numbers("rate"))

    let single = try MaximumLikelihood(
      columns: [score, age, south, west], names: ["score", "age", "south", "west"],
      outcomes: table.numbers("converted"))
    expect(single, witnesses.single)
    let weighted = try MaximumLikelihood(
      columns: [score, age], names: ["score", "age"], outcomes: table.numbers("converted"),
      weights: trials)
    expect(weighted, witnesses.weighted)
    let grouped = try MaximumLikelihood(
      columns: [score, age, south, west], names: ["score", "age", "south", "west"],
      outcomes: zip(hits, trials).map { $0 / $1 }, weights: trials)
    expect(grouped, witnesses.grouped)
  }

  private func expect(_ fit: MaximumLikelihood, _ witness: Witness) {
    // R stops by the deviance, which leaves its estimates about ten digits.
    expectAgreement(
      fit.coefficients.map(\.estimate), witness.estimates, relativeTolerance: 1e-11)
    expectAgreement(
      fit.coefficients.map(\.standardError), witness.standardErrors, relativeTolerance: 1e-9)
    expectAgreement(fit.coefficients.map(\.z), witness.z, relativeTolerance: 1e-9)
    expectAgreement(fit.coefficients.map(\.p), witness.p, relativeTolerance: 1e-8)
    expectAgreement(fit.covariance.elements, witness.covariance, relativeTolerance: 1e-8)
    expectAgreement(
      [fit.logLikelihood, fit.nullDeviance, fit.residualDeviance, fit.aic],
      [
        witness.logLikelihood, witness.nullDeviance, witness.residualDeviance, witness.aic,
      ], relativeTolerance: 1e-13)
  }

  @Test("takes a weight of two as the row twice, and a weight of 0 as no row, in everything")
  func weightEqualsRepetition() throws {
    let data = MadeUpData(rows: 80, columns: 3, seed: 4)
    let weights = (0..<80).map { Double($0 % 3) }
    let order = (0..<80).flatMap { [Int](repeating: $0, count: $0 % 3) }
    let repeated = data.rows(order)
    let names = ["a", "b", "c"]

    let found = try MaximumLikelihood(
      columns: data.columns, names: names, outcomes: data.outcomes, weights: weights)
    let expected = try MaximumLikelihood(
      columns: repeated.columns, names: names, outcomes: repeated.outcomes)

    expectAgreement(
      found.coefficients.map(\.estimate), expected.coefficients.map(\.estimate),
      relativeTolerance: 1e-12)
    expectAgreement(
      found.covariance.elements, expected.covariance.elements, relativeTolerance: 1e-11)
    expectAgreement(
      [found.logLikelihood, found.nullDeviance, found.residualDeviance, found.aic],
      [expected.logLikelihood, expected.nullDeviance, expected.residualDeviance, expected.aic],
      relativeTolerance: 1e-13)
    #expect(found.rows == (0..<80).filter { $0 % 3 > 0 }.count)
    #expect(found.eta.count == 80)
  }

  @Test("scales coefficient and standard error against a column's scale, and nothing else")
  func rescaledColumn() throws {
    var data = MadeUpData(rows: 200, columns: 2, seed: 5)
    let before = try MaximumLikelihood(
      columns: data.columns, names: ["a", "b"], outcomes: data.outcomes)
    data.columns[1] = data.columns[1].map { 1e6 + 1e9 * $0 }
    let after = try MaximumLikelihood(
      columns: data.columns, names: ["a", "b"], outcomes: data.outcomes)

    expectAgreement(
      [after.coefficients[1].estimate, 1e9 * after.coefficients[2].estimate, after.logLikelihood],
      [before.coefficients[1].estimate, before.coefficients[2].estimate, before.logLikelihood],
      relativeTolerance: 1e-12)
    expectAgreement(
      [after.coefficients[1].z, after.coefficients[2].z],
      [before.coefficients[1].z, before.coefficients[2].z], relativeTolerance: 1e-12)
  }

  @Test("has an intercept alone where there are no columns")
  func interceptAlone() throws {
    let fit = try MaximumLikelihood(columns: [], names: [], outcomes: [1, 0, 0, 0])
    expectAgreement(
      [fit.coefficients[0].estimate, fit.residualDeviance],
      [-1.0986122886681098, fit.nullDeviance],
      relativeTolerance: 1e-14)
  }

  @Test("names a constant column, and a dependent one with those that it follows from")
  func dependentColumns() {
    let data = MadeUpData(rows: 60, columns: 4, seed: 6)
    let sum = (0..<60).map { 2 * data.columns[0][$0] - 0.5 * data.columns[2][$0] + 3 }
    #expect(
      throws: MaximumLikelihoodError.collinear(column: "sum", dependsOn: ["a", "c"])
    ) {
      try MaximumLikelihood(
        columns: data.columns + [sum], names: ["a", "b", "c", "d", "sum"], outcomes: data.outcomes)
    }
    #expect(throws: MaximumLikelihoodError.constant(column: "year")) {
      try MaximumLikelihood(
        columns: data.columns + [.init(repeating: 2025.1, count: 60)],
        names: ["a", "b", "c", "d", "year"], outcomes: data.outcomes)
    }
  }

  @Test("names the dummy column that completes the others")
  func dummyTrap() {
    let outcomes = (0..<30).map { Double($0 % 2) }
    let dummies = (0..<3).map { level in (0..<30).map { $0 / 2 % 3 == level ? 1.0 : 0 } }
    #expect(throws: MaximumLikelihoodError.collinear(column: "z", dependsOn: ["x", "y"])) {
      try MaximumLikelihood(columns: dummies, names: ["x", "y", "z"], outcomes: outcomes)
    }
  }

  @Test("says what is wrong with data that have no estimates")
  func refusals() {
    #expect(throws: MaximumLikelihoodError.invalid(.noRows)) {
      try MaximumLikelihood(columns: [[]], names: ["a"], outcomes: [])
    }
    #expect(throws: MaximumLikelihoodError.invalid(.noRows)) {
      try MaximumLikelihood(columns: [[1, 2]], names: ["a"], outcomes: [0, 1], weights: [0, 0])
    }
    #expect(throws: MaximumLikelihoodError.oneClass(outcome: 1)) {
      try MaximumLikelihood(columns: [[1, 2, 3]], names: ["a"], outcomes: [1, 1, 1])
    }
    #expect(throws: MaximumLikelihoodError.tooFewRows(rows: 2, coefficients: 3)) {
      try MaximumLikelihood(columns: [[1, 2], [2, 1]], names: ["a", "b"], outcomes: [0, 1])
    }
    #expect(throws: MaximumLikelihoodError.notFinite(column: "a", row: 1)) {
      try MaximumLikelihood(columns: [[1, .nan]], names: ["a"], outcomes: [0, 1])
    }
    #expect(throws: MaximumLikelihoodError.invalid(.outcomeOutOfRange(row: 1, value: 2))) {
      try MaximumLikelihood(columns: [[1, 2]], names: ["a"], outcomes: [0, 2])
    }
  }
}

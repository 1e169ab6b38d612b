import Foundation
import LinearAlgebra
import Parallelism
import TestSupport
import Testing

@testable import Regression

/// Fits with penalties set by evidence, in plain dense arithmetic; see `Fixtures/make_evidence.py`.
struct EvidenceReference: Decodable, CustomTestStringConvertible {
  let name: String
  let line, missing, knots: [Double]
  let values: [Double?]
  let codes: [UInt32]
  let levels: Int
  let outcomes, strengths, coefficients, effectiveParameters, standardErrors: [Double]
  let passes: Int
  var testDescription: String { name }

  private struct File: Decodable { let cases: [EvidenceReference] }

  static let all: [EvidenceReference] = {
    guard let url = Bundle.module.url(forResource: "Fixtures/evidence", withExtension: "json")
    else { return [] }
    do {
      return try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).cases
    } catch {
      return []
    }
  }()

  var terms: [EvidenceTerm] {
    let k = knots.count
    return [
      EvidenceTerm(columns: 1..<2, kind: .squares, guess: 0.1),
      EvidenceTerm(columns: 2..<3, kind: .squares, guess: 0.1),
      EvidenceTerm(columns: 3..<3 + k, kind: .differences, guess: 0.1 / Double(k)),
      EvidenceTerm(columns: 3 + k..<3 + k + levels, kind: .squares, guess: 0.1),
    ]
  }

  /// The data with the rows in some order.
  func objective(_ order: [Int]) throws -> LogisticObjective {
    let design = try DesignMatrix(
      blocks: [
        .intercept,
        .dense(DenseBlock(columns: [order.map { line[$0] }, order.map { missing[$0] }])),
        .hats(HatBlock(values: order.map { values[$0] ?? .nan }, knots: knots)),
        .levels(LevelBlock(codes: order.map { codes[$0] }, levelCount: levels)),
      ], rowCount: order.count)
    return try LogisticObjective(
      design: design, outcomes: order.map { outcomes[$0] },
      penalties: .init(repeating: 0, count: design.columnCount))
  }

  var objective: LogisticObjective { get throws { try objective(Array(outcomes.indices)) } }
}

@Suite("Evidence fit")
struct EvidenceFitTests {
  let search = EvidenceSearch()

  @Test("sets the strengths that plain arithmetic sets", arguments: EvidenceReference.all)
  func reference(_ case: EvidenceReference) throws {
    let found = try search.run(`case`.objective, terms: `case`.terms)
    // Hats keep their fractions in 32 bits.
    expectAgreement(found.strengths.map { $0[0] }, `case`.strengths, relativeTolerance: 1e-5)
    #expect(found.passes == `case`.passes)
    #expect(found.fit.gradientNorm < 1e-8)
    for (value, expected) in zip(found.fit.coefficients, `case`.coefficients) {
      #expect(abs(value - expected) < 1e-5)
    }
    expectAgreement(
      found.effectiveParameters, `case`.effectiveParameters, relativeTolerance: 1e-5)
    expectAgreement(
      found.inference.standardErrors, `case`.standardErrors, relativeTolerance: 1e-5)
  }

  @Test("there are references") func references() { #expect(EvidenceReference.all.count == 2) }

  @Test("effective parameters are the trace of the inverse Hessian times the information")
  func trace() throws {
    let reference = EvidenceReference.all[0]
    let found = try search.run(reference.objective, terms: reference.terms)
    let hessian = found.inference.hessian
    let shrunk = hessian.inverse().multiplied(by: hessian.information.dense())
    for (term, effective) in zip(reference.terms, found.effectiveParameters) {
      let trace = shrunk.diagonal[term.columns].reduce(0, +)
      #expect(abs(trace - effective) < 1e-8)
    }
  }

  @Test("the order of rows changes no strength by more than 1e-9 of it")
  func order() throws {
    let reference = EvidenceReference.all[1]
    var random = MadeUpData(rows: 0, columns: 0, seed: 3)
    let order = random.order(reference.outcomes.count)
    let first = try search.run(reference.objective, terms: reference.terms)
    let second = try search.run(reference.objective(order), terms: reference.terms)
    expectAgreement(
      second.strengths.map { $0[0] }, first.strengths.map { $0[0] }, relativeTolerance: 1e-9)
    #expect(
      zip(first.fit.coefficients, second.fit.coefficients).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test("a weight of two is a row twice")
  func weights() throws {
    let reference = EvidenceReference.all[0]
    let twice = reference.outcomes.indices.flatMap { Array(repeating: $0, count: 1 + $0 % 2) }
    let plain = try reference.objective
    let weighted = try LogisticObjective(
      design: plain.design, outcomes: plain.outcomes,
      weights: plain.outcomes.indices.map { Double(1 + $0 % 2) }, penalties: plain.penalties)
    let first = try search.run(weighted, terms: reference.terms)
    let second = try search.run(reference.objective(twice), terms: reference.terms)
    expectAgreement(
      second.strengths.map { $0[0] }, first.strengths.map { $0[0] }, relativeTolerance: 1e-9)
  }

  @Test("strengths from a sample that is all rows are those of all rows, to the last bit")
  func sample() throws {
    let reference = EvidenceReference.all[0]
    let all = try search.run(reference.objective, terms: reference.terms)
    let sampled = try search.run(
      reference.objective, terms: reference.terms, sample: Array(reference.outcomes.indices))
    #expect(sampled.strengths == all.strengths)
    #expect(sampled.fit.coefficients == all.fit.coefficients)
  }

  @Test("one outcome alone is refused")
  func oneClass() throws {
    let design = try DesignMatrix(
      blocks: [.intercept, .dense(DenseBlock(columns: [[1, 2, 3]]))], rowCount: 3)
    let objective = try LogisticObjective(
      design: design, outcomes: [1, 1, 1], penalties: [0, 0])
    #expect(throws: FitError.oneClass(outcome: 1)) {
      try search.run(
        objective, terms: [EvidenceTerm(columns: 1..<2, kind: .squares, guess: 0.1)])
    }
  }
}

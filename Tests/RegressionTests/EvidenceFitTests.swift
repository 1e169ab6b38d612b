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
  let outcomes, coefficients, effectiveParameters, standardErrors: [Double]
  /// Of each term.
  let strengths: [[Double]]
  let passes: Int
  /// A table of cells behind the other columns.
  let cells: Cells?
  /// Strengths for the curves that may go one way only.
  let fixedStrengths: [[Double]]?
  let up, down: Bounded?
  var testDescription: String { name }

  struct Cells: Decodable {
    let codes: [UInt32]
    let count: Int
    let edges: [[Int]]
  }

  /// A fit under given strengths whose curve never falls, or never rises.
  struct Bounded: Decodable {
    let coefficients, effectiveParameters: [Double]
    /// The neighbors that are equal.
    let ties: Int
  }

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

  /// The columns of the curve.
  var curve: Range<Int> { 3..<3 + knots.count }

  var terms: [EvidenceTerm] { mainTerms() + (cells.map { [cellTerm($0)] } ?? []) }

  /// The terms without the table.
  func mainTerms(direction: EvidenceTerm.Direction? = nil) -> [EvidenceTerm] {
    let last = curve.upperBound + levels
    return [
      EvidenceTerm(columns: 1..<2, kind: .squares, guess: 0.1),
      EvidenceTerm(columns: 2..<3, kind: .squares, guess: 0.1),
      EvidenceTerm(
        columns: curve, kind: .differences, guess: 0.1 / Double(knots.count), direction: direction),
      EvidenceTerm(columns: curve.upperBound..<last, kind: .squares, guess: 0.1),
    ]
  }

  func cellTerm(_ cells: Cells) -> EvidenceTerm {
    let first = curve.upperBound + levels
    return EvidenceTerm(
      columns: first..<first + cells.count, squares: 0.02,
      edges: cells.edges.map { .init(first + $0[0], first + $0[1]) }, differences: 0.02)
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
    let main = try LogisticObjective(
      design: design, outcomes: order.map { outcomes[$0] },
      penalties: .init(repeating: 0, count: design.columnCount))
    return cells.map { cells in
      main.appending([
        LevelBlock(
          codes: order.map { cells.codes[$0] }, levelCount: cells.count, hasNeighbors: true)
      ])
    } ?? main
  }

  /// The data without the table.
  var mainObjective: LogisticObjective {
    get throws {
      let whole = try objective
      let count = curve.upperBound + levels
      return try LogisticObjective(
        design: DesignMatrix(
          blocks: Array(whole.design.blocks.dropLast()), rowCount: outcomes.count),
        outcomes: outcomes, penalties: .init(repeating: 0, count: count))
    }
  }

  /// The starts of searches for the strengths of all terms, and of those of fields alone.
  var start: EvidenceState { get throws { try start(terms, of: objective) } }
  var mainStart: EvidenceState { get throws { try start(mainTerms(), of: mainObjective) } }

  private func start(_ terms: [EvidenceTerm], of objective: LogisticObjective) -> EvidenceState {
    EvidenceState(terms, coefficients: objective.origin)
  }

  var objective: LogisticObjective { get throws { try objective(Array(outcomes.indices)) } }
}

@Suite("Evidence fit")
struct EvidenceFitTests {
  let search = EvidenceSearch()

  /// A search on to where nothing moves, so that the way there does not count.
  private static let patient: EvidenceSearch = {
    var patient = EvidenceSearch()
    patient.changeTolerance = 1e-7
    patient.updateTolerance = 1e-9
    patient.decrementTolerance = 1e-12
    patient.maximumPasses = 300
    return patient
  }()

  @Test("sets the strengths that plain arithmetic sets", arguments: EvidenceReference.all)
  func reference(_ case: EvidenceReference) throws {
    let found = try search.run(`case`.objective, terms: `case`.terms)
    // Hats keep their fractions in 32 bits.
    #expect(found.strengths.map(\.count) == `case`.strengths.map(\.count))
    expectAgreement(
      found.strengths.flatMap { $0 }, `case`.strengths.flatMap { $0 }, relativeTolerance: 1e-5)
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

  @Test("there are references") func references() { #expect(EvidenceReference.all.count == 4) }

  @Test(
    "effective parameters are the trace of the inverse Hessian times the information",
    arguments: EvidenceReference.all)
  func trace(_ reference: EvidenceReference) throws {
    let found = try search.run(reference.objective, terms: reference.terms)
    expectTraces(found, reference.terms, within: 1e-8)
  }

  /// Expects the effective parameters of each term to be `k - tr(V S)`, by the dense inverse.
  private func expectTraces(_ found: EvidenceFit, _ terms: [EvidenceTerm], within bound: Double) {
    let hessian = found.inference.hessian
    let shrunk = hessian.inverse().multiplied(by: hessian.information.dense())
    for (term, effective) in zip(terms, found.effectiveParameters) {
      let trace = shrunk.diagonal[term.columns].reduce(0, +)
      #expect(abs(trace - effective) < bound, "\(trace) and \(effective)")
    }
  }

  @Test("a state with further terms has their guesses, and coefficients of 0 for them")
  func adding() throws {
    let reference = EvidenceReference.all[2]
    let cells = try #require(reference.cells)
    let first = try search.settle(reference.mainObjective, from: reference.mainStart)
    let longer = first.adding([reference.cellTerm(cells)])
    #expect(longer.strengths == first.strengths + [[50, 50]])
    #expect(
      longer.coefficients == first.coefficients + [Double](repeating: 0, count: cells.count))
    #expect(longer.passes == first.passes)
    #expect(first.adding([]).coefficients == first.coefficients)
  }

  @Test("a search goes on with added terms to the strengths that all terms reach together")
  func continued() throws {
    let reference = EvidenceReference.all[2]
    let cells = try #require(reference.cells)
    let patient = Self.patient
    let first = try patient.settle(reference.mainObjective, from: reference.mainStart)
    let second = try patient.settle(
      reference.objective, from: first.adding([reference.cellTerm(cells)]))
    let together = try patient.settle(reference.objective, from: reference.start)
    #expect(first.passes < second.passes && second.passes < 300)
    expectAgreement(
      second.strengths.flatMap { $0 }, together.strengths.flatMap { $0 }, relativeTolerance: 1e-3)
    for (a, b) in zip(second.coefficients, together.coefficients) { #expect(abs(a - b) < 1e-4) }
    #expect(
      zip(first.strengths, second.strengths).contains { abs($0[0] / $1[0] - 1) > 0.01 },
      "the table changes what others are held by")
    // As far as a search usually goes, a strength is where a sixth of it no longer matters.
    let usual = try search.settle(
      reference.objective,
      from: search.settle(reference.mainObjective, from: reference.mainStart).adding([
        reference.cellTerm(cells)
      ]))
    let fit = try search.finish(reference.objective, at: usual)
    let best = try search.finish(reference.objective, at: together)
    for (a, b) in zip(fit.fit.eta, best.fit.eta) { #expect(abs(a - b) < 0.1) }
  }

  @Test(
    "levels whose strength waits for the next pass reach the strength that they reach without waiting"
  )
  func waiting() throws {
    let reference = EvidenceReference.all[1]
    let eliminated = try reference.objective.design.gram(
      weights: .init(repeating: 1, count: reference.outcomes.count)
    ).eliminated
    #expect(eliminated.count > reference.coefficients.count / 2, "there is something to wait")
    var waiting = EvidenceSearch()
    waiting.waitingLevels = 1
    // As far as a search usually goes, the two differ by less than one of them does from where nothing moves.
    let usual = try search.run(reference.objective, terms: reference.terms)
    let found = try waiting.run(reference.objective, terms: reference.terms)
    #expect(found.strengths != usual.strengths)
    expectAgreement(
      found.strengths.map { $0[0] }, usual.strengths.map { $0[0] }, relativeTolerance: 0.05)
    for (a, b) in zip(found.fit.eta, usual.fit.eta) { #expect(abs(a - b) < 0.02) }
    var patient = Self.patient
    let best = try patient.run(reference.objective, terms: reference.terms)
    patient.waitingLevels = 1
    let other = try patient.run(reference.objective, terms: reference.terms)
    #expect(other.passes < 300)
    expectAgreement(
      other.strengths.map { $0[0] }, best.strengths.map { $0[0] }, relativeTolerance: 1e-5)
  }

  @Test(
    "what rows tell of coefficients serves once more where the last step was hardly one",
    arguments: [0, 1, 2])
  func near(index: Int) throws {
    let reference = EvidenceReference.all[index]
    let usual = try search.run(reference.objective, terms: reference.terms)
    var keeping = EvidenceSearch()
    keeping.manyRows = 0
    // That updates of many rows end earlier is another matter.
    keeping.coarseTolerance = keeping.updateTolerance / 10
    // Ten nats of all, where a search ends at two.
    keeping.nearDecrement = 10 / Double(reference.outcomes.count)
    let found = try keeping.run(reference.objective, terms: reference.terms)
    #expect(found.strengths != usual.strengths)
    expectAgreement(
      found.strengths.flatMap { $0 }, usual.strengths.flatMap { $0 }, relativeTolerance: 0.05)
    for (a, b) in zip(found.fit.eta, usual.fit.eta) { #expect(abs(a - b) < 0.02) }
    // It ends where the others do: at a minimum of all rows, and where strengths stand still.
    #expect(found.fit.gradientNorm < 1e-8)
  }

  @Test("updates of many rows lead to the strengths that updates of few rows lead to")
  func coarse() throws {
    for reference in EvidenceReference.all {
      var coarse = Self.patient
      let best = try coarse.run(reference.objective, terms: reference.terms)
      coarse.manyRows = 0
      coarse.nearDecrement = 0
      coarse.coarseTolerance = coarse.updateTolerance
      let found = try coarse.run(reference.objective, terms: reference.terms)
      expectAgreement(
        found.strengths.flatMap { $0 }, best.strengths.flatMap { $0 }, relativeTolerance: 1e-4)
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

  /// The fit under the strengths of the file with a curve that goes one way.
  private func bounded(
    _ reference: EvidenceReference, _ direction: EvidenceTerm.Direction
  ) throws -> (EvidenceFit, [EvidenceTerm]) {
    let objective = try reference.objective
    let terms = reference.mainTerms(direction: direction)
    let state = EvidenceState(
      terms: terms, strengths: try #require(reference.fixedStrengths),
      coefficients: objective.origin, passes: 0)
    return (try search.finish(objective, at: state), terms)
  }

  @Test(
    "a curve that may go one way is the bounded minimum under its strengths",
    arguments: EvidenceReference.all.filter { $0.fixedStrengths != nil },
    [EvidenceTerm.Direction.up, .down])
  func oneWay(_ reference: EvidenceReference, _ direction: EvidenceTerm.Direction) throws {
    let expected = try #require(direction == .up ? reference.up : reference.down)
    let (found, terms) = try bounded(reference, direction)
    // Neighbors are held equal by a stiff penalty, not by a wall.
    for (value, other) in zip(found.fit.coefficients, expected.coefficients) {
      #expect(abs(value - other) < 1e-4, "\(value) and \(other)")
    }
    expectAgreement(
      found.effectiveParameters, expected.effectiveParameters, relativeTolerance: 1e-3)
    let curve = Array(found.fit.coefficients[reference.curve])
    let steps = zip(curve, curve.dropFirst()).map { direction == .up ? $1 - $0 : $0 - $1 }
    #expect(steps.allSatisfy { $0 >= 0 })
    #expect(steps.count { $0 < 1e-5 } == expected.ties && expected.ties > 0)
    expectTraces(found, terms, within: 1e-6)
  }

  @Test("strengths of a curve that may go one way are set too, and it goes that way exactly")
  func oneWayStrengths() throws {
    for reference in EvidenceReference.all where reference.cells == nil {
      for direction in [EvidenceTerm.Direction.up, .down] {
        let terms = reference.mainTerms(direction: direction)
        let found = try search.run(reference.objective, terms: terms)
        let curve = Array(found.fit.coefficients[reference.curve])
        #expect(
          zip(curve, curve.dropFirst()).allSatisfy { direction == .up ? $0 <= $1 : $0 >= $1 })
        #expect(found.strengths.allSatisfy { $0.allSatisfy { search.range.contains($0) } })
        expectTraces(found, terms, within: 1e-6)
        // Leads in another order are the same leads.
        var random = MadeUpData(rows: 0, columns: 0, seed: 3)
        let other = try search.run(
          reference.objective(random.order(reference.outcomes.count)), terms: terms)
        for (a, b) in zip(found.fit.coefficients, other.fit.coefficients) {
          #expect(abs(a - b) < 1e-8)
        }
      }
    }
  }

  @Test("a direction that the curve has anyway changes nothing")
  func idleDirection() throws {
    let reference = EvidenceReference.all[1]
    let outcomes = reference.values.enumerated().map { row, value -> Double in
      let isHigh = (value ?? 0) > 3
      return isHigh != (row % 5 == 0) ? 1 : 0
    }
    let objective = try LogisticObjective(
      design: reference.objective.design, outcomes: outcomes,
      penalties: reference.objective.penalties)
    // The line is held to 0, and the curve so strongly that chance does not turn it.
    func fit(_ terms: [EvidenceTerm]) throws -> EvidenceFit {
      try search.finish(
        objective,
        at: EvidenceState(
          terms: terms, strengths: [[1e6], [10], [2000], [10]], coefficients: objective.origin,
          passes: 0))
    }
    let free = try fit(reference.mainTerms())
    let curve = Array(free.fit.coefficients[reference.curve])
    guard zip(curve, curve.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      Issue.record("the free curve should rise: \(curve)")
      return
    }
    let held = try fit(reference.mainTerms(direction: .up))
    #expect(held.fit.coefficients == free.fit.coefficients)
    #expect(held.effectiveParameters == free.effectiveParameters)
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

import LinearAlgebra
import TestSupport
import Testing

@testable import Regression

@Suite("Penalty search")
struct PenaltySearchTests {
  private func choice(_ data: MadeUpData, folds count: Int = 5) throws -> PenaltyChoice {
    let design = try data.design()
    return try PenaltySearch().run(
      design: design, outcomes: data.outcomes,
      scales: [0] + .init(repeating: 1, count: design.columnCount - 1),
      folds: Folds((0..<data.outcomes.count).map { UInt8(($0 * 3 + $0 / 7) % count) }))
  }

  @Test("finds the best of all strengths, though it tries only a few", arguments: [26, 27, 28])
  func findsTheBest(seed: UInt64) throws {
    let data = MadeUpData(rows: 1200, columns: 4, levels: 90, seed: seed)
    let found = try choice(data)
    let folds = try Folds((0..<1200).map { UInt8(($0 * 3 + $0 / 7) % 5) })
    let losses = try PenaltySearch.strengths.map { strength in
      let objective = try data.objective(ridge: strength)
      let fit = try NewtonSolver().minimize(objective)
      return try CrossValidation(of: objective, near: fit, folds: folds).logLoss
    }
    let best = try #require(losses.indices.min { losses[$0] < losses[$1] })
    #expect(found.strength == PenaltySearch.strengths[best])
    #expect(found.candidates.count < 10)
    for candidate in found.candidates {
      let place = try #require(PenaltySearch.strengths.firstIndex(of: candidate.strength))
      #expect(abs(candidate.logLoss - losses[place]) < 0.01 / 1200)
    }
    #expect(abs(found.validation.logLoss - losses[best]) < 1e-6)
    let fit = try NewtonSolver().minimize(data.objective(ridge: found.strength))
    expectAgreement(found.fit.coefficients, fit.coefficients, relativeTolerance: 1e-8)
  }

  @Test("the strength alone is that of the fits, by the same candidates", arguments: [26, 29])
  func strengthAlone(seed: UInt64) throws {
    let data = MadeUpData(rows: 900, columns: 4, levels: 60, seed: seed)
    let design = try data.design()
    let alone = try PenaltySearch().strength(
      design: design, outcomes: data.outcomes,
      scales: [0] + .init(repeating: 1, count: design.columnCount - 1),
      folds: Folds((0..<900).map { UInt8(($0 * 3 + $0 / 7) % 5) }))
    let fits = try choice(data)
    #expect(alone.strength == fits.strength)
    #expect(alone.candidates.map(\.strength) == fits.candidates.map(\.strength))
    for (one, other) in zip(alone.candidates, fits.candidates) {
      #expect(abs(one.logLoss - other.logLoss) < 0.01 / 900)
    }
  }

  @Test("walks down to a small strength for strong signals, up to the end for none")
  func direction() throws {
    let strong = try choice(MadeUpData(rows: 4000, columns: 2, seed: 29))
    #expect(strong.strength <= 10)
    var noise = MadeUpData(rows: 400, columns: 3, seed: 30)
    noise.columns = noise.columns.map { column in column.indices.map { column[($0 + 37) % 400] } }
    let weak = try choice(noise)
    #expect(weak.strength >= 100)
    #expect(weak.candidates.map(\.strength) == weak.candidates.map(\.strength).sorted())
  }

  @Test("tries half powers of ten from 1e-3 to 1e5, with 1 exactly among them")
  func strengths() {
    #expect(PenaltySearch.strengths.count == 17)
    #expect(PenaltySearch.strengths.contains(1))
    expectAgreement(
      [PenaltySearch.strengths[0], PenaltySearch.strengths[16]], [1e-3, 1e5],
      relativeTolerance: 1e-15)
  }
}

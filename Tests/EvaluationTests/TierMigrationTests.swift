import Evaluation
import Testing

@Suite("Tier migration")
struct TierMigrationTests {
  let names = ["unqualified", "MQL", "SQL"]

  @Test("each lead is counted in the cell of its two tiers, with its outcome and weight")
  func cells() throws {
    let migration = try TierMigration(
      currentTiers: names, candidateTiers: ["SQL", "unqualified"], current: [0, 0, 1, 2, 2],
      candidate: [1, 1, 0, 0, 0], outcomes: [false, true, true, true, false],
      weights: [1, 2, 1, 1, 1])
    #expect(migration.cells.map { $0.map(\.leads) } == [[0, 3], [1, 0], [2, 0]])
    #expect(migration.cells.map { $0.map(\.converted) } == [[0, 2], [1, 0], [1, 0]])
    #expect(migration.cells[2][0].rate == 0.5)
    #expect(migration.cells[0][0].rate == nil && migration.cells[0][0].interval == nil)
    #expect(migration.cells[1][0].interval?.high == 1)
    #expect(migration.unchangedShare == 5.0 / 6)
  }

  @Test("a tier that does not exist, or a missing one, is an error")
  func errors() {
    #expect(throws: EvaluationError.unknownTier(row: 2, tier: 3, count: 3)) {
      try TierMigration(
        currentTiers: names, candidateTiers: names, current: [0, 1], candidate: [0, 3],
        outcomes: [true, true])
    }
    #expect(throws: EvaluationError.unknownTier(row: 1, tier: -1, count: 3)) {
      try TierMigration(
        currentTiers: names, candidateTiers: names, current: [-1], candidate: [0], outcomes: [true])
    }
    #expect(throws: EvaluationError.unequalLength(scores: 2, what: "tiers", count: 1)) {
      try TierMigration(
        currentTiers: names, candidateTiers: names, current: [0, 1], candidate: [0],
        outcomes: [true, true])
    }
  }

  @Test("no leads make an empty matrix without a share")
  func empty() throws {
    let migration = try TierMigration(
      currentTiers: names, candidateTiers: names, current: [], candidate: [], outcomes: [])
    #expect(migration.unchangedShare == nil && migration.cells.count == 3)
  }
}

import Evaluation
import TestSupport
import Testing

@Suite("Gains")
struct GainsTests {
  @Test("leads tied at a border share their conversions in proportion")
  func shared() throws {
    let leads = try ScoredLeads(
      probabilities: [0.9, 0.5, 0.5, 0.5, 0.1], outcomes: [true, true, false, true, false])
    expectAgreement(
      try [0.2, 0.4, 0.5, 0.8, 1].map { try Gains.captured(best: $0, of: leads) },
      [1.0 / 3, (1 + 2.0 / 3) / 3, (1 + 1.5 * 2 / 3) / 3, 1, 1], relativeTolerance: 1e-14)
  }

  @Test("the parts add up to all leads and conversions, and the last holds every one")
  func parts() throws {
    let made = SeededLeads(count: 333, seed: 3, steps: 15)
    let leads = try made.leads()
    let rows = try Gains(leads, parts: 7).rows
    expectAgreement(
      [
        rows.map(\.leads).reduce(0, +), rows.map(\.converted).reduce(0, +), rows[6].captured,
        rows[6].lift,
      ],
      [333, leads.converted, 1, 1], relativeTolerance: 1e-13)
    for (row, part) in zip(rows, 1...7) {
      #expect(abs(row.leads - 333.0 / 7) < 1e-9)
      let captured = try Gains.captured(best: Double(part) / 7, of: leads)
      #expect(row.captured == captured)
    }
    #expect(rows.map(\.lowestProbability) == rows.map(\.lowestProbability).sorted(by: >))
  }
}

import Evaluation
import Foundation
import Testing

@Suite("Population stability")
struct PopulationStabilityTests {
  func leads(_ probabilities: [Double]) throws -> ScoredLeads {
    try ScoredLeads(
      probabilities: probabilities, outcomes: probabilities.map { _ in false })
  }

  @Test("the same scores are stable, in another order and number too")
  func same() throws {
    let scores = (1...100).map { Double($0) / 101 }
    let found = PopulationStability(
      before: try leads(scores), after: try leads(scores.reversed() + scores))
    #expect(found.value == 0)
    #expect(found.rows.map(\.before) == [Double](repeating: 0.1, count: 10))
    #expect(found.rows.last?.upTo == nil && found.rows[0].upTo == 10.0 / 101)
  }

  @Test("the index is the sum over the bins, and a bin left empty counts half a lead")
  func emptied() throws {
    let found = PopulationStability(
      before: try leads([0.1, 0.2, 0.3, 0.4]), after: try leads([0.1, 0.2, 0.15, 0.05]), bins: 2)
    #expect(found.rows.map(\.after) == [1, 0])
    let expected = (1 - 0.5) * log(1 / 0.5) + (0.125 - 0.5) * log(0.125 / 0.5)
    #expect(abs(found.value - expected) < 1e-15)
  }

  @Test("scores outside the range of before fall into the outer bins")
  func outside() throws {
    let found = PopulationStability(
      before: try leads([0.4, 0.5, 0.6, 0.7]), after: try leads([0, 1]), bins: 4)
    #expect(found.rows.map(\.after) == [0.5, 0, 0, 0.5])
  }
}

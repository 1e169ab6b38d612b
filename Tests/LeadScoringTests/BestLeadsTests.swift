import Foundation
import Testing

@testable import LeadScoring

@Suite("Best leads")
struct BestLeadsTests {
  /// The border by sorting all leads.
  private func sorted(_ leads: ForetoldLeads, share: Double) -> Double {
    let order = leads.probabilities.indices.sorted {
      leads.probabilities[$0] > leads.probabilities[$1]
    }
    let sought = share * leads.weights.reduce(0, +)
    var above = 0.0
    for lead in order {
      above += leads.weights[lead]
      if above >= sought { return leads.probabilities[lead] }
    }
    return leads.probabilities[order[order.count - 1]]
  }

  @Test(
    "end where sorting all leads says",
    arguments: [(1, 1.0), (7, 1.0), (400, 1.0), (400, 1e-6), (5000, 1e-9), (5000, 1.0)])
  func agreesWithSorting(count: Int, spread: Double) {
    var state: UInt64 = UInt64(count)
    func random() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    let probabilities = (0..<count).map { $0 % 5 == 0 ? 0.5 : 0.5 + (random() - 0.5) * spread }
    let weights = (0..<count).map { _ in Double(1 + Int(random() * 3)) }
    for weights in [weights, weights.map { _ in 1 }] {
      let leads = ForetoldLeads(
        probabilities: probabilities, outcomes: probabilities.map { _ in 0 }, weights: weights)
      let best = BestLeads(leads)
      for share in [0, 0.1, 0.25, 0.5, 0.999, 1] {
        #expect(best.lowestProbability(ofShare: share) == sorted(leads, share: share))
      }
    }
  }

  @Test("may have the probabilities 0 and 1")
  func ends() {
    let best = BestLeads(
      ForetoldLeads(probabilities: [0, 1, 1, 0], outcomes: [0, 1, 1, 0], weights: [1, 1, 1, 1]))
    #expect(best.lowestProbability(ofShare: 0.5) == 1)
    #expect(best.lowestProbability(ofShare: 0.75) == 0)
  }
}

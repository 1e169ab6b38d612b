import Evaluation
import Foundation

/// Made-up leads from a seed, with ties where asked for.
struct SeededLeads {
  var probabilities: [Double] = []
  var outcomes: [Bool] = []
  var weights: [Double] = []
  private var state: UInt64

  init(count: Int, seed: UInt64, steps: Double? = nil) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    for _ in 0..<count {
      var p = 0.02 + 0.96 * uniform() * uniform()
      if let steps { p = min(0.99, max(0.01, (p * steps).rounded() / steps)) }
      probabilities.append(p)
      outcomes.append(uniform() < p)
      weights.append(Double(Int(uniform() * 4)))
    }
  }

  /// Marsaglia's xorshift64.
  mutating func uniform() -> Double {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Double(state >> 11) * 0x1p-53
  }

  /// The rows in another order.
  mutating func shuffle() {
    for i in stride(from: probabilities.count - 1, to: 0, by: -1) {
      let j = Int(uniform() * Double(i + 1))
      probabilities.swapAt(i, j)
      outcomes.swapAt(i, j)
      weights.swapAt(i, j)
    }
  }

  /// Scores of a second model, which depend on those of the first.
  var second: [Double] {
    probabilities.map { min(0.99, max(0.01, $0 + 0.3 * sin($0 * 1e6))) }
  }

  func leads() throws -> ScoredLeads {
    try ScoredLeads(probabilities: probabilities, outcomes: outcomes)
  }
}

func logit(_ p: Double) -> Double { log(p / (1 - p)) }

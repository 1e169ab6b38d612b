import FeatureEncoding
import Tables

/// A block of leads with what the model says of each.
public struct ScoredBlock: Sendable {
  /// The number of the block's first lead in its file, from 0.
  public let firstRow: Int

  /// The logit of each lead.
  public let logits: [Double]

  /// The probability that each converts.
  public let probabilities: [Double]

  /// The position of each lead's tier among the names of the model's tiers.
  public let tiers: [Int]

  /// What became of the cells of each term's column.
  public let counts: [CellCounts]

  /// The share of each term, then of each pair (outer) of each logit (inner).
  let shares: [[Double]]

  /// The cells that were read.
  let table: Table
}

/// A field's or a pair's part in a score: how far it moves the lead from the average one.
public struct Reason: Equatable, Sendable {
  /// The term's position in the model; those of pairs follow.
  public let term: Int

  /// The share of the logit against the average lead, in logits.
  public let share: Double
}

extension ScoredBlock {
  /// The reasons for the score of lead `row`, the strongest first; equal ones in the model's order.
  ///
  /// All of them and the model's baseline sum to the logit.
  /// - Parameters:
  ///   - most: The most reasons; those without any effect are left out.
  ///   - averages: The average share of each term and pair.
  func reasons(row: Int, most: Int, averages: [Double]) -> [Reason] {
    var strongest: [Reason] = []
    guard most > 0 else { return strongest }
    strongest.reserveCapacity(most + 1)
    for term in shares.indices {
      let share = shares[term][row] - averages[term]
      guard share != 0 else { continue }
      if strongest.count == most, abs(share) <= abs(strongest[most - 1].share) { continue }
      let place = strongest.firstIndex { abs($0.share) < abs(share) } ?? strongest.count
      strongest.insert(Reason(term: term, share: share), at: place)
      if strongest.count > most { strongest.removeLast() }
    }
    return strongest
  }
}

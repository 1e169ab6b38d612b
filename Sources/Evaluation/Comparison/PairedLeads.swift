import Parallelism

/// The same leads with the scores of two models.
///
/// The rows are put in the order of the first score, then the second, then the outcome, and all
/// sums run in that order: so the order in which the rows came changes no digit.
public struct PairedLeads: Sendable {
  let first: ScoredLeads
  let second: ScoredLeads

  /// The rows that count, in the order of sums.
  let order: RowOrder

  /// The rows in the order of the second score alone.
  private let secondOrder: RowOrder

  /// Pairs two models' scores of the same leads, in the same order of rows.
  ///
  /// - Precondition: there are fewer than 2^31 rows.
  /// - Throws: `EvaluationError.differentLeads` where outcomes or weights differ.
  public init(_ first: ScoredLeads, _ second: ScoredLeads) throws(EvaluationError) {
    guard first.rowCount == second.rowCount else { throw .differentLeads(row: nil) }
    if first.outcomes != second.outcomes || first.weights != second.weights {
      let differing = (0..<first.rowCount).first {
        first.outcomes[$0] != second.outcomes[$0] || first.weight($0) != second.weight($0)
      }
      if let differing { throw .differentLeads(row: differing + 1) }
    }
    self.first = first
    self.second = second
    secondOrder = RowOrder(of: first).sorted(by: second.scores)
    order = secondOrder.sorted(by: first.scores)
  }

  /// The squared differences of the leads' placements by the two models, from their mean
  /// `difference`, added up over the converted leads and over the others.
  func squaredPlacementDifferences(
    from difference: Double
  ) -> (positive: Double, negative: Double) {
    var others = [Double](repeating: 0, count: second.rowCount)
    for (entry, placement) in zip(secondOrder.entries, Self.placements(second, secondOrder)) {
      others[entry.row] = placement
    }
    let weights = first.weights
    var (positive, negative) = (CompensatedSum(), CompensatedSum())
    for (entry, placement) in zip(order.entries, Self.placements(first, order)) {
      let distance = placement - others[entry.row] - difference
      let square = distance * distance * (weights?[entry.row] ?? 1)
      if entry.converted { positive.add(square) } else { negative.add(square) }
    }
    return (positive.value, negative.value)
  }

  /// The placements of rows, in the order of their scores: of a converted lead the share of the
  /// others below it, of another the share of the converted above it.
  private static func placements(_ leads: ScoredLeads, _ order: RowOrder) -> [Double] {
    var result = [Double](repeating: 0, count: order.entries.count)
    let groups = leads.groups
    let (positives, negatives, scores) = (groups.positives, groups.negatives, groups.scores)
    let (positiveCount, negativeCount) = (groups.positiveCount, groups.negativeCount)
    let (entries, keys) = (order.entries, order.keys)
    var (positivesBelow, negativesBelow) = (0.0, 0.0)
    var index = 0
    for group in scores.indices {
      let key = RadixSort.key(scores[group])
      let (positive, negative) = (positives[group], negatives[group])
      let below = (negativesBelow + 0.5 * negative) / negativeCount
      let above = (positiveCount - positivesBelow - 0.5 * positive) / positiveCount
      while index < keys.count, keys[index] == key {
        result[index] = entries[index].converted ? below : above
        index += 1
      }
      positivesBelow += positive
      negativesBelow += negative
    }
    return result
  }
}

/// Rows in an order, each with its outcome beside it.
struct RowOrder: Sendable {
  /// A row and whether its lead converted, in 32 bits.
  struct Entry: Sendable {
    let bits: UInt32
    var row: Int { Int(bits >> 1) }
    var converted: Bool { bits & 1 == 1 }
  }

  let entries: [Entry]

  /// The keys of the scores that the rows were sorted by last.
  let keys: [UInt64]

  /// The rows that count: first those that did not convert.
  init(of leads: ScoredLeads) {
    precondition(leads.rowCount < 1 << 31, "there are fewer than 2^31 rows")
    var entries: [Entry] = []
    entries.reserveCapacity(leads.rowCount)
    let (outcomes, weights) = (leads.outcomes, leads.weights)
    for outcome in [false, true] {
      for row in outcomes.indices where outcomes[row] == outcome && (weights?[row] ?? 1) > 0 {
        entries.append(Entry(bits: UInt32(row) << 1 | (outcome ? 1 : 0)))
      }
    }
    self.entries = entries
    keys = []
  }

  private init(entries: [Entry], keys: [UInt64]) {
    self.entries = entries
    self.keys = keys
  }

  /// The rows by score; those with equal scores stay in order.
  func sorted(by scores: [Double]) -> RowOrder {
    var keys = entries.map { RadixSort.key(scores[$0.row]) }
    var rows = entries.map(\.bits)
    RadixSort.sort(&keys, with: &rows)
    return RowOrder(entries: rows.map { Entry(bits: $0) }, keys: keys)
  }
}

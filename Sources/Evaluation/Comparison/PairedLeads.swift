/// The same leads with the scores of two models.
///
/// The rows are put in the order of the first score, then the second, then the outcome, and all
/// sums run in that order: so the order in which the rows came changes no digit.
public struct PairedLeads: Sendable {
  let first: ScoredLeads
  let second: ScoredLeads

  /// The rows that count, in the order of sums.
  let order: [UInt32]

  /// The rows in the order of the second score alone.
  let secondOrder: [UInt32]

  /// Pairs two models' scores of the same leads, in the same order of rows.
  ///
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
    var rows: [UInt32] = []
    rows.reserveCapacity(first.rowCount)
    for outcome in [false, true] {
      for row in 0..<first.rowCount where first.outcomes[row] == outcome && first.weight(row) > 0 {
        rows.append(UInt32(row))
      }
    }
    Self.sort(&rows, by: second.scores)
    secondOrder = rows
    Self.sort(&rows, by: first.scores)
    order = rows
  }

  private static func sort(_ rows: inout [UInt32], by scores: [Double]) {
    var keys = rows.map { RadixSort.key(scores[Int($0)]) }
    RadixSort.sort(&keys, with: &rows)
  }

  /// The squared differences of the leads' placements by the two models, from their mean
  /// `difference`, added up over the converted leads and over the others.
  func squaredPlacementDifferences(
    from difference: Double
  ) -> (positive: Double, negative: Double) {
    var placements = [Double](repeating: 0, count: second.rowCount)
    Self.walk(second, secondOrder) { row, placement in placements[row] = placement }
    var (positive, negative) = (CompensatedSum(), CompensatedSum())
    Self.walk(first, order) { row, placement in
      let distance = placement - placements[row] - difference
      let square = first.weight(row) * distance * distance
      if first.outcomes[row] { positive.add(square) } else { negative.add(square) }
    }
    return (positive.value, negative.value)
  }

  /// Visits rows in the order of their scores, each with its placement: of a converted lead the
  /// share of the others below it, of another the share of the converted above it.
  private static func walk(
    _ leads: ScoredLeads, _ order: [UInt32], visit: (_ row: Int, _ placement: Double) -> Void
  ) {
    let groups = leads.groups
    let (positiveCount, negativeCount) = (groups.positiveCount, groups.negativeCount)
    var (positivesBelow, negativesBelow) = (0.0, 0.0)
    var index = 0
    for group in 0..<groups.count {
      let score = groups.scores[group]
      let (positive, negative) = (groups.positives[group], groups.negatives[group])
      let below = (negativesBelow + 0.5 * negative) / negativeCount
      let above = (positiveCount - positivesBelow - 0.5 * positive) / positiveCount
      while index < order.count, case let row = Int(order[index]), leads.scores[row] == score {
        visit(row, leads.outcomes[row] ? below : above)
        index += 1
      }
      positivesBelow += positive
      negativesBelow += negative
    }
  }
}

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
    let differing = (0..<first.rowCount).first {
      first.outcomes[$0] != second.outcomes[$0] || first.weight($0) != second.weight($0)
    }
    if let differing { throw .differentLeads(row: differing + 1) }
    self.first = first
    self.second = second
    let counting = (0..<first.rowCount).filter { first.weight($0) > 0 }.map { UInt32($0) }
    var rows = counting.filter { !first.outcomes[Int($0)] }
    rows += counting.filter { first.outcomes[Int($0)] }
    Self.sort(&rows, by: second.scores)
    secondOrder = rows
    Self.sort(&rows, by: first.scores)
    order = rows
  }

  private static func sort(_ rows: inout [UInt32], by scores: [Double]) {
    var keys = rows.map { RadixSort.key(scores[Int($0)]) }
    RadixSort.sort(&keys, with: &rows)
  }

  /// How each row is placed by the first model, and by the second, in the order of rows: a converted
  /// lead by the share of the others below it, another by the share of the converted above it.
  func placements() -> (first: [Double], second: [Double]) {
    (Self.placements(first, order), Self.placements(second, secondOrder))
  }

  private static func placements(_ leads: ScoredLeads, _ order: [UInt32]) -> [Double] {
    var result = [Double](repeating: 0, count: leads.rowCount)
    let groups = leads.groups
    var (positivesBelow, negativesBelow) = (0.0, 0.0)
    var index = 0
    for group in 0..<groups.count {
      let score = groups.scores[group]
      let (positive, negative) = (groups.positives[group], groups.negatives[group])
      let below = (negativesBelow + 0.5 * negative) / groups.negativeCount
      let above = (groups.positiveCount - positivesBelow - 0.5 * positive) / groups.positiveCount
      while index < order.count, case let row = Int(order[index]), leads.scores[row] == score {
        result[row] = leads.outcomes[row] ? below : above
        index += 1
      }
      positivesBelow += positive
      negativesBelow += negative
    }
    return result
  }
}

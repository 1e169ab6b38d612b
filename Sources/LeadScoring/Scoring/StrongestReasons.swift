/// The strongest reasons of each lead of a block.
///
/// Terms are gone through one after another, for all leads each, and of a lead only its weakest kept
/// share is looked at where nothing changes: about 2 ns a term and lead, if the terms that move scores
/// most come first; 4 in the model's order. A list of reasons for each lead took ten times as long.
struct StrongestReasons {
  /// The most reasons of a lead.
  let most: Int

  /// The shares of lead `row` against the average lead, from `row * most` on, strongest first; then 0.
  private(set) var shares: [Double]

  /// The term of each share.
  private(set) var terms: [Int32]

  /// Finds the reasons that `ScoredBlock.reasons` has, for all rows.
  ///
  /// - Parameter order: The positions of the terms, as they are gone through.
  init(_ block: ScoredBlock, most: Int, averages: [Double], order: [Int]) {
    let most = min(most, block.shares.count)
    self.most = most
    let count = block.probabilities.count
    var kept = [Double](repeating: 0, count: count * most)
    var terms = [Int32](repeating: 0, count: count * most)
    if most > 0 {
      for start in stride(from: 0, to: count, by: Self.rows) {
        let rows = start..<min(start + Self.rows, count)
        for term in order {
          let column = block.shares[term]
          Self.add(column.span, rows, averages[term], Int32(term), most, &kept, &terms)
        }
      }
    }
    shares = kept
    self.terms = terms
  }

  /// The leads whose reasons are found together, and stay in the nearest cache meanwhile.
  private static let rows = 512

  private static func add(
    _ column: Span<Double>, _ rows: Range<Int>, _ average: Double, _ term: Int32, _ most: Int,
    _ kept: inout [Double],
    _ terms: inout [Int32]
  ) {
    var kept = kept.mutableSpan
    var terms = terms.mutableSpan
    var last = rows.lowerBound * most + most - 1
    for row in rows {
      let share = column[row] - average
      let size = abs(share)
      if size >= abs(kept[last]) {
        // Of equal ones the model's first comes before.
        var place = last
        let first = last &- (most &- 1)
        if size == abs(kept[last]) {
          if size == 0 || term > terms[last] {
            last &+= most
            continue
          }
        }
        while place > first {
          let before = abs(kept[place &- 1])
          if before > size || (before == size && terms[place &- 1] < term) { break }
          kept[place] = kept[place &- 1]
          terms[place] = terms[place &- 1]
          place &-= 1
        }
        kept[place] = share
        terms[place] = term
      }
      last &+= most
    }
  }
}

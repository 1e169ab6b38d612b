import CKernels

/// The strongest reasons of each lead of a block.
///
/// Terms are gone through one after another, eight leads at a time, for which their place among the
/// strongest is found by comparisons alone: about 0.6 ns a term and lead.
struct StrongestReasons {
  /// The most reasons of a lead.
  let most: Int

  private let leads: Int
  private let shares: [Double]
  private let terms: [Int64]

  /// Finds the reasons that `ScoredBlock.reasons` has, for all rows.
  init(_ block: ScoredBlock, most: Int, averages: [Double]) {
    self.most = min(most, block.shares.count)
    leads = block.probabilities.count
    var shares = [Double](repeating: 0, count: leads * self.most)
    var terms = [Int64](repeating: 0, count: leads * self.most)
    if self.most > 0 {
      for (term, column) in block.shares.enumerated() {
        unsafe winnow_strongest_shares(
          column, leads, averages[term], Int64(term), self.most, &shares, &terms)
      }
    }
    self.shares = shares
    self.terms = terms
  }

  /// The share that is `rank`th in size of lead `row`, against the average lead; 0 is none.
  @inline(__always)
  func share(rank: Int, row: Int) -> Double { shares[rank &* leads &+ row] }

  /// The position of its term; those of pairs follow those of terms.
  @inline(__always)
  func term(rank: Int, row: Int) -> Int { Int(terms[rank &* leads &+ row]) }
}

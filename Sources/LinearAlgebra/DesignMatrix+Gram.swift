extension DesignMatrix {
  /// The levels from which a block is worth eliminating.
  static let eliminationThreshold = 64

  /// The weighted Gram matrix X' diag(w) X.
  ///
  /// - Parameter weights: one a row, of any sign.
  public func gram(weights: [Double]) -> GramMatrix {
    precondition(weights.count == rowCount, "\(rowCount) weights are needed")
    var result = emptyGram()
    for i in 0..<rowCount {
      let entries = entries(ofRow: i)
      for (a, x) in entries {
        for (b, y) in entries {
          let value = weights[i] * x * y
          switch (result.eliminated.contains(a), result.eliminated.contains(b)) {
          case (true, true): result.levels[a - result.eliminated.lowerBound] += value
          case (false, true):
            result.border[result.coreIndex(a), b - result.eliminated.lowerBound] += value
          case (true, false): break
          case (false, false): result.core[result.coreIndex(a), result.coreIndex(b)] += value
          }
        }
      }
    }
    return result
  }

  /// The block to be eliminated: the largest level block, if it is large enough.
  var eliminatedBlock: Int? {
    var best: Int?
    for (index, block) in blocks.enumerated() {
      guard case .levels(let levels) = block, levels.levelCount >= Self.eliminationThreshold else {
        continue
      }
      if let found = best, blocks[found].columnCount >= levels.levelCount { continue }
      best = index
    }
    return best
  }

  /// A Gram matrix of zeros.
  private func emptyGram() -> GramMatrix {
    let eliminated = eliminatedBlock.map { columns(ofBlock: $0) } ?? 0..<0
    let q = columnCount - eliminated.count
    return GramMatrix(
      eliminated: eliminated, levels: .init(repeating: 0, count: eliminated.count),
      border: Matrix(rows: q, columns: eliminated.count), core: Matrix(rows: q, columns: q))
  }

  private func entries(ofRow i: Int) -> [(Int, Double)] {
    zip(blocks, offsets).flatMap { block, offset in
      switch block {
      case .intercept: [(offset, 1.0)]
      case .dense(let dense): (0..<dense.columnCount).map { (offset + $0, dense[i, $0]) }
      case .levels(let levels): levels[i] == 0 ? [] : [(offset + levels[i] - 1, 1.0)]
      }
    }
  }
}

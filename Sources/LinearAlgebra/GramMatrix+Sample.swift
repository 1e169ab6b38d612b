extension GramMatrix {
  /// The matrix of all rows, as far as that of a sample tells.
  ///
  /// What a rare level has in common with other columns in a sample is the luck of a few rows, and a sample may lack it. So
  /// rare levels of a field are pooled: together they have what they have in the sample, and each its share of that. It is
  /// the matrix of the sample with its rare levels dealt anew, and so it keeps what every Gram matrix has: it is never negative,
  /// and columns that depend on each other do so in it.
  ///
  /// - Parameters:
  ///   - share: The sample's share of the weight.
  ///   - pools: Columns of 0 and 1 of which no row has two; no column is in two pools.
  ///   - weights: What the columns weigh in all rows (p), where there are pools.
  public consuming func extrapolated(
    share: Double, pools: [[Int]], weights: [Double]
  ) -> GramMatrix {
    precondition(
      pools.isEmpty || weights.count == columnCount, "\(columnCount) weights are needed")
    var result = self
    for pool in pools {
      let total = pool.reduce(0) { $0 + weights[$1] }
      guard total > 0 else { continue }
      result.deal(pool, shares: pool.map { weights[$0] / total })
    }
    for k in result.levels.indices { result.levels[k] /= share }
    for i in result.border.elements.indices { result.border.elements[i] /= share }
    for i in result.core.elements.indices { result.core.elements[i] /= share }
    return result
  }

  /// Gives each of some columns, of which no row has two, its share of their sums.
  private mutating func deal(_ pool: [Int], shares: [Double]) {
    guard let first = pool.first else { return }
    if eliminated.contains(first) {
      let places = pool.map { $0 - eliminated.lowerBound }
      let total = places.reduce(0) { $0 + levels[$1] }
      for (k, share) in zip(places, shares) { levels[k] = total * share }
      for i in 0..<border.rows { border.deal(places, shares, apart: border.rows, from: i) }
      return
    }
    let places = pool.map(coreIndex)
    let total = places.reduce(0) { $0 + core[$1, $1] }
    for k in levels.indices { border.deal(places, shares, apart: 1, from: k * border.rows) }
    for j in 0..<core.rows {
      core.deal(places, shares, apart: 1, from: j * core.rows)
      for i in places { core[j, i] = core[i, j] }
    }
    for (i, share) in zip(places, shares) {
      for j in places { core[i, j] = 0 }
      core[i, i] = total * share
    }
  }
}

extension Matrix {
  /// Gives each of some elements its share of their sum; they are counted from the first, so many elements apart.
  fileprivate mutating func deal(
    _ places: [Int], _ shares: [Double], apart: Int, from first: Int
  ) {
    var total = 0.0
    for place in places { total += elements[first + apart * place] }
    for (place, share) in zip(places, shares) { elements[first + apart * place] = total * share }
  }
}

import LinearAlgebra

extension EvidenceTerm {
  /// The neighbors that go the wrong way.
  func violations(by coefficients: [Double]) -> [QuadraticPenalty.Edge] {
    guard let direction else { return [] }
    let sign = direction == .up ? 1.0 : -1
    return edges.filter { sign * $0.difference(in: coefficients) < 0 }
  }

  /// Makes coefficients that go the wrong way by no more than rounding go no wrong way at all, by means of
  /// those that follow each other (the pool of adjacent violators).
  func straighten(_ coefficients: inout [Double]) {
    guard let direction else { return }
    let sign = direction == .up ? 1.0 : -1
    var pools: [(sum: Double, count: Int)] = []
    for j in columns {
      pools.append((sign * coefficients[j], 1))
      while pools.count > 1 {
        let (last, before) = (pools[pools.count - 1], pools[pools.count - 2])
        guard last.sum / Double(last.count) < before.sum / Double(before.count) else { break }
        pools.removeLast()
        pools[pools.count - 1] = (before.sum + last.sum, before.count + last.count)
      }
    }
    var column = columns.lowerBound
    for pool in pools {
      for _ in 0..<pool.count {
        coefficients[column] = sign * pool.sum / Double(pool.count)
        column += 1
      }
    }
  }
}

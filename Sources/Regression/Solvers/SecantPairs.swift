/// What the steps since the last Hessian have shown of its change: the inverse of BFGS.
///
/// Steps s and the changes y of the gradient over them correct a fixed inverse Hessian (Nocedal and
/// Wright, *Numerical Optimization*, 2nd ed., algorithm 7.4), at the price of a few products of length p.
struct SecantPairs: Sendable {
  private struct Pair {
    let step: [Double]
    let change: [Double]
    let product: Double
  }

  private var pairs: [Pair] = []

  /// Forgets all, as when a new Hessian has been computed.
  mutating func removeAll() { pairs = [] }

  /// Keeps a step and the change of the gradient over it, where the curvature along it is positive.
  mutating func append(step: [Double], change: [Double]) {
    var (step, change) = (step, change)
    for pair in pairs {
      let share = dot(step, pair.change) / pair.product
      add(-share, pair.step, to: &step)
      add(-share, pair.change, to: &change)
    }
    let product = dot(step, change)
    guard product > 0, product.isFinite else { return }
    pairs.append(Pair(step: step, change: change, product: product))
  }

  /// The inverse Hessian times a vector, where `solve` is the fixed one's.
  func solve(_ right: [Double], with solve: ([Double]) -> [Double]) -> [Double] {
    var q = right
    var shares: [Double] = []
    for pair in pairs.reversed() {
      let share = dot(pair.step, q) / pair.product
      shares.append(share)
      add(-share, pair.change, to: &q)
    }
    var r = solve(q)
    for (pair, share) in zip(pairs, shares.reversed()) {
      add(share - dot(pair.change, r) / pair.product, pair.step, to: &r)
    }
    return r
  }
}

/// The sum of products of two vectors.
func dot(_ x: [Double], _ y: [Double]) -> Double {
  precondition(x.count == y.count, "vectors of one length")
  var sum = 0.0
  for i in x.indices { sum += x[i] * y[i] }
  return sum
}

/// Adds `factor * x` to `y`.
func add(_ factor: Double, _ x: [Double], to y: inout [Double]) {
  precondition(x.count == y.count, "vectors of one length")
  for i in x.indices { y[i] += factor * x[i] }
}

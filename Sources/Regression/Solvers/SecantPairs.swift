/// What the steps since the last Hessian have shown of its change: the inverse of BFGS.
///
/// Steps s and the changes y of the gradient over them correct a fixed inverse Hessian (Nocedal and Wright, *Numerical
/// Optimization*, 2nd ed., algorithm 7.4), at the price of a few products of length p. Pairs are kept conjugate, so that what
/// one corrects another does not undo: of a quadratic function all changes then lead back to their steps, and steps of length
/// 1 come down as those of conjugate gradients do (there, theorem 5.3), without a search along them.
struct SecantPairs: Sendable {
  private struct Pair {
    let step: [Double]
    let change: [Double]
    let product: Double
  }

  /// The share of a step's curvature that is its own below which the earlier pairs say the same, or another function's.
  private static let leastShare = 1e-6

  private var pairs: [Pair] = []

  /// Forgets all, as when a new Hessian has been computed.
  mutating func removeAll() { pairs = [] }

  /// Keeps a step and the change of the gradient over it, where the curvature along it is positive.
  mutating func append(step: [Double], change: [Double]) {
    let curvature = dot(step, change)
    guard curvature > 0, curvature.isFinite else { return }
    var (ownStep, ownChange) = (step, change)
    for pair in pairs {
      let share = dot(ownStep, pair.change) / pair.product
      add(-share, pair.step, to: &ownStep)
      add(-share, pair.change, to: &ownChange)
    }
    let product = dot(ownStep, ownChange)
    if product > Self.leastShare * curvature {
      pairs.append(Pair(step: ownStep, change: ownChange, product: product))
    } else {
      pairs = [Pair(step: step, change: change, product: curvature)]
    }
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

import LinearAlgebra

extension LogisticObjective {
  /// The objective and its derivatives at one vector of coefficients.
  public struct Point: Sendable {
    /// The coefficients (p).
    public let coefficients: [Double]
    /// The objective, in nats a row.
    public let value: Double
    /// Its gradient (p), in nats a row and unit of the coefficient.
    public let gradient: [Double]
    /// What each row contributes; in the middle of a fit residuals and curvatures are not kept.
    var terms: LossTerms

    /// The linear predictors (n).
    public var eta: [Double] { terms.eta }
    /// The weights times outcome minus probability (n).
    public var residuals: [Double] { terms.residual }
    /// The weights times p (1 - p) (n): the diagonal between the two designs of the Hessian.
    public var curvature: [Double] { terms.curvature }
    /// The largest element of the gradient, without its sign.
    public var gradientNorm: Double { gradient.reduce(0) { max($0, abs($1)) } }
  }

  /// The objective and its gradient at coefficients (p).
  public func point(at coefficients: [Double]) -> Point {
    point(at: coefficients, eta: design.times(coefficients))
  }

  /// The objective and its gradient where the predictors (n) are known.
  func point(at coefficients: [Double], eta: consuming [Double]) -> Point {
    var terms = LossTerms(predictors: eta)
    terms.evaluate(outcomes: outcomes, weights: weights)
    return point(at: coefficients, terms: terms)
  }

  /// The objective and its gradient where the predictors (n) may be known; residuals and curvatures are not kept.
  func passingPoint(at coefficients: [Double], eta: consuming [Double]? = nil) -> Point {
    if let eta {
      var terms = LossTerms(keeping: eta)
      let pull = terms.pull(of: design, outcomes: outcomes, weights: weights)
      return point(at: coefficients, terms: terms, pull: pull)
    }
    var terms = LossTerms(predictorsOf: design.rowCount)
    let sums = terms.move(
      along: coefficients, fromZero: true, of: design, outcomes: outcomes, weights: weights)
    return point(at: coefficients, terms: terms, pull: sums[0])
  }

  /// The objective and its gradient where the rows' terms are known.
  ///
  /// - Parameter pull: The residuals' sums X' r (p), where they are known.
  func point(
    at coefficients: [Double], terms: consuming LossTerms, pull: [Double]? = nil
  ) -> Point {
    var gradient =
      pull
      ?? (terms.residual.count == terms.eta.count
        ? design.transposedTimes(terms.residual)
        : terms.pull(of: design, outcomes: outcomes, weights: weights))
    for (j, pull) in penalty.times(coefficients).enumerated() {
      gradient[j] = (pull - gradient[j]) / totalWeight
    }
    let value = (terms.loss + penalty(of: coefficients)) / totalWeight
    return Point(coefficients: coefficients, value: value, gradient: gradient, terms: terms)
  }

  /// What coefficients cost by the penalty, in nats.
  func penalty(of coefficients: [Double]) -> Double {
    0.5 * penalty.product(coefficients, coefficients)
  }

  /// The Hessian of the sum of losses and penalties at a point; one Gram pass over the rows.
  public func hessian(at point: Point) throws(FactorizationError) -> Hessian {
    try Hessian(information: design.gram(weights: point.curvature), penalty: penalty)
  }
}

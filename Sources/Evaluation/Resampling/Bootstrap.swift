import Parallelism

/// How far measures move when the leads are drawn anew: intervals that no formula stands behind.
///
/// In each draw a lead counts as often as an independent Poisson variable of mean 1 says, which for
/// many leads is drawing as many with replacement (Hanley and MacGibbon, *Creating non-parametric
/// bootstrap samples using Poisson frequencies*, Computer Methods and Programs in Biomedicine 83,
/// 2006), and needs no new sorting. Intervals lie between the draws' percentiles (Efron and
/// Tibshirani, *An introduction to the bootstrap*, 1993, chapter 13). The same seed gives the same
/// draws with any number of threads.
public struct Bootstrap: Sendable, Equatable, Codable {
  /// The draws.
  public let draws: Int

  /// What the draws depend on.
  public let seed: UInt64

  /// The area under the ROC curve, with the spread of the draws that hold both outcomes; nil without both.
  public let areaUnderCurve: Estimate?

  /// The mean log loss in nats, with the spread of the draws; nil where it is infinite.
  public let logLoss: Estimate?

  /// Draws leads many times, in time proportional to their number times that of the draws.
  ///
  /// A lead with a weight of 2 is two leads.
  ///
  /// - Precondition: there are two draws or more.
  /// - Throws: `EvaluationError.undrawableWeights`.
  public init(
    _ leads: ScoredLeads, draws: Int = 2000, seed: UInt64 = 1
  ) throws(EvaluationError) {
    precondition(draws >= 2, "a spread needs two draws")
    let rows = try BootstrapRows(leads.groups)
    let samples = Parallel.map(draws) { draw in rows.sample(draw, seed: seed) }
    self.draws = draws
    self.seed = seed
    let area = leads.hasBothOutcomes ? try AreaUnderCurve(leads).value : nil
    areaUnderCurve = area.flatMap { Self.estimate($0, samples.compactMap(\.areaUnderCurve)) }
    let loss = Losses.logLoss(leads).value
    logLoss = loss.isFinite ? Self.estimate(loss, samples.compactMap(\.logLoss)) : nil
  }

  /// A measure with the standard deviation and the middle 95 % of its draws.
  static func estimate(_ value: Double, _ draws: [Double]) -> Estimate? {
    guard draws.count > 1 else { return nil }
    let sorted = draws.sorted()
    let mean = sorted.reduce(0, +) / Double(sorted.count)
    let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return Estimate(
      value: value, standardError: (squares / Double(sorted.count - 1)).squareRoot(),
      interval: Interval(low: quantile(0.025, of: sorted), high: quantile(0.975, of: sorted)))
  }

  /// A quantile between sorted values: type 7 of Hyndman and Fan, *Sample quantiles in statistical
  /// packages*, The American Statistician 50 (1996), as R and NumPy have it.
  static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let position = share * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
  }
}

/// Intervals for a rate of which some successes in some trials were seen.
public enum BinomialInterval {
  /// The interval of Clopper and Pearson: it covers the rate at least as often as `level` says.
  ///
  /// Clopper and Pearson, *The use of confidence or fiducial limits illustrated in the case of the
  /// binomial*, Biometrika 26 (1934). Counts may be weighted, so need not be whole. Without trials
  /// nothing is known: 0...1.
  ///
  /// - Precondition: `0 <= successes <= trials`, and `level` is above 0 and below 1.
  public static func clopperPearson(
    successes: Double, trials: Double, level: Double = 0.95
  ) -> Interval {
    precondition(successes >= 0 && successes <= trials, "successes are 0 to the trials")
    precondition(level > 0 && level < 1, "a level is between 0 and 1")
    let tail = (1 - level) / 2
    let failures = trials - successes
    let low = BetaDistribution(a: successes, b: failures + 1)
    let high = BetaDistribution(a: successes + 1, b: failures)
    return Interval(
      low: successes > 0 ? BetaDistribution.shares(low.logitQuantile(tail)).x : 0,
      high: failures > 0 ? BetaDistribution.shares(high.logitQuantile(tail, upper: true)).x : 1)
  }
}

/// The conversions that happened over those that the probabilities add up to; 1 is right.
public struct ObservedToExpected: Sendable, Equatable {
  /// The ratio; none where nothing was expected, as all probabilities are 0.
  public let value: Double?

  /// The ratio's 95 % interval: that of Clopper and Pearson for the rate, over the expected rate.
  public let interval: Interval?

  /// Takes the ratio.
  public init(_ leads: ScoredLeads) {
    let groups = leads.groups
    var expected = CompensatedSum()
    for (index, probability) in groups.probabilities.enumerated() {
      expected.add(probability * (groups.positives[index] + groups.negatives[index]))
    }
    let rate = expected.value / leads.leadCount
    guard rate > 0 else {
      (value, interval) = (nil, nil)
      return
    }
    value = leads.converted / expected.value
    let observed = BinomialInterval.clopperPearson(
      successes: min(leads.converted, leads.leadCount), trials: leads.leadCount)
    interval = Interval(low: observed.low / rate, high: observed.high / rate)
  }
}

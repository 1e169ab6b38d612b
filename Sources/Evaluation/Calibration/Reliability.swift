/// What became of the leads in bins of equal size by score: predicted and observed rates.
///
/// Leads with one score are never split: they go into the bin where the middle one of them falls.
/// So bins may differ in size, or be left out, where scores are tied.
public struct Reliability: Sendable, Equatable {
  /// A bin, with the scores in it.
  public struct Row: Sendable, Equatable, Codable {
    /// The leads and conversions in the bin.
    public let leads: Double
    public let converted: Double

    /// The lowest and highest probability in the bin.
    public let lowestProbability: Double
    public let highestProbability: Double

    /// The mean of the probabilities.
    public let predicted: Double

    /// The share that converted, and its 95 % interval of Clopper and Pearson.
    public let observed: Double
    public let interval: Interval
  }

  /// The bins that hold leads, from low to high.
  public let rows: [Row]

  /// The mean distance of predicted and observed rates of the bins, over the leads.
  ///
  /// Naeini, Cooper and Hauskrecht, *Obtaining well calibrated probabilities using Bayesian
  /// binning*, AAAI (2015), with bins of equal size.
  public let expectedCalibrationError: Double

  /// Sorts leads into bins.
  ///
  /// - Precondition: `bins` is at least 1.
  public init(_ leads: ScoredLeads, bins: Int = 10) {
    precondition(bins > 0, "there is at least one bin")
    let groups = leads.groups
    var rows: [Row] = []
    var first = 0
    for end in Self.ends(groups, bins: bins) {
      rows.append(Self.row(groups, first..<end))
      first = end
    }
    self.rows = rows
    expectedCalibrationError = rows.reduce(0) {
      $0 + $1.leads / leads.leadCount * abs($1.predicted - $1.observed)
    }
  }

  /// Where each bin that holds groups ends.
  static func ends(_ groups: ScoreGroups, bins: Int) -> [Int] {
    var ends: [Int] = []
    var below = 0.0
    var current = 0
    for index in 0..<groups.count {
      let size = groups.positives[index] + groups.negatives[index]
      let bin = min(bins - 1, Int(Double(bins) * (below + 0.5 * size) / groups.leadCount))
      if bin != current, index > 0 { ends.append(index) }
      current = bin
      below += size
    }
    return ends + [groups.count]
  }

  private static func row(_ groups: ScoreGroups, _ range: Range<Int>) -> Row {
    var (converted, others, predicted) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
    for index in range {
      let (positive, negative) = (groups.positives[index], groups.negatives[index])
      converted.add(positive)
      others.add(negative)
      predicted.add((positive + negative) * groups.probabilities[index])
    }
    let leads = converted.value + others.value
    return Row(
      leads: leads, converted: converted.value,
      lowestProbability: groups.probabilities[range.lowerBound],
      highestProbability: groups.probabilities[range.upperBound - 1],
      predicted: predicted.value / leads, observed: converted.value / leads,
      interval: BinomialInterval.clopperPearson(successes: converted.value, trials: leads))
  }
}

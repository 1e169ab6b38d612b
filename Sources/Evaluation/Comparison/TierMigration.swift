/// Where leads go that change tiers when one model replaces another, and how they converted.
public struct TierMigration: Sendable, Equatable {
  /// The leads that have one tier from the current model and one from the candidate.
  public struct Cell: Sendable, Equatable, Codable {
    public let leads: Double
    public let converted: Double

    /// The share that converted; none in an empty cell.
    public var rate: Double? { leads > 0 ? converted / leads : nil }

    /// The 95 % interval of Clopper and Pearson for the rate; none in an empty cell.
    public var interval: Interval? {
      leads > 0 ? BinomialInterval.clopperPearson(successes: converted, trials: leads) : nil
    }
  }

  /// The names of the tiers of each model.
  public let currentTiers: [String]
  public let candidateTiers: [String]

  /// The cells: a row for each tier of the current model, a column for each of the candidate.
  public let cells: [[Cell]]

  /// Counts leads by their two tiers.
  ///
  /// - Parameters:
  ///   - currentTiers: the names of the current model's tiers.
  ///   - candidateTiers: the names of the candidate's.
  ///   - current: the tier of each lead, as a place in `currentTiers`.
  ///   - candidate: the tier of each lead, as a place in `candidateTiers`.
  ///   - outcomes: whether the lead converted.
  ///   - weights: how often each lead counts.
  /// - Throws: `EvaluationError` where lengths differ or a tier does not exist.
  public init(
    currentTiers: [String], candidateTiers: [String], current: [Int], candidate: [Int],
    outcomes: [Bool], weights: [Double]? = nil
  ) throws(EvaluationError) {
    for (what, count) in [
      ("tiers", candidate.count), ("outcomes", outcomes.count),
      ("weights", weights?.count ?? current.count),
    ] where count != current.count {
      throw .unequalLength(scores: current.count, what: what, count: count)
    }
    let width = candidateTiers.count
    var leads = [Double](repeating: 0, count: currentTiers.count * width)
    var converted = leads
    for row in current.indices {
      guard currentTiers.indices.contains(current[row]) else {
        throw .unknownTier(row: row + 1, tier: current[row], count: currentTiers.count)
      }
      guard candidateTiers.indices.contains(candidate[row]) else {
        throw .unknownTier(row: row + 1, tier: candidate[row], count: width)
      }
      let weight = weights.map { $0[row] } ?? 1
      guard weight >= 0, weight.isFinite else { throw .invalidWeight(row: row + 1, value: weight) }
      let cell = current[row] * width + candidate[row]
      leads[cell] += weight
      if outcomes[row] { converted[cell] += weight }
    }
    self.currentTiers = currentTiers
    self.candidateTiers = candidateTiers
    cells = currentTiers.indices.map { i in
      candidateTiers.indices.map { j in
        Cell(leads: leads[i * width + j], converted: converted[i * width + j])
      }
    }
  }

  /// The leads whose tier has the same name from both models, as a share of all; none without leads.
  public var unchangedShare: Double? {
    var (same, all) = (0.0, 0.0)
    for (i, row) in cells.enumerated() {
      for (j, cell) in row.enumerated() {
        all += cell.leads
        if currentTiers[i] == candidateTiers[j] { same += cell.leads }
      }
    }
    return all > 0 ? same / all : nil
  }
}

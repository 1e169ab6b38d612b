/// What working through the leads from the best score down would have won.
///
/// Where the border of a part falls into leads with one score, they share their conversions in
/// proportion, so that the order of the rows changes nothing.
public struct Gains: Sendable, Equatable {
  /// A part of the leads, from best to worst.
  public struct Row: Sendable, Equatable, Codable {
    /// The share of all leads in this part and those before it.
    public let share: Double

    /// The leads and conversions in this part; not whole where a border is shared.
    public let leads: Double
    public let converted: Double

    /// The share that converted in this part.
    public let rate: Double

    /// The lowest probability in this part.
    public let lowestProbability: Double

    /// The share of all conversions in this part and those before it.
    public let captured: Double

    /// The rate up to here over the rate of all.
    public let lift: Double
  }

  /// The parts, from best to worst.
  public let rows: [Row]

  /// Divides the leads into parts of equal size.
  ///
  /// - Precondition: `parts` is at least 1.
  /// - Throws: `EvaluationError.oneOutcome` where no lead converted.
  public init(_ leads: ScoredLeads, parts: Int = 10) throws(EvaluationError) {
    precondition(parts > 0, "there is at least one part")
    guard leads.converted > 0 else { throw .oneOutcome(converted: false) }
    var walk = Walk(leads.groups)
    var rows: [Row] = []
    for part in 1...parts {
      let share = Double(part) / Double(parts)
      let before = (walk.leads, walk.converted)
      walk.advance(to: share * leads.leadCount)
      let (count, converted) = (walk.leads - before.0, walk.converted - before.1)
      let captured = walk.converted / leads.converted
      rows.append(
        Row(
          share: share, leads: count, converted: converted, rate: converted / count,
          lowestProbability: walk.probability, captured: captured, lift: captured / share))
    }
    self.rows = rows
  }

  /// The share of all conversions among the best `share` of the leads.
  ///
  /// - Precondition: `share` is above 0 and at most 1.
  /// - Throws: `EvaluationError.oneOutcome` where no lead converted.
  public static func captured(
    best share: Double, of leads: ScoredLeads
  ) throws(EvaluationError) -> Double {
    precondition(share > 0 && share <= 1, "a share is above 0 and at most 1")
    guard leads.converted > 0 else { throw .oneOutcome(converted: false) }
    var walk = Walk(leads.groups)
    walk.advance(to: share * leads.leadCount)
    return walk.converted / leads.converted
  }

  /// How many times more often the best `share` of the leads converted than all.
  ///
  /// - Throws: `EvaluationError.oneOutcome` where no lead converted.
  public static func lift(
    best share: Double, of leads: ScoredLeads
  ) throws(EvaluationError) -> Double {
    try captured(best: share, of: leads) / share
  }

  /// A walk through the groups from the best down, that may stop inside a group.
  private struct Walk {
    let groups: ScoreGroups
    private(set) var leads = 0.0
    private(set) var converted = 0.0
    private(set) var probability = 1.0

    /// The group that is next, and the leads and conversions of the groups walked through.
    private var next: Int
    private var (wholeLeads, wholeConverted) = (0.0, 0.0)

    init(_ groups: ScoreGroups) {
      self.groups = groups
      next = groups.count - 1
    }

    mutating func advance(to target: Double) {
      while next >= 0 {
        let size = groups.positives[next] + groups.negatives[next]
        probability = groups.probabilities[next]
        guard wholeLeads + size <= target else {
          let part = max(0, (target - wholeLeads) / size)
          leads = target
          converted = wholeConverted + part * groups.positives[next]
          return
        }
        wholeLeads += size
        wholeConverted += groups.positives[next]
        next -= 1
        if wholeLeads == target { break }
      }
      (leads, converted) = (wholeLeads, wholeConverted)
    }
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How far a distribution of scores has moved: the population stability index.
///
/// The sum over bins of `(q - p) log(q / p)`, where `p` and `q` are the shares before and after; the
/// bins hold equal shares before. Below 0.1 is usually called stable, above 0.25 moved. Siddiqi,
/// *Credit risk scorecards* (2006), chapter 8.
public struct PopulationStability: Sendable, Equatable {
  /// A bin: its highest score and the shares of leads in it.
  public struct Row: Sendable, Equatable, Codable {
    /// The highest probability of the bin; infinite in the last one, so not written there.
    public let upTo: Double?
    public let before: Double
    public let after: Double
  }

  /// The index, 0 or more.
  public let value: Double

  /// The bins, from low to high.
  public let rows: [Row]

  /// Compares the probabilities of two models or two times.
  ///
  /// An empty bin counts as half a lead, since the logarithm of its share does not exist.
  ///
  /// - Precondition: `bins` is at least 1.
  public init(before: ScoredLeads, after: ScoredLeads, bins: Int = 10) {
    precondition(bins > 0, "there is at least one bin")
    let (old, new) = (before.groups, after.groups)
    let ends = Reliability.ends(old, bins: bins)
    var rows: [Row] = []
    var index = 0.0
    var (first, next) = (0, 0)
    for end in ends {
      let isLast = end == old.count
      let border = isLast ? Double.infinity : old.probabilities[end - 1]
      let share = Self.count(old, first..<end) / old.leadCount
      let start = next
      while next < new.count, new.probabilities[next] <= border { next += 1 }
      let newShare = Self.count(new, start..<next) / new.leadCount
      rows.append(Row(upTo: isLast ? nil : border, before: share, after: newShare))
      let p = max(share, 0.5 / old.leadCount)
      let q = max(newShare, 0.5 / new.leadCount)
      index += (q - p) * log(q / p)
      first = end
    }
    value = index
    self.rows = rows
  }

  private static func count(_ groups: ScoreGroups, _ range: Range<Int>) -> Double {
    var sum = CompensatedSum()
    for index in range { sum.add(groups.positives[index] + groups.negatives[index]) }
    return sum.value
  }
}

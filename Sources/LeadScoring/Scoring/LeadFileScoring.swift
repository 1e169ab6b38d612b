import DataSources
import Tables

/// The scoring of one file of leads, block by block, in memory that does not grow with the file.
public struct LeadFileScoring {
  /// What was met in the file.
  public struct Summary: Sendable {
    /// The leads scored.
    public let leads: Int

    /// The leads in each tier, in the order of the model's tiers.
    public let tierLeads: [Int]

    /// The mean of the probabilities.
    public let meanProbability: Double

    /// What became of the cells of each term's column.
    public let counts: [CellCounts]

    /// What the reader met.
    public let stream: StreamSummary
  }

  private let scorer: LeadScorer
  private let stream: LeadStream

  /// The share of a column's cells that may be unreadable before a file counts as not the right one.
  static let mostUnreadable = 0.05

  /// Creates a scoring of the leads of a stream.
  public init(_ scorer: LeadScorer, stream: LeadStream) {
    self.scorer = scorer
    self.stream = stream
  }

  /// Scores all leads: `render` makes something of each block, several at a time, and `consume` gets
  /// it in the order of the file.
  ///
  /// - Throws: what `consume` throws, `SourceError`, or `ScoringError` where too many cells cannot be
  ///   read or a column is empty.
  public func run<Rendered: Sendable>(
    render: @escaping @Sendable (ScoredBlock) -> Rendered,
    consume: (Rendered) throws -> Void
  ) throws -> Summary {
    let scorer = scorer
    var tierLeads = [Int](repeating: 0, count: scorer.model.tiers.names.count)
    var counts = [CellCounts](repeating: CellCounts(), count: scorer.model.terms.count)
    var probabilities = 0.0
    var leads = 0
    let summary: StreamSummary
    do throws(StreamError<any Error>) {
      summary = try stream.forEachBlock(
        requests: scorer.requests,
        transform: { table, firstRow throws(any Error) in
          let block = scorer.score(table, firstRow: firstRow)
          return (render(block), BlockTotals(block, tiers: scorer.model.tiers.names.count))
        },
        consume: { result throws(any Error) in
          let (rendered, totals) = result
          leads += totals.leads
          probabilities += totals.probabilities
          for (tier, count) in totals.tierLeads.enumerated() { tierLeads[tier] += count }
          for (term, part) in totals.counts.enumerated() { counts[term].add(part) }
          try consume(rendered)
        })
    } catch {
      switch error {
      case .source(let error): throw error
      case .caller(let error): throw error
      }
    }
    try check(summary, counts: counts, leads: leads)
    return Summary(
      leads: leads, tierLeads: tierLeads,
      meanProbability: leads > 0 ? probabilities / Double(leads) : .nan, counts: counts,
      stream: summary)
  }

  /// Scores of unreadable columns would be nonsense that nobody sees.
  private func check(_ summary: StreamSummary, counts: [CellCounts], leads: Int)
    throws(ScoringError)
  {
    guard leads > 0 else { return }
    for cells in summary.unreadable {
      guard let term = scorer.model.terms.firstIndex(where: { $0.name == cells.column }) else {
        continue
      }
      let present = counts[term].leads - counts[term].missing + cells.count
      guard Double(cells.count) > Self.mostUnreadable * Double(present) else { continue }
      throw .unreadableCells(
        column: cells.column, kind: scorer.model.terms[term].field.kind,
        count: cells.count,
        present: present, line: cells.firstLine, text: cells.firstText)
    }
  }
}

/// The sums of one block.
private struct BlockTotals: Sendable {
  let leads: Int
  let tierLeads: [Int]
  let probabilities: Double
  let counts: [CellCounts]

  init(_ block: ScoredBlock, tiers: Int) {
    leads = block.probabilities.count
    var tierLeads = [Int](repeating: 0, count: tiers)
    for tier in block.tiers { tierLeads[tier] += 1 }
    self.tierLeads = tierLeads
    probabilities = block.probabilities.reduce(0, +)
    counts = block.counts
  }
}

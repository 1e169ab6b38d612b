import DataSources
import FeatureEncoding
import LinearAlgebra
import Tables

/// What was met among rows of a history.
struct HistoryCounts: Sendable {
  var rows = 0
  var converted = 0
  var lost = 0
  var churned = 0
  var open = 0

  /// The rows with an outcome whose weight is 0.
  var dropped = 0

  /// The sum of the weights of rows with an outcome.
  var weight = 0.0

  /// The oldest and the newest day of creation.
  var days: ClosedRange<Double>?

  /// Adds what was met among further rows.
  mutating func add(_ other: HistoryCounts) {
    rows += other.rows
    converted += other.converted
    lost += other.lost
    churned += other.churned
    open += other.open
    dropped += other.dropped
    weight += other.weight
    guard let more = other.days else { return }
    let known = days ?? more
    days = min(known.lowerBound, more.lowerBound)...max(known.upperBound, more.upperBound)
  }
}

/// A block of rows of a history: the leads with an outcome, encoded.
struct HistoryBlock: Sendable {
  let counts: HistoryCounts

  /// 1 for converted, 0 for lost or churned.
  let outcomes: [UInt8]

  /// A weight a lead; empty where no column has them.
  let weights: [Double]

  let design: DesignMatrix

  /// Gives the bytes of outcomes, of weights if any, and of each stream of the design.
  func forEachStream<Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Void
  ) throws(Failure) {
    try body(unsafe outcomes.span.bytes)
    if !weights.isEmpty { try body(unsafe weights.span.bytes) }
    try design.forEachStream(body)
  }

  /// Makes blocks of tables.
  struct Reader: Sendable {
    private let definition: OutcomeDefinition
    private let roles: ColumnRoles
    private let encoder: BlockEncoder

    init(_ set: TrainingSet, encoder: BlockEncoder) {
      definition = set.outcomeColumn.definition
      roles = set.roles
      self.encoder = encoder
    }

    /// The columns that a table must have.
    func columns(of encoder: FeatureEncoder) -> [String] {
      encoder.fields.map(\.column)
        + [definition.column, roles.weight, roles.created].compactMap { $0 }
    }

    /// - Parameter firstRow: The rows of the history before the table's.
    func block(_ table: Table, firstRow: Int) throws(TrainingError) -> HistoryBlock {
      guard let column = table[definition.column] else {
        throw .outcome(.unknownColumn(definition.column, found: table.columnNames))
      }
      var counts = HistoryCounts()
      let outcomes: [LeadOutcome]
      do throws(OutcomeError) {
        outcomes = try OutcomeColumn(column, definition: definition).outcomes
      } catch { throw .outcome(error) }
      let caseWeights: [Double]?
      do throws(RoleError) {
        caseWeights = try TrainingSet.weights(
          of: table, column: roles.weight, firstRow: firstRow)
      } catch { throw .role(error) }
      counts.rows = table.rowCount
      var rows: [Int] = []
      for (row, outcome) in outcomes.enumerated() {
        switch outcome {
        case .converted: counts.converted += 1
        case .lost: counts.lost += 1
        case .churned: counts.churned += 1
        case .open: counts.open += 1
        }
        guard outcome != .open else { continue }
        let weight = caseWeights?[row] ?? 1
        if weight > 0 { rows.append(row) } else { counts.dropped += 1 }
        counts.weight += weight
      }
      if let created = roles.created, case .date(let days)? = table[created]?.values {
        counts.days = TrainingSet.window(days)
      }
      do throws(EncodingError) {
        return HistoryBlock(
          counts: counts, outcomes: rows.map { outcomes[$0] == .converted ? 1 : 0 },
          weights: caseWeights.map { weights in rows.map { weights[$0] } } ?? [],
          design: try encoder.encode(table, rows: rows))
      } catch { throw .encoding(error) }
    }
  }
}

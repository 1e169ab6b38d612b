import FeatureEncoding
import Parallelism
import Tables

/// The leads of a history that a fit can learn from, and what each column is for.
struct TrainingSet: Sendable {
  let table: Table
  let roles: ColumnRoles

  /// Whether the rows are in order of time, the oldest first.
  let isOrdered: Bool

  /// The outcomes of all rows of the table.
  let outcomeColumn: OutcomeColumn

  /// The rows with an outcome and a weight above 0, in the order of the table.
  let rows: [Int]

  /// 1 for converted, 0 for lost or churned, for each of `rows`.
  let outcomes: [Double]

  /// How many of `rows` are converted.
  let converted: Int

  /// The weight of each of `rows`.
  let weights: [Double]

  /// The columns to learn from.
  let features: [String]

  /// The columns that are no features.
  let leftOut: [LeftOutColumn]

  /// Which columns are lists.
  let lists: ListColumns

  /// The rows with an outcome whose weight is 0.
  let dropped: Int

  /// When leads were created; nil where nothing tells.
  let order: TimeOrder?

  /// What each row of the table holds in the columns to learn from: what samples are chosen by.
  let hashes: LeadHashes

  /// - Parameter fileRows: The rows of the file, where the table has a sample of them.
  init(_ table: Table, options: TrainingOptions, fileRows: Int? = nil) throws(TrainingError) {
    isOrdered = options.isOrdered
    do throws(OutcomeError) {
      outcomeColumn = try Self.outcomes(of: table, options: options)
    } catch { throw .outcome(error) }
    let outcomeName = outcomeColumn.definition.column
    do throws(RoleError) {
      for name in options.excluded {
        guard table[name] != nil else {
          throw .unknownColumn(name, option: "--exclude", found: table.columnNames)
        }
        guard name != outcomeName else {
          throw .twoRoles(column: name, first: "--outcome", second: "--exclude")
        }
      }
      roles = try .guess(
        in: table, identifier: options.identifier, created: options.created, weight: options.weight,
        taken: Set(options.excluded).union([outcomeName]))
      let caseWeights = try Self.weights(of: table, column: options.weight)
      let all = outcomeColumn.outcomes
      let used = indices(below: all.count) { row in
        all[row] != .open && caseWeights.map { $0[row] > 0 } ?? true
      }
      rows = used
      dropped = all.count - outcomeColumn.count(of: .open) - used.count
      weights = caseWeights.map { gathered($0, used) } ?? Self.ones(used.count)
      outcomes = unsafe filled(used.count) { range, target in
        for (offset, place) in range.enumerated() {
          unsafe (target + offset).initialize(to: all[used[place]] == .converted ? 1 : 0)
        }
      }
    } catch { throw .role(error) }
    self.table = table
    order = TimeOrder(table, rows: rows, created: roles.created, isOrdered: isOrdered)
    lists = options.lists
    guard !rows.isEmpty else { throw .outcome(.noRows(column: outcomeName)) }
    converted = outcomes.count { $0 == 1 }
    guard converted > 0, converted < rows.count else {
      throw .outcome(
        .oneClass(
          column: outcomeName, converted: converted, others: rows.count - converted,
          open: outcomeColumn.count(of: .open)))
    }
    (features, leftOut) = Self.split(
      table, outcomeName, roles, options, fileRows: fileRows ?? table.rowCount)
    hashes = LeadHashes(table, columns: features)
    do throws(RoleError) {
      try options.checkNamedColumns(in: table, features: features, leftOut: leftOut)
    } catch { throw .role(error) }
  }

  /// The outcome column that is named, or the one that looks like it.
  private static func outcomes(
    of table: Table, options: TrainingOptions
  ) throws(OutcomeError) -> OutcomeColumn {
    if let name = options.outcomeColumn {
      guard let column = table[name] else {
        throw .unknownColumn(name, found: table.columnNames)
      }
      return try OutcomeColumn(column, vocabulary: options.vocabulary)
    }
    let usual = table.columns.filter { UsualNames.outcome.contains(foldedName($0.name)) }
    guard let first = usual.first else { throw .noColumn(found: table.columnNames) }
    if usual.count == 1 { return try OutcomeColumn(first, vocabulary: options.vocabulary) }
    // Several have such a name: the one whose words are all known, if only one is.
    var readable: [OutcomeColumn] = []
    for column in usual {
      do throws(OutcomeError) {
        readable.append(try OutcomeColumn(column, vocabulary: options.vocabulary))
      } catch { continue }
    }
    guard readable.count == 1 else { throw .severalColumns(usual.map(\.name)) }
    return readable[0]
  }

  /// Weights of leads that count once.
  private static func ones(_ count: Int) -> [Double] {
    unsafe filled(count) { range, target in
      unsafe target.initialize(repeating: 1, count: range.count)
    }
  }

  /// The weight of each row of a table; nil where no column has weights.
  ///
  /// - Parameter firstRow: The rows of the file before the table's.
  static func weights(
    of table: Table, column name: String?, firstRow: Int = 0
  ) throws(RoleError) -> [Double]? {
    guard let name, let column = table[name] else { return nil }
    let numbers: [Double]
    switch column.values {
    case .numeric(let values): numbers = values.doubles
    case .flag(let flags) where flags.falseWord == "0" || flags.trueWord == "1":
      numbers = flags.codes.map { [.nan, 0, 1][Int($0)] }
    default: throw .notNumbers(column: name, found: column.kind.rawValue)
    }
    if let row = numbers.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      throw .notWeights(
        column: name, row: firstRow + row + 1,
        found: numbers[row].isNaN ? "missing" : shortest(numbers[row]))
    }
    return numbers
  }

  /// The columns to learn from, and those left out with the reason.
  private static func split(
    _ table: Table, _ outcome: String, _ roles: ColumnRoles, _ options: TrainingOptions,
    fileRows: Int
  ) -> ([String], [LeftOutColumn]) {
    var features: [String] = []
    var leftOut: [LeftOutColumn] = []
    for column in table.columns where column.name != outcome {
      let reason: String? =
        switch column.name {
        case roles.identifier: "names the lead"
        case roles.weight: "the weight of the lead"
        case roles.created: "the date of creation, from which other dates count"
        case let name where options.excluded.contains(name): "excluded"
        default:
          IdentifierCheck.reason(column, isPlain: options.form == .plain, fileRows: fileRows)
        }
      if let reason {
        leftOut.append(LeftOutColumn(name: column.name, reason: reason))
      } else {
        features.append(column.name)
      }
    }
    return (features, leftOut)
  }

  /// From which day dates count: the lead's creation, else the newest date in the history.
  var dateReference: DateReference {
    if let created = roles.created { return .column(created) }
    var newest = 0.0
    for name in features {
      if case .date(let days)? = table[name]?.values {
        newest = Self.window(days).map { max(newest, $0.upperBound) } ?? newest
      }
    }
    return .day(newest.rounded(.down))
  }

  /// The oldest and the newest day of creation.
  var window: (from: String, to: String)? {
    guard let created = roles.created, case .date(let days)? = table[created]?.values else {
      return nil
    }
    return Self.window(days).map {
      (CalendarDay.text($0.lowerBound), CalendarDay.text($0.upperBound))
    }
  }

  /// The first and the last of some days; nil where none is known.
  static func window(_ days: Numbers) -> ClosedRange<Double>? {
    let parts = Parallel.mapParts(of: days.count) { days.bounds(of: $0) }.compactMap { $0 }
    let from = parts.reduce(.infinity) { min($0, $1.lowerBound) }
    let to = parts.reduce(-.infinity) { max($0, $1.upperBound) }
    return from <= to ? from...to : nil
  }

  /// The same leads, but only some of them.
  ///
  /// - Parameter positions: Positions in `rows`, rising.
  func keeping(_ positions: [Int]) -> LearningRows { learningRows.keeping(positions) }

  /// The error of an encoding that may lack features, with all that is known of why.
  func error(_ error: EncodingError) -> TrainingError {
    guard error == .noFeatures else { return .encoding(error) }
    return .noFeatures(
      leftOut + features.map { LeftOutColumn(name: $0, reason: Self.uninformative) })
  }

  /// Why an encoder drops a column.
  static let uninformative = "the same in every row, or only rare levels"

  /// All leads.
  var learningRows: LearningRows { LearningRows(rows: rows, outcomes: outcomes, weights: weights) }
}

/// Rows of a table with their outcomes and weights.
struct LearningRows: Sendable {
  let rows: [Int]
  let outcomes: [Double]
  let weights: [Double]

  /// Some of the rows.
  ///
  /// - Parameter positions: Positions among them, rising.
  func keeping(_ positions: [Int]) -> LearningRows {
    LearningRows(
      rows: gathered(rows, positions), outcomes: gathered(outcomes, positions),
      weights: gathered(weights, positions))
  }

  /// The weights, where a lead counts other than once; nil where none does: such leads are sorted faster.
  var caseWeights: [Double]? {
    Parallel.allSatisfy(weights.count) { weights[$0].allSatisfy { $0 == 1 } } ? nil : weights
  }

  /// Whether both outcomes occur.
  var hasBothOutcomes: Bool { outcomes.contains(1) && outcomes.contains(0) }
}

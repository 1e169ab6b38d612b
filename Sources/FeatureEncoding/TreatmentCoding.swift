import Tables

/// Columns as R's `glm` codes them: numbers as they are, and of each category every level but the
/// first gets an indicator.
///
/// Rows that lack a value are left out, as R's `na.omit` does.
public struct TreatmentCoding: Sendable {
  /// A coded column of the table.
  public struct Field: Equatable, Sendable {
    /// The name of the table's column.
    public let name: String

    /// The levels in sorted order, the reference first, with the leads (sum of weights) of each; nil
    /// for a number.
    public let levels: [(name: String, leads: Double)]?

    /// The first of its design columns.
    public let offset: Int

    /// The number of its design columns.
    public var count: Int { levels.map { $0.count - 1 } ?? 1 }

    public static func == (first: Field, second: Field) -> Bool {
      first.name == second.name && first.offset == second.offset
        && first.levels?.map(\.name) == second.levels?.map(\.name)
    }
  }

  /// The coded columns, in the order given.
  public let fields: [Field]

  /// The names of the design columns: `age`, `race=black`.
  public let columnNames: [String]

  /// The design columns, without the intercept.
  public let columns: [[Double]]

  /// The rows of the table that have every value, in the order given.
  public let rows: [Int]

  /// The columns that do not differ over these rows, and are not coded.
  public let constants: [String]

  /// Codes columns of a table.
  ///
  /// - Parameters:
  ///   - names: Columns of numbers, flags and categories.
  ///   - rows: The rows to code; `weights` has one for each. A row of weight 0 is coded, but neither
  ///     its level nor its number makes a column that the other rows do not.
  /// - Throws: `EncodingError` where a column is not there or is of another kind, no row is complete,
  ///   or no column differs.
  public init(
    _ table: Table, columns names: [String], rows: [Int], weights: [Double]
  ) throws(EncodingError) {
    var sources: [(column: Column, cells: TreatmentCells)] = []
    for name in names {
      guard let column = table[name] else {
        throw .missingColumn(name, found: table.columnNames)
      }
      sources.append((column, try TreatmentCells(column)))
    }
    let kept = rows.indices.filter { index in
      sources.allSatisfy { !$0.cells.isMissing(row: rows[index]) }
    }
    if kept.isEmpty, !rows.isEmpty { throw Self.noCompleteRow(sources, rows: rows) }
    let keptRows = kept.map { rows[$0] }
    let keptWeights = kept.map { weights[$0] }
    var fields: [Field] = []
    var columnNames: [String] = []
    var columns: [[Double]] = []
    var constants: [String] = []
    for (column, cells) in sources {
      let coded = cells.coded(rows: keptRows, weights: keptWeights)
      guard coded.varies else {
        constants.append(column.name)
        continue
      }
      fields.append(Field(name: column.name, levels: coded.levels, offset: columns.count))
      columnNames += coded.suffixes.map { column.name + $0 }
      columns += coded.columns
    }
    guard !fields.isEmpty else { throw .noFeatures }
    self.fields = fields
    self.columnNames = columnNames
    self.columns = columns
    self.rows = keptRows
    self.constants = constants
  }

  /// The error that names the column with the most missing values, the first of several.
  private static func noCompleteRow(
    _ sources: [(column: Column, cells: TreatmentCells)], rows: [Int]
  ) -> EncodingError {
    var worst = (name: "", missing: -1)
    for (column, cells) in sources {
      let missing = rows.count { cells.isMissing(row: $0) }
      if missing > worst.missing { worst = (column.name, missing) }
    }
    return .noCompleteRow(column: worst.name, missing: worst.missing, rows: rows.count)
  }
}

/// The cells of a column, as numbers or as codes of words.
private enum TreatmentCells {
  case numbers([Double])
  case words(codes: [Int], levels: [String])

  init(_ column: Column) throws(EncodingError) {
    switch column.values {
    case .numeric(let numbers): self = .numbers(numbers.doubles)
    case .flag(let flags):
      if flags.falseWord == "0", flags.trueWord == "1" {
        self = .numbers(flags.codes.map { $0 == 0 ? .nan : Double($0 - 1) })
      } else {
        self = .words(
          codes: flags.codes.map(Int.init), levels: [flags.falseWord, flags.trueWord])
      }
    case .category(let categories):
      let distinct = DistinctLevels(categories.levels)
      let codes = [0] + distinct.places.map { $0 + 1 }
      self = .words(codes: categories.codes.entries(of: codes), levels: distinct.names)
    case .date, .text:
      throw .differentKind(
        column: column.name, expected: "numeric, flag or category", found: column.kind.rawValue)
    }
  }

  func isMissing(row: Int) -> Bool {
    switch self {
    case .numbers(let numbers): numbers[row].isNaN
    case .words(let codes, _): codes[row] == 0
    }
  }

  struct Coded {
    var columns: [[Double]]
    var suffixes: [String]
    var levels: [(name: String, leads: Double)]?
    var varies: Bool
  }

  func coded(rows: [Int], weights: [Double]) -> Coded {
    switch self {
    case .numbers(let numbers):
      let values = rows.map { numbers[$0] }
      return Coded(
        columns: [values], suffixes: [""], levels: nil,
        varies: Self.varies(values, weights))
    case .words(let codes, let words):
      var leads = [Double](repeating: 0, count: words.count + 1)
      for (index, row) in rows.enumerated() { leads[codes[row]] += weights[index] }
      let order = Self.sorted(words.indices.filter { leads[$0 + 1] > 0 }, words)
      let columns = order.dropFirst().map { level in
        rows.map { codes[$0] == level + 1 ? 1.0 : 0.0 }
      }
      return Coded(
        columns: columns, suffixes: order.dropFirst().map { "=" + words[$0] },
        levels: order.map { (words[$0], leads[$0 + 1]) }, varies: order.count > 1)
    }
  }

  /// Whether numbers differ over the rows that weigh something.
  private static func varies(_ values: [Double], _ weights: [Double]) -> Bool {
    guard let first = weights.firstIndex(where: { $0 > 0 }) else { return false }
    return zip(values, weights).contains { $0 != values[first] && $1 > 0 }
  }

  /// Sorted as numbers if all are, as R sorts a factor made of numbers; else, and where two spell the
  /// same number, by bytes.
  private static func sorted(_ order: [Int], _ words: [String]) -> [Int] {
    let byBytes = order.sorted { precedes(words[$0], words[$1]) }
    let numbers = byBytes.compactMap { Double(words[$0]) }.filter(\.isFinite)
    guard numbers.count == order.count else { return byBytes }
    return zip(byBytes, numbers).enumerated().sorted {
      ($0.element.1, $0.offset) < ($1.element.1, $1.offset)
    }.map(\.element.0)
  }
}

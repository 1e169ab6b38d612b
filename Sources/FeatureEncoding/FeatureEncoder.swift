import LinearAlgebra
import Parallelism
import Tables

/// What numbers and dates become.
public enum NumberForm: Equatable, Sendable {
  /// A straight line each.
  case lines
  /// A line, a curve around it and own levels of frequent values each.
  ///
  /// - knots: How many knots a curve of many values has.
  case curves(knots: Int)
}

/// What training taught about columns, and the way from a table to a design matrix.
public struct FeatureEncoder: Equatable, Sendable {
  /// The encoded columns, in the order of the table.
  public let fields: [FieldEncoding]

  /// From which day date columns count.
  public let dateReference: DateReference

  /// Columns that were left out because they say what another says, with the name of that.
  public let duplicates: [String: String]

  /// Creates an encoder from what a model file holds.
  public init(
    fields: [FieldEncoding], dateReference: DateReference, duplicates: [String: String] = [:]
  ) {
    self.fields = fields
    self.dateReference = dateReference
    self.duplicates = duplicates
  }

  /// Learns how to encode columns.
  ///
  /// Outcomes decide no more than whether a long-tailed number is taken as its logarithm. What is
  /// learned does not depend on the order of rows, apart from the last digits of a mean.
  /// - Parameters:
  ///   - columns: The names of the columns to learn from; text columns are passed over.
  ///   - rows: The rows to learn from.
  ///   - weights: A weight for each of `rows`, not negative; a weight of two counts as two leads.
  ///   - outcomes: 0 or 1 for each of `rows`.
  ///   - form: What numbers and dates become; with curves, categories may also become words and lists.
  ///   - lists: Which columns hold several values a cell.
  ///   - directions: Which way the curves of some columns may go.
  /// - Throws: `EncodingError` where a column is not there or none tells leads apart.
  public init(
    learning table: Table, columns: [String], rows: [Int], weights: [Double],
    outcomes: [Double]? = nil, form: NumberForm = .lines,
    directions: [String: CurveEncoding.Direction] = [:], lists: ListColumns = ListColumns(),
    dateReference: DateReference
  ) throws(EncodingError) {
    let reference = try ReferenceDays(dateReference, in: table)
    var found: [Column] = []
    for name in columns {
      guard let column = table[name] else {
        throw .missingColumn(name, found: table.columnNames)
      }
      found.append(column)
    }
    let chosen = found
    let spare = SpareArrays(count: rows.count)
    let picked = TableRows(rows, of: table)
    // Ones are as much memory to go through as a column.
    let areOnes = Parallel.allSatisfy(weights.count) { weights[$0].allSatisfy { $0 == 1 } }
    let varying = areOnes ? nil : weights
    let learned = Parallel.map(chosen.count) { index -> FieldEncoding? in
      Self.learn(
        chosen[index], rows: picked, weights: varying, outcomes: outcomes, form: form,
        direction: directions[chosen[index].name], lists: lists, reference: reference,
        spare: spare)
    }
    let fields = learned.compactMap { $0 }.filter(\.isInformative)
    let duplicates = Self.duplicates(
      fields, in: table, rows: picked, weights: weights, reference: reference)
    self.init(
      fields: fields.filter { duplicates[$0.name] == nil }, dateReference: dateReference,
      duplicates: duplicates)
    guard !fields.isEmpty else { throw .noFeatures }
  }

  /// The curves that are another one over again.
  private static func duplicates(
    _ fields: [FieldEncoding], in table: Table, rows: TableRows, weights: [Double],
    reference: ReferenceDays
  ) -> [String: String] {
    var names: [String] = []
    var columns: [[Double]] = []
    for field in fields {
      switch (field.rule, table[field.name]?.values) {
      case (.curve, .numeric(let numbers)?):
        columns.append(FieldNumbers(numbers, rows: rows).all)
      case (.dateCurve, .date(let days)?):
        columns.append(FieldNumbers(days, rows: rows, before: reference).all)
      default: continue
      }
      names.append(field.name)
    }
    var duplicates: [String: String] = [:]
    for (index, original) in DuplicateNumbers(columns, weights: weights).originals.enumerated() {
      if let original { duplicates[names[index]] = names[original] }
    }
    return duplicates
  }

  private static func learn(
    _ column: Column, rows: TableRows, weights: [Double]?, outcomes: [Double]?, form: NumberForm,
    direction: CurveEncoding.Direction?, lists: ListColumns, reference: ReferenceDays,
    spare: SpareArrays
  ) -> FieldEncoding? {
    func line(_ field: FieldNumbers) -> NumericEncoding {
      // Leads that do not all count once are taken one by one.
      if weights == nil, let counts = outcomes.flatMap({ field.wholeNumbers(outcomes: $0) }) {
        return NumericEncoding(
          learning: counts.values, weights: counts.leads, outcomes: counts.shares)
      }
      return spare.with { numbers in
        field.write(0..<field.count, to: &numbers)
        return NumericEncoding(
          learning: numbers, weights: weights, outcomes: outcomes, spare: spare)
      }
    }
    func learned(_ field: FieldNumbers, isDate: Bool) -> FieldEncoding {
      switch form {
      case .lines:
        let encoding = line(field)
        return FieldEncoding(
          name: column.name, rule: isDate ? .date(encoding) : .numeric(encoding))
      case .curves(let knots):
        let encoding = spare.with { numbers in
          field.write(0..<field.count, to: &numbers)
          return CurveEncoding(
            learning: numbers, weights: weights, knots: knots, direction: direction)
        }
        return FieldEncoding(
          name: column.name, rule: isDate ? .dateCurve(encoding) : .curve(encoding))
      }
    }
    switch column.values {
    case .numeric(let numbers): return learned(FieldNumbers(numbers, rows: rows), isDate: false)
    case .date(let days):
      return learned(FieldNumbers(days, rows: rows, before: reference), isDate: true)
    case .flag(let flags):
      let leads = rows.leads(byCodes: flags.codes, count: 3, weights: weights)
      let encoding = FlagEncoding(
        falseWord: flags.falseWord, trueWord: flags.trueWord, trueLeads: leads[2],
        falseLeads: leads[1], missingLeads: leads[0])
      return FieldEncoding(name: column.name, rule: .flag(encoding))
    case .category(let categories):
      let leads = rows.leads(
        byCodes: categories.codes, count: categories.levels.count + 1, weights: weights)
      return FieldEncoding(
        name: column.name,
        rule: Self.rule(
          categories.levels, leads: Array(leads.dropFirst()), missingLeads: leads[0],
          name: column.name, lists: form == .lines ? nil : lists))
    case .text:
      return nil
    }
  }

  /// How a category becomes codes; `lists` nil leaves it at its levels.
  private static func rule(
    _ levels: [String], leads: [Double], missingLeads: Double, name: String, lists: ListColumns?
  ) -> FieldEncoding.Rule {
    let category = CategoryEncoding(
      tableLevels: levels, leads: leads, missingLeads: missingLeads)
    guard let lists, !lists.refused.contains(name) else { return .category(category) }
    if let separator = ListDetection(levels, leads: leads, isAsked: lists.asked.contains(name))
      .separator
    {
      return .list(
        ListEncoding(
          separator: separator, tableLevels: levels, leads: leads, missingLeads: missingLeads))
    }
    return WordsEncoding(category: category, tableLevels: levels, leads: leads).map { .words($0) }
      ?? .category(category)
  }

  /// Where each field's coefficients are among the columns of the design matrix.
  public var layout: DesignLayout { DesignLayout(fields) }

  /// The design matrix of rows of a table: the intercept, the lines, the marks, the hats of curves, then blocks of levels,
  /// then those of sets.
  ///
  /// - Throws: `EncodingError` where a column is not there or holds another kind of values.
  public func encode(_ table: Table, rows: [Int]) throws(EncodingError) -> DesignMatrix {
    try encode(table, rows: rows, levels: nil, precision: Self.precision(rowCount: rows.count))
  }

  /// - Parameter levels: For each field what becomes of its column's levels, where that is known.
  func encode(
    _ table: Table, rows: [Int], levels: [FieldLevels?]?, precision: DenseBlock.Precision
  ) throws(EncodingError) -> DesignMatrix {
    let reference = try ReferenceDays(dateReference, in: table)
    var sources: [Column] = []
    for field in fields {
      guard let column = table[field.column] else {
        throw .missingColumn(field.column, found: table.columnNames)
      }
      try field.check(column)
      sources.append(column)
    }
    let columns = sources
    let picked = TableRows(rows, of: table)
    let encoded = Parallel.map(fields.count) { index -> EncodedField in
      fields[index].encode(
        columns[index], rows: picked, levels: levels?[index], reference: reference)
    }
    var dense: [DenseBlock.Fill] = []
    var marks: [MarkBlocks.Mark] = []
    var hats: [DesignBlock] = []
    var blocks: [DesignBlock] = []
    var sets: [DesignBlock] = []
    for result in encoded {
      switch result {
      case .columns(let values, let found):
        dense += values
        marks += found
      case .levels(let levels): blocks.append(.levels(levels))
      case .sets(let block, let levels):
        sets.append(.sets(block))
        if let levels { blocks.append(.levels(levels)) }
      case .curve(let values, let found, let curve, let levels):
        dense += values
        marks += found
        if let curve { hats.append(.hats(curve)) }
        if let levels { blocks.append(.levels(levels)) }
      }
    }
    let denseBlocks: [DesignBlock] =
      dense.isEmpty
      ? [] : [.dense(DenseBlock(rowCount: rows.count, columns: dense, precision: precision))]
    do {
      return try DesignMatrix(
        blocks: [.intercept] + denseBlocks
          + MarkBlocks(marks, rowCount: rows.count, precision: precision).blocks + hats + blocks
          + sets, rowCount: rows.count)
    } catch {
      preconditionFailure("an encoder's blocks have the rows it gave them: \(error)")
    }
  }

  /// The rows above which dense columns are stored in 32 bits: standardised values lose nothing that
  /// many leads could show, and the memory halves.
  static let singlePrecisionRows = 200_000

  /// How exactly dense columns of so many rows are kept.
  static func precision(rowCount: Int) -> DenseBlock.Precision {
    rowCount > singlePrecisionRows ? .single : .double
  }
}

import LinearAlgebra
import Parallelism
import Tables

/// What training taught about columns, and the way from a table to a design matrix.
public struct FeatureEncoder: Equatable, Sendable {
  /// The encoded columns, in the order of the table.
  public let fields: [FieldEncoding]

  /// From which day date columns count.
  public let dateReference: DateReference

  /// Creates an encoder from what a model file holds.
  public init(fields: [FieldEncoding], dateReference: DateReference) {
    self.fields = fields
    self.dateReference = dateReference
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
  /// - Throws: `EncodingError` where a column is not there or none tells leads apart.
  public init(
    learning table: Table, columns: [String], rows: [Int], weights: [Double],
    outcomes: [Double]? = nil, dateReference: DateReference
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
    let learned = Parallel.map(chosen.count) { index -> FieldEncoding? in
      Self.learn(
        chosen[index], rows: rows, weights: weights, outcomes: outcomes, reference: reference)
    }
    self.init(
      fields: learned.compactMap { $0 }.filter(\.isInformative), dateReference: dateReference)
    guard !fields.isEmpty else { throw .noFeatures }
  }

  private static func learn(
    _ column: Column, rows: [Int], weights: [Double], outcomes: [Double]?, reference: ReferenceDays
  ) -> FieldEncoding? {
    let weightOf = { (index: Int) in weights[index] }
    let outcomeOf = outcomes.map { outcomes in { (index: Int) in outcomes[index] } }
    switch column.values {
    case .numeric(let numbers):
      let encoding = NumericEncoding(
        count: rows.count, value: { numbers[rows[$0]] }, weight: weightOf, outcome: outcomeOf)
      return FieldEncoding(name: column.name, rule: .numeric(encoding))
    case .date(let days):
      let encoding = NumericEncoding(
        count: rows.count, value: { reference.daysBefore(days[rows[$0]], row: rows[$0]) },
        weight: weightOf, outcome: outcomeOf)
      return FieldEncoding(name: column.name, rule: .date(encoding))
    case .flag(let flags):
      var leads = [0.0, 0.0, 0.0]
      for (index, row) in rows.enumerated() { leads[Int(flags.codes[row])] += weights[index] }
      let encoding = FlagEncoding(
        falseWord: flags.falseWord, trueWord: flags.trueWord, trueLeads: leads[2],
        falseLeads: leads[1], missingLeads: leads[0])
      return FieldEncoding(name: column.name, rule: .flag(encoding))
    case .category(let categories):
      var leads = [Double](repeating: 0, count: categories.levels.count + 1)
      for (index, row) in rows.enumerated() { leads[Int(categories.codes[row])] += weights[index] }
      let encoding = CategoryEncoding(
        tableLevels: categories.levels, leads: Array(leads.dropFirst()), missingLeads: leads[0])
      return FieldEncoding(name: column.name, rule: .category(encoding))
    case .text:
      return nil
    }
  }

  /// Where each field's coefficients are among the columns of the design matrix.
  public var layout: DesignLayout { DesignLayout(fields) }

  /// The design matrix of rows of a table: the intercept, the dense columns, then a block of levels a
  /// category.
  ///
  /// - Throws: `EncodingError` where a column is not there or holds another kind of values.
  public func encode(_ table: Table, rows: [Int]) throws(EncodingError) -> DesignMatrix {
    let reference = try ReferenceDays(dateReference, in: table)
    var sources: [Column] = []
    for field in fields {
      guard let column = table[field.name] else {
        throw .missingColumn(field.name, found: table.columnNames)
      }
      try field.check(column)
      sources.append(column)
    }
    let columns = sources
    let encoded = Parallel.map(fields.count) { index -> EncodedField in
      fields[index].encode(columns[index], rows: rows, reference: reference)
    }
    var dense: [[Double]] = []
    var blocks: [DesignBlock] = []
    for (field, result) in zip(fields, encoded) {
      switch result {
      case .columns(let columns): dense += columns
      case .codes(let codes):
        blocks.append(.levels(LevelBlock(codes: codes, levelCount: field.coefficientCount)))
      }
    }
    let precision: DenseBlock.Precision = rows.count > Self.singlePrecisionRows ? .single : .double
    let denseBlocks: [DesignBlock] =
      dense.isEmpty ? [] : [.dense(DenseBlock(columns: dense, precision: precision))]
    do {
      return try DesignMatrix(blocks: [.intercept] + denseBlocks + blocks, rowCount: rows.count)
    } catch {
      preconditionFailure("an encoder's blocks have the rows it gave them: \(error)")
    }
  }

  /// The rows above which dense columns are stored in 32 bits: standardised values lose nothing that
  /// many leads could show, and the memory halves.
  static let singlePrecisionRows = 200_000
}

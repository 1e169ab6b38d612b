import LinearAlgebra
import Tables

/// The numbers that a field's cells became.
enum EncodedField: Sendable {
  /// Dense columns: the standardised value or flag, then the missing indicator.
  case columns([[Double]])

  /// A code a row, 0 without a coefficient.
  case codes([UInt32])

  /// A block of sets, beside one of levels where the field has such.
  case sets(SetBlock, LevelBlock?)

  /// Dense columns, hats on knots and codes of levels, where the field has such.
  case curve([[Double]], HatBlock?, LevelBlock?)
}

extension FieldEncoding {
  /// - Throws: `EncodingError.differentKind` where a column cannot be read by this field's rule.
  func check(_ column: Column) throws(EncodingError) {
    let fits =
      switch (rule, column.values) {
      case (.numeric, .numeric), (.category, .category), (.words, .category), (.list, .category),
        (.flag, .flag), (.date, .date), (.datePart, .date),
        (.curve, .numeric), (.dateCurve, .date):
        true
      default: false
      }
    guard fits else {
      throw .differentKind(column: name, expected: kindName, found: column.kind.rawValue)
    }
  }

  /// The kind of column that this field reads.
  public var kind: ColumnKind {
    switch rule {
    case .numeric, .curve: .numeric
    case .category, .words, .list: .category
    case .flag: .flag
    case .date, .dateCurve, .datePart: .date
    }
  }

  private var kindName: String { kind.rawValue }

  /// Encodes rows of a column that `check` has accepted.
  func encode(_ column: Column, rows: [Int], reference: ReferenceDays) -> EncodedField {
    switch (rule, column.values) {
    case (.numeric(let encoding), .numeric(let numbers)):
      return .columns(encoding.columns(count: rows.count) { numbers[rows[$0]] })
    case (.date(let encoding), .date(let days)):
      return .columns(
        encoding.columns(count: rows.count) { reference.daysBefore(days[rows[$0]], row: rows[$0]) })
    case (.flag(let encoding), .flag(let flags)):
      var columns: [[Double]] = []
      if encoding.varies { columns.append(rows.map { flags.codes[$0] == 2 ? 1 : 0 }) }
      if encoding.hasMissing { columns.append(rows.map { flags.codes[$0] == 0 ? 1 : 0 }) }
      return .columns(columns)
    case (.category(let encoding), .category(let categories)):
      let recoding = encoding.recoding(categories.levels)
      return .codes(rows.map { recoding[Int(categories.codes[$0])] })
    case (.words(let encoding), .category(let categories)):
      let recoding = encoding.category.recoding(categories.levels)
      let codes = rows.map { categories.codes[$0] }
      return .sets(
        encoding.block(codes: codes, tableLevels: categories.levels),
        encoding.category.coefficientCount > 0
          ? LevelBlock(
            codes: codes.map { recoding[Int($0)] }, levelCount: encoding.category.coefficientCount)
          : nil)
    case (.list(let encoding), .category(let categories)):
      return .sets(
        encoding.block(
          codes: rows.map { categories.codes[$0] }, tableLevels: categories.levels), nil)
    case (.datePart(let encoding), .date(let days)):
      return .codes(encoding.codes(of: rows.map { days[$0] }))
    case (.curve(let encoding), .numeric(let numbers)):
      return encoding.encoded(rows.map { numbers[$0] })
    case (.dateCurve(let encoding), .date(let days)):
      return encoding.encoded(rows.map { reference.daysBefore(days[$0], row: $0) })
    default:
      preconditionFailure("column \"\(column.name)\" was not checked")
    }
  }
}

extension CurveEncoding {
  func encoded(_ numbers: [Double]) -> EncodedField {
    .curve(
      line.columns(count: numbers.count) { numbers[$0] },
      knots.isEmpty ? nil : HatBlock(values: numbers, knots: knots),
      levels.isEmpty
        ? nil
        : LevelBlock(codes: numbers.map { UInt32(levelCode(of: $0)) }, levelCount: levels.count))
  }
}

extension NumericEncoding {
  /// The dense columns of numbers: the standardised value, then the missing indicator.
  func columns(count: Int, value: (Int) -> Double) -> [[Double]] {
    var columns: [[Double]] = []
    if varies { columns.append((0..<count).map { standardized(value($0)) }) }
    if hasMissing { columns.append((0..<count).map { value($0).isNaN ? 1 : 0 }) }
    return columns
  }
}

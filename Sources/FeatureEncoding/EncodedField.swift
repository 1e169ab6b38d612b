import CKernels
import LinearAlgebra
import Tables

/// The numbers that a field's cells became.
enum EncodedField: Sendable {
  /// Standardised values, and marks: a flag, a missing value.
  ///
  /// They are computed where they are stored: kept by themselves they would take 8 bytes a value more.
  case columns([DenseBlock.Fill], marks: [MarkBlocks.Mark])

  /// A code a row, 0 without a coefficient.
  case levels(LevelBlock)

  /// A block of sets, beside one of levels where the field has such.
  case sets(SetBlock, LevelBlock?)

  /// Values and marks, hats on knots and codes of levels, where the field has such.
  case curve([DenseBlock.Fill], marks: [MarkBlocks.Mark], HatBlock?, LevelBlock?)
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
  ///
  /// - Parameter levels: What becomes of the column's levels, where that is known.
  func encode(
    _ column: Column, rows picked: TableRows, levels: FieldLevels?, reference: ReferenceDays
  ) -> EncodedField {
    let rows = picked.numbers
    switch (rule, column.values) {
    case (.numeric(let encoding), .numeric(let numbers)):
      let numbers = FieldNumbers(numbers, rows: picked)
      return .columns(encoding.values(numbers), marks: encoding.marks(numbers))
    case (.date(let encoding), .date(let days)):
      let days = FieldNumbers(days, rows: picked, before: reference)
      return .columns(encoding.values(days), marks: encoding.marks(days))
    case (.flag(let encoding), .flag(let flags)):
      precondition(flags.codes.count == picked.tableCount, "codes of all rows")
      return .columns(
        [],
        marks: ((encoding.varies ? [2] : []) + (encoding.hasMissing ? [0] : [])).map { code in
          { places, bits in
            unsafe picked.with(places) { rows, count in
              unsafe winnow_mark_code(flags.codes, code, rows, count, bits.bit, bits.bytes)
            }
          }
        })
    case (.category(let encoding), .category(let categories)):
      let levels = levels ?? FieldLevels(rule, levels: categories.levels)
      return .levels(
        levels.block(categories.codes, rows: rows, levelCount: encoding.coefficientCount))
    case (.words(let encoding), .category(let categories)):
      let levels = levels ?? FieldLevels(rule, levels: categories.levels)
      let count = encoding.category.coefficientCount
      return .sets(
        levels.setBlock(categories.codes, rows: rows),
        count > 0 ? levels.block(categories.codes, rows: rows, levelCount: count) : nil)
    case (.list, .category(let categories)):
      let levels = levels ?? FieldLevels(rule, levels: categories.levels)
      return .sets(levels.setBlock(categories.codes, rows: rows), nil)
    case (.datePart(let encoding), .date(let days)):
      return .levels(
        LevelBlock(
          codes: encoding.codes(of: days.rows(rows)), levelCount: coefficientCount))
    case (.curve(let encoding), .numeric(let numbers)):
      return encoding.encoded(FieldNumbers(numbers, rows: picked))
    case (.dateCurve(let encoding), .date(let days)):
      return encoding.encoded(FieldNumbers(days, rows: picked, before: reference))
    default:
      preconditionFailure("column \"\(column.name)\" was not checked")
    }
  }
}

extension CurveEncoding {
  func encoded(_ field: FieldNumbers) -> EncodedField {
    let numbers = knots.isEmpty && levels.isEmpty ? [] : field.all
    return .curve(
      line.values(field), marks: line.marks(field),
      knots.isEmpty ? nil : HatBlock(values: numbers, knots: knots),
      levels.isEmpty
        ? nil
        : LevelBlock(codes: numbers.map { UInt32(levelCode(of: $0)) }, levelCount: levels.count))
  }
}

extension NumericEncoding {
  /// The column of standardised values, where they vary.
  func values(_ numbers: FieldNumbers) -> [DenseBlock.Fill] {
    guard varies else { return [] }
    let table = numbers.count >= WholeNumbers.fewestRows ? wholeNumbers ?? [] : []
    return [
      { range, target in
        numbers.write(range, to: &target)
        if !table.isEmpty {
          let last = UInt32(table.count - 2)
          if unsafe winnow_standardize_whole(&target, target.count, table, last) != 0 { return }
          // Some were replaced.
          numbers.write(range, to: &target)
        }
        standardize(&target)
      }
    ]
  }

  /// The column of missing values, where there are some.
  func marks(_ numbers: FieldNumbers) -> [MarkBlocks.Mark] {
    guard hasMissing else { return [] }
    return [{ places, bits in numbers.markMissing(places, bits) }]
  }
}

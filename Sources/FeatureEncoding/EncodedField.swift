import CKernels
import LinearAlgebra
import Tables

/// The numbers that a field's cells became.
enum EncodedField: Sendable {
  /// Dense columns: the standardised value or flag, then the missing indicator.
  ///
  /// They are computed where they are stored: kept by themselves they would take 8 bytes a value more.
  case columns([DenseBlock.Fill])

  /// A code a row, 0 without a coefficient.
  case levels(LevelBlock)

  /// A block of sets, beside one of levels where the field has such.
  case sets(SetBlock, LevelBlock?)

  /// Dense columns, hats on knots and codes of levels, where the field has such.
  case curve([DenseBlock.Fill], HatBlock?, LevelBlock?)
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
      return .columns(encoding.columns(FieldNumbers(numbers, rows: picked)))
    case (.date(let encoding), .date(let days)):
      return .columns(encoding.columns(FieldNumbers(days, rows: picked, before: reference)))
    case (.flag(let encoding), .flag(let flags)):
      return .columns(
        ((encoding.varies ? [2] : []) + (encoding.hasMissing ? [0] : [])).map { code in
          { places, target in
            precondition(flags.codes.count == picked.tableCount, "codes of all rows")
            unsafe target.withUnsafeMutableBufferPointer { target in
              precondition(target.count >= places.count, "room for the numbers")
              unsafe picked.with(places) { rows, count in
                unsafe winnow_pick_code(flags.codes, UInt8(code), rows, count, target.baseAddress)
              }
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
          codes: encoding.codes(of: rows.map { days[$0] }), levelCount: coefficientCount))
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
      line.columns(field),
      knots.isEmpty ? nil : HatBlock(values: numbers, knots: knots),
      levels.isEmpty
        ? nil
        : LevelBlock(codes: numbers.map { UInt32(levelCode(of: $0)) }, levelCount: levels.count))
  }
}

extension NumericEncoding {
  /// The dense columns of numbers: the standardised value, then the missing indicator.
  func columns(_ numbers: FieldNumbers) -> [DenseBlock.Fill] {
    var columns: [DenseBlock.Fill] = []
    if varies {
      columns.append { range, target in
        numbers.write(range, to: &target)
        standardize(&target)
      }
    }
    if hasMissing {
      columns.append { range, target in
        numbers.write(range, to: &target)
        unsafe winnow_mark_missing(&target, target.count)
      }
    }
    return columns
  }
}

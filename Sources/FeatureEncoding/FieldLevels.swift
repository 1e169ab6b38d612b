import LinearAlgebra
import Tables

/// What a field's rule makes of a column's levels: found once, whatever rows are encoded.
///
/// A code above the levels stands for a word that is not among them.
struct FieldLevels: Sendable {
  /// The code of the field's levels for each code of the column (0 missing); empty where the field has none.
  let recoding: [UInt32]

  /// The words or entries of each code of the column, where the field has such.
  private let sets: SetNumbering?

  /// - Parameter levels: The column's levels.
  init(_ rule: FieldEncoding.Rule, levels: [String]) {
    switch rule {
    case .category(let encoding):
      recoding = encoding.recoding(levels) + [encoding.otherCode]
      sets = nil
    case .words(let encoding):
      recoding = encoding.category.recoding(levels) + [encoding.category.otherCode]
      let finder = encoding.finder
      sets = SetNumbering(
        sets: [[]] + levels.map { finder.codes(of: $0) } + [[]], codeCount: encoding.words.count)
    case .list(let encoding):
      recoding = []
      let reader = encoding.reader
      sets = SetNumbering(
        sets: [encoding.missingCode.map { [$0] } ?? []] + levels.map { reader.codes(of: $0).codes }
          + [encoding.otherCode.map { [$0] } ?? []],
        codeCount: encoding.coefficientCount)
    case .numeric, .flag, .date, .datePart, .curve, .dateCurve:
      recoding = []
      sets = nil
    }
  }

  /// The block of the levels of some rows.
  func block(_ codes: LevelCodes, rows: [Int], levelCount: Int) -> LevelBlock {
    switch codes.storage {
    case .shorts(let codes):
      LevelBlock(recoding: recoding, codes: codes, rows: rows, levelCount: levelCount)
    case .words(let codes):
      LevelBlock(recoding: recoding, codes: codes, rows: rows, levelCount: levelCount)
    }
  }

  /// The block of the words or entries of some rows.
  ///
  /// - Precondition: the field has such.
  func setBlock(_ codes: LevelCodes, rows: [Int]) -> SetBlock {
    guard let sets else { preconditionFailure("the field has no sets") }
    return switch codes.storage {
    case .shorts(let codes): sets.block(places: codes, rows: rows)
    case .words(let codes): sets.block(places: codes, rows: rows)
    }
  }
}

import CKernels
import FeatureEncoding
import Parallelism
import Tables

/// A term made ready for many leads: its shares of the logit as a line or a table.
struct TermScorer: Sendable {
  private enum Rule {
    /// The share of a number, or of the days before the reference date.
    case numbers(NumberShares, isDate: Bool)

    /// The share of each code: missing, then the flag's two or the named levels, then unseen ones.
    case table([Double])

    /// The share of each code of a part of a date, from code 0, of a day without a coefficient.
    case dateParts(DatePartEncoding, [Double])

    /// The share of a cell's text.
    case texts(LevelShares)
  }

  private let rule: Rule

  init(_ term: ModelTerm) {
    let values = term.coefficients.map(\.value)
    // Training without a missing or rare cell taught nothing about one: it counts as the average.
    func share(_ isKnown: Bool, _ index: Int) -> Double { isKnown ? values[index] : term.average }
    switch term.field.rule {
    case .numeric(let encoding), .date(let encoding):
      rule = .numbers(
        NumberShares(
          .line(encoding, slope: encoding.varies ? values[0] : 0),
          missing: share(encoding.hasMissing, values.count - 1)), isDate: term.field.kind == .date)
    case .curve(let encoding), .dateCurve(let encoding):
      let first = encoding.line.hasMissing ? 1 : 0
      rule = .numbers(
        NumberShares(
          .points(
            encoding, Array(values[first..<first + encoding.knots.count]),
            effects: Array(values[(first + encoding.knots.count)...])),
          missing: share(encoding.line.hasMissing, 0)), isDate: term.field.kind == .date)
    case .flag(let encoding):
      rule = .table([
        share(encoding.hasMissing, values.count - 1), 0, encoding.varies ? values[0] : 0,
      ])
    case .datePart(let encoding): rule = .dateParts(encoding, [term.average] + values)
    case .words(let encoding): rule = .texts(LevelShares(encoding, term))
    case .list(let encoding): rule = .texts(LevelShares(encoding, term))
    case .category(let encoding):
      let named = encoding.levels.count
      rule = .table(
        [share(encoding.missingLeads > 0, values.count - 1)] + values.prefix(named)
          + [share(encoding.otherLeads > 0, named)])
    }
  }

  /// Adds the cells of a column to counts, and gives each row's share of the logit.
  ///
  /// A category's codes are of the model's named levels, in its order; the next is for all others. Where
  /// words or entries have effects, they are of the column's own levels.
  func shares(
    of column: Column, referenceDays: ReferenceDays, counts: inout CellCounts
  ) -> [Double] {
    counts.leads += column.count
    switch (rule, column.values) {
    case (.numbers(let shares, false), .numeric(let numbers)):
      return shares.shares(of: numbers.doubles, &counts)
    case (.numbers(let shares, true), .date(let days)):
      return shares.shares(of: referenceDays.daysSince(days.doubles), &counts)
    case (.table(let table), .flag(let flags)):
      counts.missing += flags.codes.count { $0 == 0 }
      return Self.shares(flags.codes, table)
    case (.dateParts(let encoding, let shares), .date(let days)):
      let days = days.doubles
      counts.missing += days.count { $0.isNaN }
      return Self.shares(encoding.codes(of: days), shares)
    case (.texts(let texts), .category(let categories)):
      let found =
        [LevelShares.Found(share: texts.missing, isMissing: true)] + texts.of(categories.levels)
      for code in categories.codes {
        let cell = found[Int(code)]
        counts.missing += cell.isMissing ? 1 : 0
        counts.unseen += cell.isUnseen ? 1 : 0
      }
      return Self.shares(categories.codes, found.map(\.share))
    case (.table(let table), .category(let categories)):
      let found = Self.counts(categories.codes, other: table.count - 1)
      counts.missing += found[0]
      counts.unseen += found[1]
      return Self.shares(categories.codes, table)
    default:
      preconditionFailure("column \"\(column.name)\" is not of the kind that was asked for")
    }
  }

  /// The share of each code; a code is below the number of entries.
  private static func shares(_ codes: [UInt8], _ table: [Double]) -> [Double] {
    var shares: [Double] = room(codes.count)
    unsafe winnow_code_shares_8(codes, codes.count, table, &shares)
    return shares
  }

  private static func shares(_ codes: [UInt32], _ table: [Double]) -> [Double] {
    var shares: [Double] = room(codes.count)
    unsafe winnow_code_shares_32(codes, codes.count, table, &shares)
    return shares
  }

  private static func shares(_ codes: LevelCodes, _ table: [Double]) -> [Double] {
    switch codes.storage {
    case .shorts(let codes):
      var shares: [Double] = room(codes.count)
      unsafe winnow_code_shares_16(codes, codes.count, table, &shares)
      return shares
    case .words(let codes): return shares(codes, table)
    }
  }

  /// How many codes are 0, and how many are `other`.
  private static func counts(_ codes: LevelCodes, other: Int) -> [Int] {
    var counts = [0, 0]
    switch codes.storage {
    case .shorts(let codes):
      // What 16 bits do not hold, no row has.
      if let other = UInt16(exactly: other) {
        unsafe winnow_count_codes_16(codes, codes.count, other, &counts)
      } else {
        counts[0] = codes.count { $0 == 0 }
      }
    case .words(let codes):
      unsafe winnow_count_codes_32(codes, codes.count, UInt32(other), &counts)
    }
    return counts
  }
}

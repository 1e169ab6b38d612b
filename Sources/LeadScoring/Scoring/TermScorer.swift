import FeatureEncoding
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
            levels: [0] + values[(first + encoding.knots.count)...]),
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
    of column: Column, referenceDays: (Int) -> Double, counts: inout CellCounts
  ) -> [Double] {
    counts.leads += column.count
    switch (rule, column.values) {
    case (.numbers(let shares, false), .numeric(let numbers)):
      return shares.shares(numbers.count, &counts) { numbers[$0] }
    case (.numbers(let shares, true), .date(let days)):
      return shares.shares(days.count, &counts) { referenceDays($0) - days[$0] }
    case (.table(let table), .flag(let flags)):
      counts.missing += flags.codes.count { $0 == 0 }
      return flags.codes.map { table[Int($0)] }
    case (.dateParts(let encoding, let shares), .date(let days)):
      counts.missing += days.count { $0.isNaN }
      return encoding.codes(of: days).map { shares[Int($0)] }
    case (.texts(let texts), .category(let categories)):
      let found =
        [LevelShares.Found(share: texts.missing, isMissing: true)]
        + categories.levels.map { texts.of($0) }
      return categories.codes.map { code in
        let cell = found[Int(code)]
        if cell.isMissing { counts.missing += 1 }
        if cell.isUnseen { counts.unseen += 1 }
        return cell.share
      }
    case (.table(let table), .category(let categories)):
      let unseen = UInt32(table.count - 1)
      return categories.codes.map { code in
        if code == 0 { counts.missing += 1 }
        if code == unseen { counts.unseen += 1 }
        return table[Int(code)]
      }
    default:
      preconditionFailure("column \"\(column.name)\" is not of the kind that was asked for")
    }
  }
}

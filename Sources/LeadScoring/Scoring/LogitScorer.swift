import CKernels
import FeatureEncoding
import Tables

/// A model made ready to give the logits of many leads, with the share of each term and of each pair.
struct LogitScorer: Sendable {
  /// The shares of a block of leads.
  struct Block: Sendable {
    /// The share of each term, then of each pair (outer) of the logit of each lead (inner).
    let shares: [[Double]]

    /// The logit of each lead: the intercept and its shares.
    let logits: [Double]

    /// What became of the cells of each term's column.
    let counts: [CellCounts]
  }

  private let intercept: Double
  private let names: [String]
  private let scorers: [TermScorer]
  private let axes: [AxisScorer]
  private let pairs: [PairScorer]
  let reference: DateReference

  /// - Parameter day: The day from which dates count where they count from one day; nil is training's.
  init(_ model: LeadModel, day: Double? = nil) {
    var reference = model.dateReference
    if let day, case .day = reference { reference = .day(day) }
    self.init(
      intercept: model.intercept.value, terms: model.terms, pairs: model.pairs,
      reference: reference)
  }

  init(
    intercept: Double, terms: [ModelTerm], pairs: [PairTerm] = [], reference: DateReference
  ) {
    self.intercept = intercept
    names = terms.map(\.name)
    scorers = terms.map { TermScorer($0) }
    var axes: [AxisScorer] = []
    self.pairs = pairs.map { PairScorer($0, axes: &axes) }
    self.axes = axes
    self.reference = reference
  }

  /// - Precondition: The table has the columns of all terms, of their kinds.
  func score(_ table: Table) -> Block {
    let referenceDays = referenceDays(in: table)
    var logits = [Double](repeating: intercept, count: table.rowCount)
    var allShares: [[Double]] = []
    var allCounts: [CellCounts] = []
    func column(_ name: String) -> Column {
      guard let column = table[name] else {
        preconditionFailure("column \"\(name)\" was asked for")
      }
      return column
    }
    for (name, scorer) in zip(names, scorers) {
      var counts = CellCounts()
      let shares = scorer.shares(of: column(name), referenceDays: referenceDays, counts: &counts)
      // In the order of the terms, so that a lead's logit has the same digits in every block.
      Self.add(shares, to: &logits)
      allShares.append(shares)
      allCounts.append(counts)
    }
    let codes = axes.map { $0.codes(of: column($0.axis.field), referenceDays: referenceDays) }
    for pair in pairs {
      let shares = pair.shares(codes)
      Self.add(shares, to: &logits)
      allShares.append(shares)
    }
    return Block(shares: allShares, logits: logits, counts: allCounts)
  }

  private static func add(_ shares: [Double], to logits: inout [Double]) {
    precondition(shares.count == logits.count, "a term has a share of each lead")
    unsafe winnow_add_multiple(0, shares.count, 1, shares, &logits)
  }

  private func referenceDays(in table: Table) -> ReferenceDays {
    switch reference {
    case .day(let day): return .one(day)
    case .column(let name):
      guard case .date(let days)? = table[name]?.values else { return .one(.nan) }
      return .each(days.doubles)
    }
  }
}

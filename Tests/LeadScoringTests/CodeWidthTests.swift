import FeatureEncoding
import Tables
import Testing

@testable import LeadScoring

@Suite("Codes and numbers of any width")
struct CodeWidthTests {
  /// A table with all codes in 32 bits, and all numbers in 64.
  private func widened(_ table: Table) throws -> Table {
    try Table(
      columns: table.columns.map { column in
        let values: Column.Values
        switch column.values {
        case .category(let categories):
          values = .category(
            Categories(
              codes: LevelCodes(.words(categories.codes.wide)), levels: categories.levels))
        case .numeric(let numbers): values = .numeric(Numbers(numbers.doubles))
        case .date(let days): values = .date(Numbers(days.doubles))
        case .flag, .text: values = column.values
        }
        return Column(name: column.name, values: values)
      })
  }

  @Test("are narrow where a file is read")
  func reading() throws {
    let table = try MadeUpLeads.file(MadeUpLeads.small(rows: 2000)).table
    let narrow = table.columns.filter { column in
      switch column.values {
      case .numeric(let numbers), .date(let numbers):
        if case .doubles = numbers.storage { false } else { true }
      case .category, .flag, .text: false
      }
    }
    #expect(narrow.contains { $0.kind == .numeric } && narrow.contains { $0.kind == .date })
  }

  @Test("tell the same leads apart, and are learned from alike")
  func training() throws {
    let table = try MadeUpLeads.file(MadeUpLeads.small(rows: 2000)).table
    let sets = try [table, widened(table)].map { try TrainingSet($0, options: TrainingOptions()) }
    let samples = sets.map { $0.hashes.sample(of: $0.rows, seed: 3, size: 500) }
    #expect(samples[0] == samples[1] && samples[0] != nil)
    #expect(sets[0].outcomeColumn.outcomes == sets[1].outcomeColumn.outcomes)
    let fits = try sets.map { set in
      let problem = try LinearProblem(set, rows: set.learningRows, ridge: 1.5)
      return try RidgeChoice.make(
        problem, folds: nil, known: PenaltyRecord(ridge: 1.5, chosen: "given"), sample: nil,
        isTrial: false
      ).fit.coefficients
    }
    #expect(fits[0] == fits[1] && fits[0].contains { $0 != 0 })
  }

  @Test("score alike, as levels, and as words and lists whatever their levels")
  func scoring() throws {
    let texts = [
      MadeUpLeads.small(rows: 1000), TextHistory.titles(rows: 1500, seed: 3),
      TextHistory.lists(rows: 1500, seed: 8),
    ]
    for text in texts {
      let model = try Training.model(text) {
        $0.form = .curves
        $0.validation = .none
      }
      let table = try MadeUpLeads.file(text).table
      let rows = Array(0..<table.rowCount)
      let scorer = LogitScorer(model)
      let logits = scorer.logits(of: table, rows: rows, terms: model.terms)
      #expect(try scorer.logits(of: widened(table), rows: rows, terms: model.terms) == logits)
      for term in model.terms {
        let levels: [String]
        switch term.field.rule {
        case .category(let encoding): levels = encoding.levels.map(\.name)
        case .words, .list:
          guard case .category(let categories)? = table[term.name]?.values else { continue }
          levels = categories.levels
        default: continue
        }
        // A code above a category's levels is of another word: of many rows, as no other code is.
        let isCategory = term.field.rule.isCategory
        let codes = (0..<500).map { row in
          UInt32(isCategory && row % 2 == 0 ? levels.count + 1 : row % (levels.count + 1))
        }
        var counts = [CellCounts(), CellCounts()]
        let shares = [LevelCodes(codes), LevelCodes(.words(codes))].enumerated().map {
          TermScorer(term).shares(
            of: Column(
              name: term.name, values: .category(Categories(codes: $1, levels: levels))),
            referenceDays: .one(0), counts: &counts[$0])
        }
        #expect(shares[0] == shares[1] && counts[0] == counts[1], "\(term.name)")
        #expect(counts[0].missing >= codes.count { $0 == 0 })
        if isCategory { #expect(counts[0].unseen == codes.count { $0 == levels.count + 1 }) }
      }
    }
  }
}

extension FieldEncoding.Rule {
  fileprivate var isCategory: Bool { if case .category = self { true } else { false } }
}

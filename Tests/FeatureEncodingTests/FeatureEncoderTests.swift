import Foundation
import LinearAlgebra
import Tables
import TestSupport
import Testing

@testable import FeatureEncoding

@Suite("Feature encoder")
struct FeatureEncoderTests {
  let leads = MadeUpLeads(count: 600, seed: 1)

  @Test("constants and text are left out; fields keep the order of the names")
  func fields() throws {
    let learned = try encoder(leads.table(), MadeUpLeads.features)
    #expect(
      learned.fields.map(\.name)
        == ["source", "revenue", "hasBudget", "age", "contacted", "created"])
  }

  @Test("a weight of two equals a row given twice, and 0 a row left out")
  func weights() throws {
    let table = try leads.table()
    let weights = (0..<600).map { Double($0 % 3) }
    let repeated = (0..<600).flatMap { [Int](repeating: $0, count: $0 % 3) }
    let byWeight = try FeatureEncoder(
      learning: table, columns: MadeUpLeads.features, rows: Array(0..<600), weights: weights,
      dateReference: .column("created"))
    let byRow = try FeatureEncoder(
      learning: table, columns: MadeUpLeads.features, rows: repeated,
      weights: repeated.map { _ in 1 }, dateReference: .column("created"))
    expectSame(byWeight, byRow)
  }

  @Test("coefficients carried from an encoder of fewer leads say what they said there")
  func carried() throws {
    let table = try leads.table()
    func learned(_ rows: [Int], form: NumberForm = .lines) throws -> FeatureEncoder {
      try FeatureEncoder(
        learning: table, columns: MadeUpLeads.features, rows: rows, weights: rows.map { _ in 1 },
        form: form, dateReference: .column("created"))
    }
    let (few, all) = (try learned(Array(0..<400)), try learned(Array(0..<600)))
    var generator = SeededGenerator(seed: 7)
    let coefficients = (0..<few.layout.count).map { _ in
      Double.random(in: -1...1, using: &generator)
    }
    let carried = all.carrying(coefficients, of: few)
    let said = try few.encode(table, rows: Array(0..<600)).times(coefficients)
    let saidAgain = try all.encode(table, rows: Array(0..<600)).times(carried)
    // Values beyond the range that the fewer leads had are held in another place.
    let same = zip(said, saidAgain).count { abs($0 - $1) < 1e-9 }
    #expect(same > 550, "\(same) of 600 leads")
    #expect(few != all && all.carrying(carried, of: all) == carried)
    // Of other rules nothing is carried but the intercept.
    let curves = try learned(Array(0..<600), form: .curves(knots: 8))
    let none = curves.carrying(coefficients, of: few)
    #expect(none.count == curves.layout.count && none[0] == coefficients[0])
  }

  @Test("the order of rows is nothing: same encoder, and the same design row by row")
  func shuffled() throws {
    var generator = SeededGenerator(seed: 3)
    let order = Array(0..<600).shuffled(using: &generator)
    let straight = try encoder(leads.table(), MadeUpLeads.features)
    let mixed = try encoder(leads.table(order), MadeUpLeads.features)
    expectSame(mixed, straight)
    let first = try straight.encode(leads.table(), rows: order)
    let second = try mixed.encode(leads.table(order), rows: Array(0..<600))
    #expect(first.columnCount == second.columnCount)
    for j in 0..<first.columnCount {
      let pairs = zip(first.column(j), second.column(j))
      #expect(pairs.allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }

  @Test("the design holds what plain loops over the cells give")
  func plainLoops() throws {
    let learned = try encoder(leads.table(), MadeUpLeads.features, dates: .column("created"))
    let rows = [5, 5, 599, 0, 7, 57] + Array(100..<300)
    let design = try learned.encode(leads.table(), rows: rows)
    func column(_ name: String, _ index: Int) throws -> [Double] {
      let field = try #require(learned.fields.firstIndex { $0.name == name })
      return design.column(learned.layout.columns(of: field)[index])
    }
    #expect(design.column(0) == rows.map { _ in 1 })

    let present = leads.revenue.filter { !$0.isNaN }.map { log(1 + $0) }
    let mean = present.reduce(0, +) / Double(present.count)
    let variance = present.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(present.count)
    let revenue = rows.map { row -> Double in
      let value = leads.revenue[row]
      return value.isNaN ? 0 : (log(1 + value) - mean) / variance.squareRoot()
    }
    for (found, expected) in zip(try column("revenue", 0), revenue) {
      #expect(abs(found - expected) < 1e-12)
    }
    #expect(try column("revenue", 1) == rows.map { leads.revenue[$0].isNaN ? 1 : 0 })
    #expect(try column("hasBudget", 0) == rows.map { leads.hasBudget[$0] == true ? 1 : 0 })
    #expect(try column("hasBudget", 1) == rows.map { leads.hasBudget[$0] == nil ? 1 : 0 })
    #expect(try column("contacted", 1) == rows.map { leads.contacted[$0].isNaN ? 1 : 0 })

    // The made-up rare levels have 4 leads each, and only they begin so.
    let levels = ["call", "fair", "mail", "web"]
    for (k, level) in levels.enumerated() {
      #expect(try column("source", k) == rows.map { leads.source[$0] == level ? 1 : 0 })
    }
    #expect(try column("source", 4) == rows.map { leads.source[$0].hasPrefix("rare") ? 1 : 0 })
    #expect(try column("source", 5) == rows.map { leads.source[$0].isEmpty ? 1 : 0 })
    #expect(design.columnCount == learned.layout.count)
  }

  @Test("no level of fewer than ten leads is anywhere in an encoder")
  func rareLevelsUnnamed() throws {
    let learned = try encoder(leads.table(), MadeUpLeads.features)
    let text = String(reflecting: learned)
    #expect(text.contains("\"web\""))
    #expect(!text.contains("rare"))
  }

  @Test("a level that training had not counts as other, in a table of any level order")
  func unseen() throws {
    let words =
      [String](repeating: "web", count: 20) + ["x", "y"] + ["", "call"]
      + [String](repeating: "call", count: 10)
    let learned = try encoder(Table(columns: [category("source", words)]))
    let scored = try Table(columns: [category("source", ["new", "call", "", "y", "web"])])
    let design = try learned.encode(scored, rows: Array(0..<5))
    #expect(
      (0..<design.columnCount).map(design.column) == [
        [1, 1, 1, 1, 1], [0, 1, 0, 0, 0], [0, 0, 0, 0, 1], [1, 0, 0, 1, 0], [0, 0, 1, 0, 0],
      ])
  }

  @Test("a value missing at scoring that training always had counts as average")
  func newlyMissing() throws {
    let learned = try encoder(
      Table(columns: [
        Column(name: "x", values: .numeric([1, 2, 3])), flag("f", [true, false, true]),
      ]))
    let scored = try Table(columns: [
      Column(name: "x", values: .numeric([.nan])), flag("f", [nil]),
    ])
    let design = try learned.encode(scored, rows: [0])
    #expect((0..<design.columnCount).map { design.column($0)[0] } == [1, 0, 0])
  }

  @Test("a missing column is an error that names it and what there is")
  func missingColumn() throws {
    let table = try leads.table()
    let expected = EncodingError.missingColumn("Umsatz", found: table.columnNames)
    #expect(throws: expected) { try encoder(table, ["age", "Umsatz"]) }
    let learned = try encoder(table, ["age", "revenue"])
    let scored = try Table(columns: [Column(name: "age", values: .numeric([40]))])
    #expect(throws: EncodingError.missingColumn("revenue", found: ["age"])) {
      try learned.encode(scored, rows: [0])
    }
  }

  @Test("a column of another kind is an error, whatever its name")
  func differentKind() throws {
    let learned = try encoder(leads.table(), ["age"])
    let scored = try Table(columns: [category("age", ["forty"])])
    let expected = EncodingError.differentKind(
      column: "age", expected: "numeric", found: "category")
    #expect(throws: expected) { try learned.encode(scored, rows: [0]) }
  }

  @Test("columns that tell nothing, or no rows, are an error")
  func noFeatures() throws {
    let table = try leads.table()
    #expect(throws: EncodingError.noFeatures) { try encoder(table, ["constant", "note"]) }
    #expect(throws: EncodingError.noFeatures) { try encoder(table, []) }
    #expect(throws: EncodingError.noFeatures) {
      try FeatureEncoder(
        learning: table, columns: MadeUpLeads.features, rows: [], weights: [],
        dateReference: .day(0))
    }
  }

  @Test("no rows encode to a design without rows")
  func noRows() throws {
    let learned = try encoder(leads.table(), MadeUpLeads.features)
    let design = try learned.encode(leads.table(), rows: [])
    #expect(design.rowCount == 0)
    #expect(design.columnCount == learned.layout.count)
  }

  @Test("dense columns take 32 bits above 200,000 rows, with 7 digits, and 64 up to there")
  func precision() throws {
    let learned = try encoder(leads.table(), ["age", "revenue"])
    let table = try leads.table()
    func dense(_ count: Int) throws -> DenseBlock {
      let design = try learned.encode(table, rows: (0..<count).map { $0 % 600 })
      guard case .dense(let block) = design.blocks[1] else {
        throw EncodingError.noFeatures
      }
      return block
    }
    let exact = try dense(200_000)
    let narrow = try dense(200_001)
    #expect(exact.precision == .double)
    #expect(narrow.precision == .single)
    for row in 0..<600 {
      for column in 0..<exact.columnCount {
        let (value, expected) = (narrow[row, column], exact[row, column])
        #expect(abs(value - expected) <= 1e-7 * abs(expected))
      }
    }
  }

  @Test("numbers at both ends of the number range encode to a finite design")
  func extremes() throws {
    let values = [1.7e308, -1.7e308, 1e308, 0, 3, .leastNonzeroMagnitude]
    let table = try Table(columns: [Column(name: "x", values: .numeric(Numbers(values)))])
    let design = try encoder(table).encode(table, rows: Array(values.indices))
    #expect(design.column(1).allSatisfy { $0.isFinite })
    #expect(design.column(1)[0] > 1 && design.column(1)[1] < -1)
  }
}

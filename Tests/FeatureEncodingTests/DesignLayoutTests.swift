import LinearAlgebra
import Tables
import Testing

@testable import FeatureEncoding

@Suite("Design layout")
struct DesignLayoutTests {
  @Test("each field's columns are where the layout says, as when it is encoded alone")
  func agreesWithDesign() throws {
    let leads = MadeUpLeads(count: 300, seed: 4)
    let table = try leads.table()
    let rows = Array(0..<300)
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<6 {
      let learned = try encoder(table, MadeUpLeads.features.shuffled(using: &generator))
      let layout = learned.layout
      let design = try learned.encode(table, rows: rows)
      #expect(layout.count == design.columnCount)
      var covered = [0]
      for (index, field) in learned.fields.enumerated() {
        let alone = try FeatureEncoder(fields: [field], dateReference: learned.dateReference)
          .encode(table, rows: rows)
        #expect(alone.columnCount == 1 + field.coefficientCount)
        let columns = layout.columns(of: index)
        #expect(columns.count == field.coefficientCount)
        for (k, column) in columns.enumerated() {
          #expect(design.column(column) == alone.column(1 + k))
        }
        covered += columns
      }
      #expect(covered.sorted() == Array(0..<layout.count))
    }
  }

  @Test("lines come first, then marks, then categories")
  func order() throws {
    let table = try MadeUpLeads(count: 300, seed: 4).table()
    let learned = try encoder(table, ["source", "age", "hasBudget"])
    #expect(learned.layout[1, .line] == 1..<2 && learned.layout[1, .marks].isEmpty)
    #expect(learned.layout[2, .marks] == 2..<4)
    #expect(learned.layout[0, .levels].lowerBound == 4)
    #expect(learned.layout.count == 4 + learned.fields[0].coefficientCount)
  }

  @Test("without fields there is the intercept alone")
  func empty() {
    #expect(DesignLayout([]).count == 1)
  }
}

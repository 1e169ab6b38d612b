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
      for (field, offset) in zip(learned.fields, layout.offsets) {
        let alone = try FeatureEncoder(fields: [field], dateReference: learned.dateReference)
          .encode(table, rows: rows)
        #expect(alone.columnCount == 1 + field.coefficientCount)
        for k in 0..<field.coefficientCount {
          #expect(design.column(offset + k) == alone.column(1 + k))
          covered.append(offset + k)
        }
      }
      #expect(covered.sorted() == Array(0..<layout.count))
    }
  }

  @Test("numbers, dates and flags come before categories")
  func denseFirst() throws {
    let table = try MadeUpLeads(count: 300, seed: 4).table()
    let learned = try encoder(table, ["source", "age", "hasBudget"])
    #expect(learned.layout.offsets == [4, 1, 2])
    #expect(learned.layout.count == 4 + learned.fields[0].coefficientCount)
  }

  @Test("without fields there is the intercept alone")
  func empty() {
    #expect(DesignLayout([]).count == 1)
    #expect(DesignLayout([]).offsets.isEmpty)
  }
}

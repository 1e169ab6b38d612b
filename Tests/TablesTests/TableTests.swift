import Tables
import Testing

@Suite("Table")
struct TableTests {
  let age = Column(name: "age", values: .numeric([41, .nan]))
  let city = Column(
    name: "city", values: .category(Categories(codes: [1, 2], levels: ["Bonn", "Ulm"])))

  @Test("columns are found by name and kept in order")
  func columns() throws {
    let table = try Table(columns: [city, age])
    #expect(table.rowCount == 2)
    #expect(table.columnNames == ["city", "age"])
    #expect(table["age"]?.kind == .numeric)
    #expect(table["city"]?.kind == .category)
    #expect(table["Age"] == nil)
    #expect(table[""] == nil)
  }

  @Test("without columns it has no rows")
  func empty() throws {
    let table = try Table(columns: [])
    #expect(table.rowCount == 0)
    #expect(table.columnNames.isEmpty)
  }

  @Test("columns without rows make a table without rows")
  func noRows() throws {
    let table = try Table(columns: [Column(name: "age", values: .numeric([]))])
    #expect(table.rowCount == 0)
    #expect(table["age"]?.count == 0)
  }

  @Test("two columns of one name are refused, with the name")
  func duplicate() {
    let error = #expect(throws: TableError.duplicateColumn("age")) {
      try Table(columns: [age, city, age])
    }
    #expect(error?.description == "two columns are named \"age\"; names must be unique")
  }

  @Test("columns of different length are refused, with both names and lengths")
  func unequalLength() {
    let long = Column(name: "score", values: .numeric([1, 2, 3]))
    let expected = TableError.unequalLength(column: "score", rows: 3, other: "age", otherRows: 2)
    let error = #expect(throws: expected) { try Table(columns: [age, city, long]) }
    #expect(error?.description == "column \"score\" has 3 rows, but \"age\" has 2")
  }
}

import Tables
import Testing

@testable import FeatureEncoding

@Suite("Treatment coding")
struct TreatmentCodingTests {
  private func coding(
    _ columns: [Column], rows: [Int]? = nil, weights: [Double]? = nil
  ) throws -> TreatmentCoding {
    let table = try Table(columns: columns)
    let chosen = rows ?? Array(0..<table.rowCount)
    return try TreatmentCoding(
      table, columns: table.columnNames, rows: chosen, weights: weights ?? chosen.map { _ in 1 })
  }

  private func numbers(_ name: String, _ values: [Double]) -> Column {
    Column(name: name, values: .numeric(Numbers(values)))
  }

  @Test("numbers stay, and every level but the first in sorted order gets an indicator")
  func names() throws {
    let found = try coding([
      numbers("age", [30, 40, 50, 60]), category("race", ["white", "black", "other", "white"]),
      flag("smoker", [true, false, false, true]),
    ])
    #expect(found.columnNames == ["age", "race=other", "race=white", "smoker=yes"])
    #expect(
      found.columns == [[30, 40, 50, 60], [0, 0, 1, 0], [1, 0, 0, 1], [1, 0, 0, 1]])
    #expect(found.fields.map(\.offset) == [0, 1, 3])
    #expect(found.fields.map(\.count) == [1, 2, 1])
    #expect(found.fields[0].levels == nil)
    #expect(found.fields[1].levels?.map(\.name) == ["black", "other", "white"])
    #expect(found.fields[1].levels?.map(\.leads) == [1, 1, 2])
  }

  @Test("the reference does not depend on the order of rows or on spelling true and false")
  func reference() throws {
    for rows in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
      let found = try coding([category("c", rows.map { ["b", "C", "a"][$0] })])
      #expect(found.columnNames == ["c=a", "c=b"])
    }
    let german = try coding([flag("f", [true, false], falseWord: "WAHR?", trueWord: "JA")])
    #expect(german.columnNames == ["f=WAHR?"])
    #expect(german.columns == [[0, 1]])
  }

  @Test("levels that all are numbers are sorted as numbers, else all by bytes")
  func numericLevels() throws {
    let sizes = try coding([category("size", ["10", "9", "100", "-1", "1e1"])])
    #expect(sizes.columnNames == ["size=9", "size=10", "size=1e1", "size=100"])
    let reversed = try coding([category("size", ["1e1", "-1", "100", "9", "10"])])
    #expect(reversed.columnNames == sizes.columnNames)
    let mixed = try coding([category("size", ["10", "9", "100+"])])
    #expect(mixed.columnNames == ["size=100+", "size=9"])
    let words = try coding([category("size", ["nan", "inf", "3"])])
    #expect(words.columnNames == ["size=inf", "size=nan"])
  }

  @Test("a flag of 0 and 1 is a number, as R reads it")
  func zeroOne() throws {
    let found = try coding([flag("f", [true, false, true], falseWord: "0", trueWord: "1")])
    #expect(found.columnNames == ["f"])
    #expect(found.columns == [[1, 0, 1]])
    #expect(found.fields[0].levels == nil)
  }

  @Test("rows with a missing value are left out, the others keep their order")
  func missing() throws {
    let found = try coding(
      [
        numbers("x", [1, .nan, 3, 4, 5, 6]),
        category("c", ["a", "a", "", "b", "b", "a"]),
        flag("f", [true, true, true, false, nil, true], falseWord: "0", trueWord: "1"),
      ], rows: [5, 4, 3, 2, 1, 0], weights: [6, 5, 4, 3, 2, 1])
    #expect(found.rows == [5, 3, 0])
    #expect(found.columns == [[6, 4, 1], [0, 1, 0], [1, 0, 1]])
    #expect(found.fields[1].levels?.map(\.leads) == [7, 4])
  }

  @Test("columns that do not differ over the rows kept are listed, not coded")
  func constants() throws {
    let found = try coding([
      numbers("x", [1, 2, .nan]), numbers("k", [5, 5, 9]), category("c", ["a", "a", "b"]),
      flag("f", [true, true, false]),
    ])
    #expect(found.columnNames == ["x"])
    #expect(found.constants == ["k", "c", "f"])
  }

  @Test("a level or number of weightless rows alone makes no column")
  func weightless() throws {
    let found = try coding(
      [
        category("c", ["b", "a", "c", "b"]), numbers("k", [9, 5, 5, 5]),
        numbers("x", [1, 2, 3, 4]),
      ],
      weights: [0, 1, 1, 0])
    #expect(found.columnNames == ["c=c", "x"])
    #expect(found.constants == ["k"])
    #expect(found.rows == [0, 1, 2, 3])
  }

  @Test("a letter composed or decomposed is one level")
  func canonicalEquals() throws {
    let cells = ["Caf\u{e9}", "Cafe\u{301}", "bar"]
    let column = Column(
      name: "c", values: .category(Categories(codes: [1, 2, 3, 2], levels: cells)))
    let found = try coding([column])
    #expect(found.columnNames == ["c=bar"])
    #expect(found.columns == [[0, 0, 1, 0]])
    #expect(found.fields[0].levels?.map(\.leads) == [3, 1])
  }

  @Test("where no row is complete the error names the column that lacks most")
  func noCompleteRow() throws {
    let columns = [
      numbers("x", [1, .nan, 3]), category("c", ["", "a", ""]), numbers("y", [1, 2, 3]),
    ]
    #expect(throws: EncodingError.noCompleteRow(column: "c", missing: 2, rows: 3)) {
      try coding(columns)
    }
  }

  @Test("dates and text, missing columns and nothing to code are errors")
  func errors() throws {
    let date = EncodingError.differentKind(
      column: "d", expected: "numeric, flag or category", found: "date")
    #expect(throws: date) { try coding([Column(name: "d", values: .date([1, 2]))]) }
    let text = EncodingError.differentKind(
      column: "t", expected: "numeric, flag or category", found: "text")
    #expect(throws: text) {
      try coding([Column(name: "t", values: .text(Texts(bytes: [], ends: [0])))])
    }
    #expect(throws: EncodingError.missingColumn("y", found: ["x"])) {
      try TreatmentCoding(
        Table(columns: [numbers("x", [1, 2])]), columns: ["x", "y"], rows: [0, 1], weights: [1, 1])
    }
    #expect(throws: EncodingError.noFeatures) { try coding([numbers("k", [5, 5])]) }
    #expect(throws: EncodingError.noFeatures) { try coding([numbers("x", [1, 2])], rows: []) }
  }
}

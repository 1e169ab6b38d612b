import Tables
import Testing

@testable import FeatureEncoding

@Suite("Field encoding")
struct FieldEncodingTests {
  /// A field of numbers with the given deviation and leads.
  private func numeric(_ deviation: Double, present: Double, missing: Double) -> NumericEncoding {
    NumericEncoding(
      transform: .identity, mean: 0, standardDeviation: deviation, lowest: -1, highest: 1,
      presentLeads: present, missingLeads: missing)
  }

  @Test("numbers and dates have a column for the value, if it varies, and one for missing, if any")
  func numericCounts() {
    for (deviation, present, missing, count, informs) in [
      (1.0, 5.0, 0.0, 1, true), (1, 5, 2, 2, true), (0, 5, 2, 1, true), (0, 5, 0, 0, false),
      (0, 0, 5, 1, false),
    ] {
      let encoding = numeric(deviation, present: present, missing: missing)
      for rule in [FieldEncoding.Rule.numeric(encoding), .date(encoding)] {
        let field = FieldEncoding(name: "x", rule: rule)
        #expect(field.coefficientCount == count)
        #expect(field.isInformative == informs)
      }
    }
  }

  @Test("flags likewise")
  func flagCounts() {
    for (yes, no, missing, count, informs) in [
      (5.0, 5.0, 0.0, 1, true), (5, 5, 1, 2, true), (5, 0, 1, 1, true), (0, 5, 0, 0, false),
      (0, 0, 5, 1, false),
    ] {
      let field = FieldEncoding(
        name: "x",
        rule: .flag(
          FlagEncoding(
            falseWord: "no", trueWord: "yes", trueLeads: yes, falseLeads: no, missingLeads: missing
          )))
      #expect(field.coefficientCount == count)
      #expect(field.isInformative == informs)
    }
  }

  @Test("a field reads its own kind of column and refuses the others, with both kinds")
  func check() throws {
    let columns = [
      Column(name: "x", values: .numeric([1])), category("x", ["a"]), flag("x", [true]),
      Column(name: "x", values: .date([1])),
      Column(name: "x", values: .text(Texts(bytes: [], ends: [0]))),
    ]
    let number = numeric(1, present: 5, missing: 0)
    let rules: [FieldEncoding.Rule] = [
      .numeric(number),
      .category(CategoryEncoding(levels: [], otherLeads: 1, missingLeads: 1)),
      .flag(
        FlagEncoding(
          falseWord: "no", trueWord: "yes", trueLeads: 1, falseLeads: 1, missingLeads: 0)),
      .date(number),
    ]
    for (i, rule) in rules.enumerated() {
      let field = FieldEncoding(name: "x", rule: rule)
      for (j, column) in columns.enumerated() {
        if i == j {
          #expect(field.kind == column.kind)
          try field.check(column)
        } else {
          let expected = EncodingError.differentKind(
            column: "x", expected: field.kind.rawValue, found: column.kind.rawValue)
          #expect(throws: expected) { try field.check(column) }
        }
      }
    }
  }
}

@Suite("Encoding error")
struct EncodingErrorTests {
  @Test("says what is wrong, and with which column")
  func sentences() {
    #expect(
      EncodingError.missingColumn("Umsatz", found: ["Name", "Ort"]).description
        == "there is no column \"Umsatz\", which the model reads; found: Name, Ort")
    #expect(
      EncodingError.differentKind(column: "age", expected: "numeric", found: "text").description
        == "column \"age\" holds text values, but the model was trained on numeric values")
    #expect(
      EncodingError.noCompleteRow(column: "fax", missing: 98, rows: 100).description
        == "no row has a value in every column, and rows that lack one are left out; column \"fax\" "
        + "lacks most (98 of 100): exclude it")
    #expect(EncodingError.noFeatures.description.contains("no column is left to learn from"))
  }
}

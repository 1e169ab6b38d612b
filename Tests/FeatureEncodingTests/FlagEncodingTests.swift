import Tables
import Testing

@testable import FeatureEncoding

@Suite("Flag encoding")
struct FlagEncodingTests {
  private func learn(_ values: [Bool?], weights: [Double]? = nil) throws -> FeatureEncoder {
    // A second column keeps an encoder that learns nothing from the first from being an error.
    let other = Column(name: "other", values: .numeric(Numbers(values.indices.map(Double.init))))
    let table = try Table(columns: [
      flag("f", values, falseWord: "nein", trueWord: "ja"), other,
    ])
    return try encoder(table, weights: weights)
  }

  private func columns(_ encoder: FeatureEncoder, _ values: [Bool?]) throws -> [[Double]] {
    let table = try Table(columns: [
      flag("f", values, falseWord: "0", trueWord: "1"),
      Column(name: "other", values: .numeric(Numbers(values.map { _ in 0 }))),
    ])
    let design = try encoder.encode(table, rows: Array(values.indices))
    return encoder.layout.columns(of: 0).map(design.column)
  }

  @Test("true is 1, false 0 and missing 0 with an indicator, however a file spells them")
  func coding() throws {
    let learned = try learn([true, false, nil, true])
    #expect(try columns(learned, [nil, true, false]) == [[0, 1, 0], [1, 0, 0]])
    #expect(
      learned.fields[0].rule
        == .flag(
          FlagEncoding(
            falseWord: "nein", trueWord: "ja", trueLeads: 2, falseLeads: 1, missingLeads: 1)))
  }

  @Test("without missing values at training there is no indicator, at scoring neither")
  func withoutMissing() throws {
    let learned = try learn([true, false, true])
    #expect(try columns(learned, [nil, true, false]) == [[0, 1, 0]])
  }

  @Test("a flag that is one-sided tells leads apart only by being known")
  func oneSided() throws {
    let learned = try learn([true, nil, true])
    #expect(try columns(learned, [nil, true, false]) == [[1, 0, 0]])
    #expect(try learn([true, true]).fields.map(\.name) == ["other"])
    #expect(try learn([nil, nil]).fields.map(\.name) == ["other"])
  }

  @Test("rows that weigh nothing teach nothing")
  func weightless() throws {
    let learned = try learn([true, true, false, nil], weights: [1, 1, 0, 0])
    #expect(learned.fields.map(\.name) == ["other"])
  }
}

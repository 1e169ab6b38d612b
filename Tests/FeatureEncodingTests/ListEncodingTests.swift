import Tables
import Testing

@testable import FeatureEncoding

@Suite("List encoding")
struct ListEncodingTests {
  private func learn(_ counts: [(String, Double)], missing: Double = 0) -> ListEncoding {
    ListEncoding(
      separator: ";", tableLevels: counts.map(\.0), leads: counts.map(\.1), missingLeads: missing)
  }

  @Test("entries are trimmed and count once a lead; those of ten leads are named")
  func entries() {
    let encoding = learn(
      [("web; mail ;web", 8), ("mail;;fair", 3), ("web", 2), ("rare;mail", 1), (" ; ", 4)],
      missing: 5)
    #expect(encoding.entries.map(\.name) == ["mail", "web"])
    #expect(encoding.entries.map(\.leads) == [12, 10])
    #expect(encoding.otherLeads == 4)
    #expect(encoding.missingLeads == 9)
    #expect(encoding.presentLeads == 14)
    #expect(encoding.coefficientCount == 4)
  }

  @Test("rare and unseen entries are one other, and a cell without entries is missing")
  func codes() {
    let reader = learn([("web;mail", 20), ("fair", 3)], missing: 1).reader
    #expect(reader.codes(of: "web ; mail").codes == [0, 1])
    #expect(reader.codes(of: "mail;fair;new").codes == [0, 2])
    #expect(reader.codes(of: "new").codes == [2])
    #expect(!reader.codes(of: "new").isKnown)
    #expect(reader.codes(of: ";;").codes == [3])
    #expect(reader.codes(of: ";;").isMissing)
    let complete = learn([("web;mail", 20), ("fair", 30)]).reader
    #expect(complete.codes(of: "new").codes == [])
    #expect(complete.codes(of: "").codes == [])
  }

  @Test("the order of the table's levels is nothing")
  func order() {
    let counts = [("a;b", 10.1), ("b;c", 20.2), ("c;a", 30.3), ("d", 1.4)]
    #expect(learn(counts) == learn(counts.reversed()))
  }
}

@Suite("List detection")
struct ListDetectionTests {
  private func separator(_ cells: [String], leads: Double = 5, isAsked: Bool = false)
    -> Character?
  {
    ListDetection(cells, leads: cells.map { _ in leads }, isAsked: isAsked).separator
  }

  /// All different lists of two or three of some entries.
  private func lists(_ entries: [String], _ separator: String) -> [String] {
    var cells = entries
    for (first, a) in entries.enumerated() {
      for (second, b) in entries.enumerated().dropFirst(first + 1) {
        cells.append([a, b].joined(separator: separator))
        for c in entries.dropFirst(second + 1) {
          cells.append([a, b, c].joined(separator: separator))
        }
      }
    }
    return cells
  }

  private let interests = ["CRM", "E-Mail", "Data & AI", "Support", "Web"]

  @Test(
    "cells of entries that recur are a list",
    arguments: [(";", ";"), ("; ", ";"), ("|", "|"), (" | ", "|"), (", ", ",")]
      as [(
        String, Character
      )])
  func found(text: String, mark: Character) {
    #expect(separator(lists(interests, text)) == mark)
  }

  @Test("names of one value with a stray mark are no list")
  func stray() {
    let industries = [
      "Banking", "Retail", "Food, beverage and tobacco", "Steel", "Glass, ceramics", "Media",
      "Mining", "Chemicals, plastics", "Energy", "Transport", "Wood, paper", "Education",
    ]
    #expect(separator(industries) == nil)
    #expect(separator(industries + industries.map { $0 + ", other" }) == nil)
  }

  @Test("places, names and sentences are no list: too many of their parts come once")
  func parts() {
    let places = (0..<60).map { "City\($0), " + ["Germany", "France", "Spain"][$0 % 3] }
    #expect(separator(places) == nil)
    let firms = (0..<60).map { "Firm\($0), Inc." }
    #expect(separator(firms) == nil)
    let notes = (0..<60).map { "called \($0), asked for part \(7 * $0); no answer, again \($0)" }
    #expect(separator(notes) == nil)
    #expect(separator((0..<40).map { "[\($0), \($0 + 1))" }) == nil)
  }

  @Test("a tail of entries that come once is no hindrance")
  func tail() {
    let cells = lists(interests, ";")
    let tail = (0..<40).map { "CRM;Other: \($0)" }
    #expect(
      ListDetection(
        cells + tail, leads: cells.map { _ in 50 } + tail.map { _ in 1 }, isAsked: false
      ).separator == ";")
  }

  @Test("few cells, few lists or few entries are no list")
  func few() {
    #expect(separator(["a;b", "b;c", "a;c", "a;b;c", "a"]) == nil)
    #expect(separator(lists(interests, ";") + (0..<40).map { "single \($0)" }) == nil)
    #expect(separator([]) == nil)
    let rare = lists(interests, ";")
    #expect(
      ListDetection(rare, leads: rare.map { $0.contains(";") ? 1 : 100 }, isAsked: false)
        .separator == nil)
  }

  @Test("the user may call a column a list, or none")
  func asked() throws {
    #expect(separator(["a;b", "b"], isAsked: true) == ";")
    #expect(separator(["a", "b"], isAsked: true) == nil)
    let cells = lists(interests, ";").flatMap { Array(repeating: $0, count: 12) }
    let table = try Table(columns: [category("interest", cells), category("plain", cells)])
    let rows = Array(cells.indices)
    let encoder = try FeatureEncoder(
      learning: table, columns: ["interest", "plain"], rows: rows, weights: rows.map { _ in 1 },
      form: .curves(knots: 64), lists: ListColumns(refused: ["plain"]), dateReference: .day(0))
    guard case .list(let list)? = encoder.fields.first?.rule else {
      Issue.record("no list")
      return
    }
    #expect(list.entries.map(\.name) == interests.sorted())
    guard case .category = try #require(encoder.fields.last).rule else {
      Issue.record("a list that was refused")
      return
    }
    let design = try encoder.encode(table, rows: rows)
    #expect(
      design.column(encoder.layout[0, .sets].lowerBound)
        == cells.map { $0.contains("CRM") ? 1 : 0 })
  }
}

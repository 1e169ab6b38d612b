import LinearAlgebra
import Tables
import Testing

@testable import FeatureEncoding

/// Ten levels that have no word in common, each of 30 leads.
private let fillers = (0..<10).map { ("\(Array("bcdfghjklm")[$0])iller", 30.0) }

@Suite("Words encoding")
struct WordsEncodingTests {
  private func learn(_ counts: [(String, Double)]) -> WordsEncoding? {
    let (levels, leads) = (counts.map(\.0), counts.map(\.1))
    return WordsEncoding(
      category: CategoryEncoding(tableLevels: levels, leads: leads, missingLeads: 0),
      tableLevels: levels, leads: leads)
  }

  @Test("a word counts once a lead, and takes twenty leads to have an effect")
  func counts() throws {
    let encoding = try #require(
      learn(
        fillers + [
          ("Sales sales manager", 12), ("Manager, Sales", 7), ("Sales Rep", 1), ("Director", 19.5),
          ("Never", 0),
        ]))
    let known = encoding.words.filter { !$0.text.hasSuffix("iller") }
    #expect(known == [WordsEncoding.Word(text: "sales", leads: 20)])
    #expect(encoding.words.map(\.text) == encoding.words.map(\.text).sorted())
    #expect(encoding.coefficientCount == encoding.category.coefficientCount + 11)
  }

  @Test("levels too rare to be named count for their words")
  func rareLevels() throws {
    let encoding = try #require(
      learn(fillers + (0..<9).map { ("engineer \($0)\($0)x", 3.0) }))
    #expect(encoding.words.contains(WordsEncoding.Word(text: "engineer", leads: 27)))
    #expect(encoding.category.levels.count == 10)
  }

  @Test("few levels, words of one level each, and numbers in common make no words")
  func worthless() {
    #expect(learn([("VP Sales", 30), ("VP Marketing", 30), ("Sales Head", 30)]) == nil)
    #expect(learn(fillers + [("north", 30), ("south", 30), ("east", 30)]) == nil)
    #expect(learn(fillers + [("10-20", 30), ("20-30", 30), ("30-40", 30)]) == nil)
    // Two spellings of the same words are no two levels that share one.
    #expect(learn(fillers + [("north", 30), ("North", 30), ("(NORTH)", 30)]) == nil)
    let compass = [("north", 30.0), ("north east", 30), ("west", 30)]
    #expect(learn(fillers + compass) != nil)
    // Levels of many leads speak for themselves.
    #expect(learn((fillers + compass).map { ($0.0, 2 * $0.1) }) == nil)
  }

  @Test("of too many words the most frequent have effects")
  func most() throws {
    let many = (0..<2100).map { ("word\($0) shared", 20 + Double($0) / 100) }
    let encoding = try #require(learn(many))
    #expect(encoding.words.count == WordsEncoding.mostWords)
    #expect(encoding.words.contains { $0.text == "shared" })
    #expect(encoding.words.contains { $0.text == "word2099" })
    #expect(!encoding.words.contains { $0.text == "word99" })
  }

  @Test("the order of the table's levels is nothing")
  func order() {
    let counts = fillers + [("VP Sales", 30.1), ("Sales VP", 20.2), ("Sales", 10.3)]
    #expect(learn(counts) == learn(counts.reversed()))
    #expect(learn(counts) != nil)
  }

  @Test("the design has a code a level and the words of each, also of levels that have no name")
  func design() throws {
    let titles =
      ["Head of Sales", "Sales Head", "head (sales)"].flatMap { Array(repeating: $0, count: 9) }
      + fillers.flatMap { Array(repeating: $0.0, count: 30) } + ["", "Sales"]
    let table = try Table(columns: [category("title", titles)])
    let rows = Array(0..<titles.count)
    let encoder = try FeatureEncoder(
      learning: table, columns: ["title"], rows: rows, weights: rows.map { _ in 1 },
      form: .curves(knots: 64), dateReference: .day(0))
    guard case .words(let encoding)? = encoder.fields.first?.rule else {
      Issue.record("no words")
      return
    }
    // Ten named levels, the others and missing; ten words of the named levels, head and sales.
    #expect(encoding.category.coefficientCount == 12)
    #expect(encoding.words.map(\.text).suffix(4).contains("sales"))
    #expect(encoder.layout[0, .levels].count == 12 && encoder.layout[0, .sets].count == 12)
    #expect(encoder.layout.columns(of: 0).count == 24)
    let design = try encoder.encode(table, rows: rows)
    #expect(design.columnCount == 25)
    let place = try #require(encoding.words.firstIndex { $0.text == "sales" })
    let sales = design.column(13 + place)
    #expect(sales.reduce(0, +) == 28)
    #expect(sales[..<27].allSatisfy { $0 == 1 } && sales[titles.count - 1] == 1)
    // A lead without a title has no words.
    #expect((13..<25).allSatisfy { design.column($0)[titles.count - 2] == 0 })
  }

  @Test("lines keep to levels")
  func lines() throws {
    let titles = (0..<20).flatMap { Array(repeating: "clerk \($0)", count: 30) }
    let table = try Table(columns: [category("title", titles)])
    guard case .category? = try encoder(table).fields.first?.rule else {
      Issue.record("words in a linear form")
      return
    }
  }
}

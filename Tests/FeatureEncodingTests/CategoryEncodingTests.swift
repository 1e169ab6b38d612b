import Testing

@testable import FeatureEncoding

@Suite("Category encoding")
struct CategoryEncodingTests {
  private func learn(_ counts: [(String, Double)], missing: Double = 0) -> CategoryEncoding {
    CategoryEncoding(
      tableLevels: counts.map(\.0), leads: counts.map(\.1), missingLeads: missing)
  }

  @Test("levels of ten leads are named, sorted by bytes; rarer ones share other")
  func rareLevels() {
    let encoding = learn(
      [("web", 10), ("fair", 9.999), ("Zoo", 30), ("mail", 1), ("\u{e4}", 12)], missing: 3)
    #expect(encoding.levels.map(\.name) == ["Zoo", "web", "\u{e4}"])
    #expect(encoding.levels.map(\.leads) == [30, 10, 12])
    #expect(encoding.otherLeads == 10.999)
    #expect(encoding.missingLeads == 3)
    #expect(encoding.leadsByCode == [30, 10, 12, 10.999, 3])
    #expect(encoding.coefficientCount == 5)
  }

  @Test("rare and unseen levels have the code of other, missing has its own")
  func codes() {
    let encoding = learn([("web", 20), ("fair", 5), ("call", 20)], missing: 3)
    #expect(encoding.recoding(["fair", "call", "new", "web"]) == [4, 3, 1, 3, 2])
    #expect(encoding.recoding([]) == [4])
  }

  @Test("what training had none of is coded 0, without a coefficient")
  func withoutOther() {
    let complete = learn([("web", 20), ("call", 20)])
    #expect(complete.coefficientCount == 2)
    #expect(complete.recoding(["new", "web"]) == [0, 0, 2])
    let withMissing = learn([("web", 20), ("call", 20)], missing: 1)
    #expect(withMissing.recoding(["new", "web"]) == [3, 0, 2])
    let withOther = learn([("web", 20), ("call", 2)])
    #expect(withOther.recoding(["new", "web"]) == [0, 2, 1])
  }

  @Test("levels that no lead of training has do not count")
  func unused() {
    let encoding = learn([("web", 20), ("call", 0)])
    #expect(encoding.levels.map(\.name) == ["web"])
    #expect(encoding.otherLeads == 0)
    #expect(!encoding.varies)
  }

  @Test("it varies if there are two coefficients, and not if all levels are rare")
  func varies() {
    #expect(learn([("web", 20), ("call", 20)]).varies)
    #expect(learn([("web", 20), ("call", 1)]).varies)
    #expect(learn([("web", 20)], missing: 1).varies)
    #expect(!learn([("a", 9), ("b", 9), ("c", 9)]).varies)
    #expect(!learn([]).varies)
  }

  @Test("the order of the table's levels is nothing")
  func order() {
    let counts = (0..<300).map { ("level \($0)", Double($0 % 20) / 3 + 6) }
    let expected = learn(counts)
    #expect(expected.levels.count > 10 && expected.otherLeads > 100)
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<5 { #expect(learn(counts.shuffled(using: &generator)) == expected) }
  }

  @Test("a letter composed or decomposed is one level, counted together")
  func canonicalEquals() {
    for counts in [
      [("Caf\u{e9}", 6.0), ("Cafe\u{301}", 7)], [("Cafe\u{301}", 7), ("Caf\u{e9}", 6)],
    ] {
      let encoding = learn(counts + [("bar", 20)])
      #expect(
        encoding.levels.map { Array($0.name.utf8) } == [
          Array("Cafe\u{301}".utf8), Array("bar".utf8),
        ])
      #expect(encoding.leadsByCode == [13, 20])
      #expect(encoding.recoding(["Caf\u{e9}", "bar", "Cafe\u{301}"]) == [0, 1, 2, 1])
    }
  }
}

@Suite("Distinct levels")
struct DistinctLevelsTests {
  @Test("different levels stay, in their order")
  func different() {
    let distinct = DistinctLevels(["b", "a", "B", "a ", "\u{df}", "ss"])
    #expect(distinct.names == ["b", "a", "B", "a ", "\u{df}", "ss"])
    #expect(distinct.places == [0, 1, 2, 3, 4, 5])
    #expect(DistinctLevels([]).names.isEmpty)
  }

  @Test("the same characters in other bytes share a place, by the spelling that sorts first")
  func same() {
    let distinct = DistinctLevels(["x", "\u{e9}", "e\u{301}", "x"])
    #expect(distinct.places == [0, 1, 1, 0])
    #expect(distinct.names.map { Array($0.utf8) } == [[0x78], [0x65, 0xCC, 0x81]])
  }
}

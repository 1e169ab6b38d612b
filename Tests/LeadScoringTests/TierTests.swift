import Foundation
import Testing

@testable import LeadScoring

@Suite("Tiers")
struct TierTests {
  private func tiers(_ borders: [(String, Double)], rest: String = "rest") throws -> TierBoundaries
  {
    try TierBoundaries(
      borders.map { Tier(name: $0.0, lowest: $0.1, chosen: "by hand") }, rest: rest)
  }

  @Test("a lead at a border is in the tier above it")
  func atBorders() throws {
    let tiers = try tiers([("A", 0.5), ("B", 0.25), ("C", 0)])
    let found = [1, 0.5, 0.5.nextDown, 0.25, 0.25.nextDown, 0].map { tiers.tier(of: $0) }
    #expect(found == ["A", "A", "B", "B", "C", "C"])
    #expect(try self.tiers([("A", 0.5)]).tier(of: 0.1) == "rest")
  }

  @Test("a lead without a required field falls to the next tier that takes it")
  func requiredFields() throws {
    let tiers = try TierBoundaries([
      Tier(name: "SQL", lowest: 0.5, requires: ["mail", "phone"], chosen: ""),
      Tier(name: "MQL-A", lowest: 0.3, requires: ["mail"], chosen: ""),
      Tier(name: "MQL-B", lowest: 0.2, chosen: ""),
    ])
    #expect(tiers.position(of: 0.9) { _ in true } == 0)
    #expect(tiers.position(of: 0.9) { $0 == "mail" } == 1)
    #expect(tiers.position(of: 0.9) { $0 == "phone" } == 2)
    #expect(tiers.position(of: 0.1) { _ in true } == 3)
  }

  @Test("many leads have the tiers that each has by itself", arguments: [[], ["mail"]])
  func together(requires: [String]) throws {
    let tiers = try TierBoundaries([
      Tier(name: "SQL", lowest: 0.5, requires: requires, chosen: ""),
      Tier(name: "MQL", lowest: 0.2, chosen: ""),
    ])
    let count = 150_000
    let probabilities = (0..<count).map { [1, 0.5, 0.5.nextDown, 0.3, 0.2, 0.1, 0][$0 % 7] }
    let leads = ForetoldLeads(
      probabilities: probabilities, outcomes: (0..<count).map { $0 % 3 == 0 ? 1 : 0 },
      weights: (0..<count).map { Double(1 + $0 % 4) })
    let isKnown: @Sendable (Int, String) -> Bool = { lead, _ in lead % 5 > 0 }
    let found = try tiers.judged(by: leads, isKnown: isKnown)
    let alone = try tiers.judged(
      positions: probabilities.enumerated().map { lead, probability in
        tiers.position(of: probability) { isKnown(lead, $0) }
      }, outcomes: leads.outcomes.map { $0 == 1 }, weights: leads.weights)
    #expect(found == alone)
  }

  @Test("borders must fall, lie in 0 to 1, and have names of their own")
  func refused() {
    #expect(throws: TierError.none) { try TierBoundaries([]) }
    #expect(
      throws: TierError.outOfOrder(upper: "A", upperLowest: 0.2, lower: "B", lowerLowest: 0.3)
    ) {
      try tiers([("A", 0.2), ("B", 0.3)])
    }
    #expect(throws: TierError.self) { try tiers([("A", 0.2), ("B", 0.2)]) }
    #expect(throws: TierError.outOfRange(name: "A", lowest: 1.5)) { try tiers([("A", 1.5)]) }
    #expect(throws: TierError.outOfRange(name: "A", lowest: -0.1)) { try tiers([("A", -0.1)]) }
    #expect(throws: TierError.self) { try tiers([("A", .nan)]) }
    #expect(throws: TierError.namedTwice("A")) { try tiers([("A", 0.5), ("A", 0.3)]) }
    #expect(throws: TierError.namedTwice("rest")) { try tiers([("rest", 0.5)]) }
    #expect(throws: TierError.badName("")) { try tiers([("", 0.5)]) }
    #expect(throws: TierError.badName("A\nB")) { try tiers([("A\nB", 0.5)]) }
  }

  @Test("a command line's borders are read, with blanks and equals signs in names")
  func parsing() throws {
    let tiers = try TierBoundaries.parse("SQL = 0.5, x=y=0.25,MQL B=1e-3")
    #expect(tiers.tiers.map(\.name) == ["SQL", "x=y", "MQL B"])
    #expect(tiers.tiers.map(\.lowest) == [0.5, 0.25, 0.001])
    for text in ["", "SQL", "SQL=", "SQL=half", "SQL=0.5,,MQL=0.2", "SQL=0,5", "SQL=nan", "=0.5"] {
      #expect(throws: TierError.self, "\(text)") { try TierBoundaries.parse(text) }
    }
  }

  @Test("changes keep what they do not name, and drop what was observed")
  func changes() throws {
    let evidence = TierEvidence(leads: 10, rate: 0.5, low: 0.2, high: 0.8)
    let tiers = try TierBoundaries(
      [Tier(name: "SQL", lowest: 0.5, requires: ["mail"], chosen: "x", evidence: evidence)],
      rest: "cold", restEvidence: evidence)
    let needy = try tiers.changed(to: nil, needs: ["SQL=mail+phone", "SQL=name"], rest: nil)
    #expect(needy.tiers[0].requires == ["mail", "phone", "name"])
    #expect(needy.rest == "cold")
    #expect(needy.tiers[0].evidence == nil && needy.restEvidence == nil)
    let moved = try tiers.changed(to: "SQL=0.6,MQL=0.2", needs: [], rest: "chaff")
    #expect(moved.names == ["SQL", "MQL", "chaff"])
    #expect(throws: TierError.unknownTier("XQL", known: ["SQL"])) {
      try tiers.changed(to: nil, needs: ["XQL=mail"], rest: nil)
    }
    #expect(throws: TierError.notANeed("mail")) {
      try tiers.changed(to: nil, needs: ["mail"], rest: nil)
    }
  }

  @Test("JSON gives tiers back, and is checked as they are")
  func json() throws {
    let tiers = try tiers([("A", 0.1), ("B", 0.1.nextDown)])
    let bytes = try JSONEncoder().encode(tiers)
    #expect(try JSONDecoder().decode(TierBoundaries.self, from: bytes) == tiers)
    let reversed =
      Data(
        #"{"rest":"r","tiers":[{"name":"A","lowest":0.1,"requires":[],"chosen":""},"#.utf8)
      + Data(#"{"name":"B","lowest":0.2,"requires":[],"chosen":""}]}"#.utf8)
    #expect(throws: TierError.self) {
      try JSONDecoder().decode(TierBoundaries.self, from: reversed)
    }
  }
}

@Suite("The usual borders")
struct UsualBorderTests {
  private func usual(_ probabilities: [Double], weights: [Double]? = nil) throws -> TierBoundaries {
    try .usual(
      for: ForetoldLeads(
        probabilities: probabilities, outcomes: probabilities.map { _ in 0 },
        weights: weights ?? probabilities.map { _ in 1 }), evidenceName: "score")
  }

  @Test("the best 10, 25 and 50 % of leads are in the tiers above")
  func shares() throws {
    var random = SplitMix(state: 3)
    let probabilities = (1...200).map { Double($0) / 250 }.shuffled(using: &random)
    let tiers = try usual(probabilities)
    #expect(tiers.names == ["SQL", "MQL-A", "MQL-B", "unqualified"])
    let counts = tiers.tiers.map { tier in probabilities.count { $0 >= tier.lowest } }
    #expect(counts == [20, 50, 100])
  }

  @Test("a weight of two is the lead twice")
  func weights() throws {
    let probabilities = (1...100).map { Double($0) / 125 }
    let weighted = try usual(
      probabilities, weights: probabilities.indices.map { 1 + Double($0 % 3) })
    let repeated = try usual(
      probabilities.indices.flatMap { [Double](repeating: probabilities[$0], count: 1 + $0 % 3) })
    #expect(weighted == repeated)
  }

  @Test("borders that fall together are one, of the better tier")
  func ties() throws {
    #expect(try usual([Double](repeating: 0.3, count: 50)).names == ["SQL", "unqualified"])
    let two = try usual((0..<100).map { $0 < 30 ? 0.8 : 0.2 })
    #expect(two.tiers.map(\.name) == ["SQL", "MQL-B"])
    #expect(two.tiers.map(\.lowest) == [0.8, 0.2])
  }

  @Test("rare conversions keep their tiers apart, and sure ones do not lose theirs")
  func nearTheEnds() throws {
    let rare = try usual((1...1000).map { Double($0) * 1e-7 })
    #expect(rare.tiers.count == 3)
    #expect(rare.tiers.allSatisfy { $0.lowest > 0 })
    let sure = try usual((1...1000).map { 1 - Double($0) * 1e-9 })
    #expect(sure.tiers.count == 3)
    #expect(sure.tiers.allSatisfy { $0.lowest < 1 })
  }

  @Test("a single lead has a tier")
  func oneLead() throws {
    #expect(try usual([0.42]).tiers.map(\.lowest) == [0.42])
  }

  @Test("what was observed has the interval of Clopper and Pearson, and weights count")
  func evidence() throws {
    let tiers = try TierBoundaries([Tier(name: "A", lowest: 0.5, chosen: "")])
    let judged = try tiers.judged(
      positions: [0, 0, 0, 1, 1], outcomes: [true, false, false, false, false],
      weights: [4, 3, 3, 1, 0])
    let evidence = try #require(judged.tiers[0].evidence)
    #expect(evidence.leads == 10)
    #expect(evidence.rate == 0.4)
    // R: binom.test(4, 10)$conf.int
    #expect(abs(evidence.low - 0.121552258119827) < 1e-12)
    #expect(abs(evidence.high - 0.737621923393055) < 1e-12)
    #expect(judged.restEvidence?.leads == 1)
    #expect(
      try tiers.judged(positions: [1], outcomes: [true], weights: nil).tiers[0].evidence == nil)
  }
}

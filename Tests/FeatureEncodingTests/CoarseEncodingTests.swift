import Tables
import Testing

@testable import FeatureEncoding

@Suite("Coarse encoding")
struct CoarseEncodingTests {
  private func counts(_ numbers: [Double], weights: [Double]? = nil) -> ValueCounts {
    ValueCounts(
      count: numbers.count, value: { numbers[$0] }, weight: { weights?[$0] ?? 1 })
  }

  /// The cuts of numbers; nil where they have no groups.
  private func cuts(_ numbers: [Double], weights: [Double]? = nil) -> [Double]? {
    guard case .cuts(let cuts)? = CoarseEncoding(counts(numbers, weights: weights))?.groups else {
      return nil
    }
    return cuts
  }

  @Test("twelve values or fewer have a cut between each two")
  func fewValues() {
    #expect(cuts([3, 0, 2, 1, 1, .nan]) == [0.5, 1.5, 2.5])
    #expect(cuts((0..<600).map { Double($0 % 12) }) == (0..<11).map { Double($0) + 0.5 })
    #expect(cuts([10, 20, 10, 20]) == [15])
    #expect(cuts([-1, 999]) == [0])
    #expect(cuts([1, 999]) == [500])
    #expect(cuts([0.1, 0.2]) == [0.15])
  }

  @Test("numbers that do not differ have no groups")
  func oneValue() {
    #expect(cuts([7, 7, 7, .nan]) == nil)
    #expect(cuts([.nan, .nan]) == nil)
    #expect(cuts([]) == nil)
    #expect(cuts([1, 2], weights: [1, 0]) == nil)
  }

  @Test("many values are cut at twelve equal shares of leads")
  func quantiles() {
    #expect(cuts((1...1200).map { Double($0) }) == (1...11).map { 100 * Double($0) + 0.5 })
    // Missing ones are no leads of any share.
    #expect(
      cuts((1...1200).map { Double($0) } + .init(repeating: .nan, count: 500))
        == (1...11).map { 100 * Double($0) + 0.5 })
  }

  @Test("where a value swallows cuts, the others are cut finely too")
  func atoms() {
    // Cuts at equal shares fall behind 0 (nine times), 100 and 200. Of the others, 1 to 300, those at eleven
    // equal shares are behind 28, 55, 82, 110, 137, 164, 191, 219, 246 and 273.
    let numbers = [Double](repeating: 0, count: 900) + (1...300).map { Double($0) }
    #expect(
      cuts(numbers)
        == [0, 28, 55, 82, 100, 110, 137, 164, 191, 200, 219, 246, 273].map { $0 + 0.5 })
    // A value of fewer leads than 8 % swallows nothing: there is no finer cutting.
    let even = (0..<1300).map { Double($0 / 100) }
    #expect(cuts(even)?.count == 11)
  }

  @Test("a frequent value at the lower end keeps a group of its own")
  func firstAtom() throws {
    let numbers = [Double](repeating: -1, count: 700) + (1...40).map { Double($0) }
    let found = try #require(CoarseEncoding(counts(numbers)))
    #expect(found.group(of: -1) == 0 && found.group(of: 1) == 1)
    #expect(found.group(of: 40) == found.groupCount - 2)
  }

  @Test("a weight of two is a lead twice")
  func weights() {
    let numbers = (0..<400).map { Double($0 * 7 % 83) }
    let twice = cuts(numbers + numbers.filter { $0 > 40 })
    #expect(twice != nil)
    #expect(cuts(numbers, weights: numbers.map { $0 > 40 ? 2 : 1 }) == twice)
  }

  @Test("the order of leads changes no cut")
  func order() {
    let numbers = (0..<900).map { Double($0 * $0 % 197) / 7 }
    #expect(cuts(numbers) == cuts(numbers.reversed()))
  }

  @Test("a cut is nobody's own value, and parts leads where it says")
  func privacy() throws {
    for seed in 1...40 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let count = Int.random(in: 30...900, using: &generator)
      let digits = [1.0, 10, 1e4, 1e9][seed % 4]
      let numbers = (0..<count).map { _ -> Double in
        let u = Double.random(in: 0..<1, using: &generator)
        return u < 0.3 ? -1 : (u * u * u * 1000 * digits + 17).rounded() / digits
      }
      let leads = counts(numbers)
      let found = try #require(cuts(numbers))
      #expect(found.allSatisfy { leads.leads(at: $0) == 0 }, "seed \(seed)")
      #expect(zip(found, found.dropFirst()).allSatisfy { $0 < $1 })
      #expect((1...24).contains(found.count))
    }
  }

  @Test(
    "a cut lies strictly between two values, if any number does",
    arguments: [
      (0.0, .leastNonzeroMagnitude * 9), (-1e308, 1e308), (1e300, 1.1e300), (-3, -2.9999999),
      (1 / 3, 0.5),
      (0, .leastNonzeroMagnitude), (1, 1.nextUp), (-0.1, 0.1),
    ] as [(Double, Double)])
  func extremes(low: Double, high: Double) {
    let cut = CoarseEncoding.cut(from: low, to: high)
    // Between neighbors of the number line there is none; the lower one is then the cut.
    #expect(low.nextUp == high ? cut == low : low < cut && cut < high)
  }

  @Test("a group reaches up to its cut and includes it; missing is last")
  func groupOfNumber() {
    let groups = CoarseEncoding(groups: .cuts([1, 2.5]))
    #expect(groups.groupCount == 4)
    let numbers = [-1e9, 1, 1.nextUp, 2.5, 2.6, 1e300, .infinity, -.infinity, .nan]
    #expect(numbers.map { groups.group(of: $0) } == [0, 0, 1, 1, 2, 2, 2, 0, 3])
    #expect(groups.missingGroup == 3)
    #expect(groups.neighbors.map { [$0.0, $0.1] } == [[0, 1], [1, 2]])
  }

  /// A category of levels a, b ..., each of so many leads.
  private func category(
    _ leads: [Double], missing: Double = 0, other: Double = 0
  ) -> CategoryEncoding {
    CategoryEncoding(
      levels: leads.enumerated().map {
        .init(name: String(UnicodeScalar(UInt8(97 + $0))), leads: $1)
      }, otherLeads: other, missingLeads: missing)
  }

  @Test("few levels are groups of their own, and the rare ones another")
  func fewLevels() throws {
    let groups = try #require(CoarseEncoding(category([30, 10, 20], other: 7)))
    #expect(groups.groups == .levels(["a", "b", "c"], hasMissing: false))
    #expect(groups.groupCount == 4)
    #expect(["a", "b", "c", "x"].map { groups.group(ofLevel: $0) } == [0, 1, 2, 3])
    #expect(groups.missingGroup == 3)
    #expect(groups.neighbors.isEmpty)
  }

  @Test("missing is a group where it is among the fourteen commonest")
  func commonestLevels() throws {
    // Twenty levels of 200, 190 ... 10 leads; the 14th has 70.
    let leads = (0..<20).map { 200 - 10 * Double($0) }
    let names = (0..<20).map { String(UnicodeScalar(UInt8(97 + $0))) }
    let among = try #require(CoarseEncoding(category(leads, missing: 75)))
    #expect(among.groups == .levels(Array(names.prefix(13)), hasMissing: true))
    #expect(among.groupCount == 15 && among.missingGroup == 13)
    #expect(among.group(ofLevel: "n") == 14)
    let even = try #require(CoarseEncoding(category(leads, missing: 70)))
    #expect(even.groups == .levels(Array(names.prefix(13)), hasMissing: true))
    let rare = try #require(CoarseEncoding(category(leads, missing: 69)))
    #expect(rare.groups == .levels(Array(names.prefix(14)), hasMissing: false))
    #expect(rare.groupCount == 15 && rare.missingGroup == 14)
  }

  @Test("of levels with equally many leads those first by name are groups")
  func equalLevels() throws {
    let groups = try #require(
      CoarseEncoding(category(.init(repeating: 50, count: 20))))
    #expect(
      groups.groups
        == .levels((0..<14).map { String(UnicodeScalar(UInt8(97 + $0))) }, hasMissing: false))
  }

  @Test("one level alone has no groups; with missing leads it has")
  func oneLevel() {
    #expect(CoarseEncoding(category([30], other: 4)) == nil)
    #expect(
      CoarseEncoding(category([30], missing: 4))?.groups == .levels(["a"], hasMissing: true))
  }

  private func table() throws -> Table {
    try Table(columns: [
      Column(name: "visits", values: .numeric([0, 1, 2, .nan, 1, 2])),
      FeatureEncodingTests.category("source", ["web", "fair", "", "web", "fair", "call"]),
      flag("asked", [true, false, nil, true, false, true]),
      Column(name: "seen", values: .date([100, 200, .nan, 300, 300, 200])),
      Column(name: "same", values: .numeric([1, 1, 1, 1, 1, 1])),
    ])
  }

  @Test("each kind of column has codes of its groups")
  func codes() throws {
    let table = try table()
    func codes(_ groups: CoarseEncoding.Groups, _ name: String, rows: [Int] = Array(0..<6)) throws
      -> [UInt8]
    {
      CoarseEncoding(groups: groups).codes(
        of: try #require(table[name]), rows: rows, referenceDay: { $0 == 5 ? 1000 : 400 })
    }
    #expect(try codes(.cuts([0.5, 1.5]), "visits") == [0, 1, 2, 3, 1, 2])
    #expect(try codes(.cuts([0.5, 1.5]), "visits", rows: [5, 0]) == [2, 0])
    #expect(try codes(.flag(falseWord: "no", trueWord: "yes"), "asked") == [1, 0, 2, 1, 0, 1])
    // Days before the reference: 300, 200, -, 100, 100, 800.
    #expect(try codes(.cuts([150, 250]), "seen") == [2, 1, 3, 0, 0, 2])
    #expect(try codes(.levels(["fair", "web"], hasMissing: true), "source") == [1, 0, 2, 1, 0, 3])
    #expect(
      try codes(.levels(["fair", "web"], hasMissing: false), "source") == [1, 0, 2, 1, 0, 2])
  }

  @Test("a code above a column's levels is one of the others")
  func unseenCode() {
    let column = Column(
      name: "source", values: .category(Categories(codes: [0, 1, 2], levels: ["web"])))
    let groups = CoarseEncoding(groups: .levels(["web"], hasMissing: true))
    #expect(groups.codes(of: column, rows: 0..<3) { _ in 0 } == [1, 0, 2])
  }

  @Test("an encoder's fields have groups, but for those with a direction")
  func fields() throws {
    let whole = try MadeUpLeads(count: 400, seed: 4).table()
    func coarse(_ directions: [String: CurveEncoding.Direction]) throws -> [String: CoarseEncoding?]
    {
      let encoder = try FeatureEncoder(
        learning: whole, columns: MadeUpLeads.features, rows: Array(0..<400),
        weights: .init(repeating: 1, count: 400), form: .curves(knots: 32), directions: directions,
        dateReference: .day(20_500))
      let found = try encoder.coarse(
        whole, rows: Array(0..<400), weights: .init(repeating: 1, count: 400))
      let codes = try encoder.coarseCodes(found, whole, rows: Array(0..<400))
      for (groups, codes) in zip(found, codes) {
        #expect(codes.count == (groups == nil ? 0 : 400))
        #expect(codes.allSatisfy { Int($0) < groups?.groupCount ?? 0 })
      }
      return Dictionary(uniqueKeysWithValues: zip(encoder.fields.map(\.name), found))
    }
    let free = try coarse([:])
    #expect(
      free.keys.sorted() == ["age", "contacted", "created", "hasBudget", "revenue", "source"])
    #expect(free.values.allSatisfy { $0 != nil })
    let held = try coarse(["age": .up, "contacted": .down])
    #expect(held.filter { $0.value == nil }.keys.sorted() == ["age", "contacted"])
  }
}

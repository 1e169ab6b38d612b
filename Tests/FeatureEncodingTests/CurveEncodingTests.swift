import LinearAlgebra
import Tables
import TestSupport
import Testing

@testable import FeatureEncoding

@Suite("Curve encoding")
struct CurveEncodingTests {
  private func counts(_ numbers: [Double], weights: [Double]? = nil) -> ValueCounts {
    ValueCounts(
      count: numbers.count, value: { numbers[$0] }, weight: { weights?[$0] ?? 1 })
  }

  private func encoding(_ numbers: [Double], knots: Int = 64) -> CurveEncoding {
    CurveEncoding(
      count: numbers.count, value: { numbers[$0] }, weight: { _ in 1 }, knots: knots)
  }

  @Test("counts values, few and many, as sorting them would")
  func valueCounts() {
    var generator = SeededGenerator(seed: 1)
    let numbers = (0..<5000).map { row -> Double in
      row % 10 == 0 ? .nan : Double(Int.random(in: 0..<900, using: &generator)) / 8
    }
    let found = counts(numbers)
    let sorted = numbers.filter { !$0.isNaN }.sorted()
    #expect(
      zip(found.values, found.leads).flatMap { [Double](repeating: $0, count: Int($1)) } == sorted)
    #expect(found.missingLeads == 500)
    #expect(found.total == 4500)
    // Rank 0.005 * 4499 = 22.495: between the leads 22 and 23, counted from 0.
    #expect(abs(found.quantile(0.005) - (sorted[22] + 0.495 * (sorted[23] - sorted[22]))) < 1e-12)
    #expect(found.quantile(1) == sorted[4499])
    #expect(found.leads(at: sorted[7]) == Double(sorted.count { $0 == sorted[7] }))
    #expect(found.leads(at: 0.01) == 0)
  }

  @Test("a weight of two is a value twice")
  func weights() {
    let numbers = (0..<300).map { Double($0 * 7 % 41) }
    let twice = counts(numbers.flatMap { [$0, $0] })
    let weighted = counts(numbers, weights: .init(repeating: 2, count: 300))
    #expect(twice.values == weighted.values && twice.leads == weighted.leads)
    #expect(KnotChoice(twice, most: 16).knots == KnotChoice(weighted, most: 16).knots)
  }

  @Test("few values that enough leads share are a knot each")
  func fewValues() {
    let found = encoding((0..<400).map { Double($0 % 8) })
    #expect(found.knots == [0, 1, 2, 3, 4, 5, 6, 7])
    #expect(found.levels.map(\.value) == [0, 1, 2, 3, 4, 5, 6, 7])
    #expect(found.levels.allSatisfy { $0.leads == 50 })
    #expect(found.coefficientCount == 1 + 8 + 8)
  }

  @Test("two values are a line alone")
  func twoValues() {
    let found = encoding((0..<400).map { $0 % 40 == 0 ? .nan : Double($0 % 2) })
    #expect(found.knots.isEmpty && found.levels.isEmpty)
    #expect(found.line.varies && found.line.hasMissing)
    #expect(found.coefficientCount == 2)
  }

  @Test("no knot, level or end of the line is the value of fewer than ten leads")
  func privacy() {
    for seed in 1...20 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let count = Int.random(in: 30...900, using: &generator)
      let digits = [1.0, 10, 1e4, 1e9][seed % 4]
      let numbers = (0..<count).map { _ -> Double in
        let u = Double.random(in: 0..<1, using: &generator)
        return u < 0.2 ? 0 : (u * u * u * 1000 * digits + 17).rounded() / digits
      }
      let leads = counts(numbers)
      let found = encoding(numbers)
      for number in found.knots + [found.line.lowest, found.line.highest] where number != 0 {
        let own = leads.leads(at: number)
        #expect(own == 0 || own >= 10, "seed \(seed): \(number) has \(own) leads")
      }
      for level in found.levels { #expect(level.leads >= 10) }
      #expect(zip(found.knots, found.knots.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  @Test("rare values next to each other share a knot at their mean")
  func rareValues() {
    let common = (1...3).flatMap { [Double](repeating: Double($0), count: 50) }
    let rare = [4.0, 5, 5, 6, 7, 7, 7, 8, 9, 10]
    #expect(encoding(common + rare).knots == [1, 2, 3, 7.5])
    #expect(encoding(common + [90, 91]).knots == [1, 2, 3])
  }

  @Test("many values have frequent ones and quantiles as knots")
  func manyValues() {
    let found = encoding((0..<4000).map { $0 % 4 == 0 ? 500 : Double($0) + 0.25 }, knots: 32)
    #expect(found.knots.contains(500))
    #expect((30...32).contains(found.knots.count))
    #expect(found.levels == [.init(value: 500, leads: 1000)])
    let gaps = zip(found.knots, found.knots.dropFirst()).map { $1 - $0 }
    #expect(gaps.allSatisfy { $0 < 250 })
  }

  @Test("a number's level is found by its value alone")
  func levelCode() {
    let found = encoding((0..<400).map { Double($0 % 8) })
    #expect(found.levelCode(of: 0) == 1)
    #expect(found.levelCode(of: 7) == 8)
    #expect(found.levelCode(of: 3.5) == 0)
    #expect(found.levelCode(of: .nan) == 0)
  }

  /// A table of points on knots.
  private func points(_ knots: [Double]) -> CurveEncoding {
    CurveEncoding(
      line: NumericEncoding(
        transform: .identity, mean: 0, standardDeviation: 0, lowest: 0, highest: 1,
        presentLeads: 90, missingLeads: 0), knots: knots, levels: [])
  }

  @Test("a number at a jump is at the first of its two points, one above it starts from the second")
  func jumps() {
    func place(_ number: Double, _ knots: [Double]) -> [Double] {
      let found = points(knots).place(of: number)
      return [Double(found.left), found.fraction]
    }
    let middle: [Double] = [1, 2, 2, 4]
    #expect(place(0, middle) == [0, 0])
    #expect(place(1, middle) == [0, 0])
    #expect(place(1.5, middle) == [0, 0.5])
    #expect(place(2, middle) == [1, 0])
    #expect(place(2.nextUp, middle)[0] == 2 && place(2.nextUp, middle)[1] > 0)
    #expect(place(2.nextDown, middle)[0] == 0 && place(2.nextDown, middle)[1] < 1)
    #expect(place(2.5, middle) == [2, 0.25])
    #expect(place(4, middle) == [3, 0])
    #expect(place(9, middle) == [3, 0])
    // At the ends: up to it, and beyond it.
    let first: [Double] = [1, 1, 2]
    #expect(place(0.5, first) == [0, 0] && place(1, first) == [0, 0])
    #expect(place(1.5, first) == [1, 0.5])
    let last: [Double] = [1, 2, 2]
    #expect(place(2, last) == [1, 0] && place(3, last) == [2, 0])
    #expect(place(2.nextUp, last) == [2, 0])
    let all: [Double] = [1, 1, 2, 2, 3, 3]
    #expect(place(2, all) == [2, 0] && place(2.5, all) == [3, 0.5] && place(3.5, all) == [5, 0])
  }

  @Test("knots may come twice and no more, and rise else")
  func validKnots() {
    for knots in [[], [1, 2], [1, 1], [1, 1, 2, 2, 3]] as [[Double]] {
      #expect(CurveEncoding.areValid(knots: knots))
    }
    for knots in [[1], [2, 1], [1, 1, 1], [1, 2, 2, 2], [1, 3, 2], [.nan, 1], [1, .nan, 2]]
      as [[Double]]
    {
      #expect(!CurveEncoding.areValid(knots: knots), "\(knots)")
    }
  }

  @Test("a table of points bends at knots and at the ends of the line, and jumps at cuts")
  func pointPlaces() {
    let curve = CurveEncoding(
      line: NumericEncoding(
        transform: .identity, mean: 5, standardDeviation: 2, lowest: 0, highest: 10,
        presentLeads: 90, missingLeads: 0), knots: [1, 5, 9], levels: [])
    #expect(curve.pointPlaces() == [0, 1, 5, 9, 10])
    #expect(curve.pointPlaces(cuts: [3, 5, 12]) == [0, 1, 3, 3, 5, 5, 9, 10, 12, 12])
    #expect(CurveEncoding.areValid(knots: curve.pointPlaces(cuts: [0, 10])))
  }

  @Test("a curve with a direction has neither a line nor values of their own")
  func directions() {
    let numbers = (0..<400).map { Double($0 % 8) }
    let found = CurveEncoding(
      count: 400, value: { numbers[$0] }, weight: { _ in 1 }, knots: 64, direction: .down)
    #expect(found.direction == .down && !found.line.varies && found.levels.isEmpty)
    #expect(found.knots == [0, 1, 2, 3, 4, 5, 6, 7])
    // Of two values too, and where few leads have each.
    let two = CurveEncoding(
      count: 400, value: { Double($0 % 2) }, weight: { _ in 1 }, knots: 64, direction: .up)
    #expect(two.knots == [0, 1])
    let rare = CurveEncoding(
      count: 12, value: { Double($0 * $0) }, weight: { _ in 1 }, knots: 64, direction: .up)
    #expect(rare.knots.count >= 2)
  }

  @Test("a column that is another one times a rate is left out, and the other named")
  func duplicates() throws {
    var generator = SeededGenerator(seed: 5)
    let minutes = (0..<500).map { _ in Double.random(in: 0...100, using: &generator) }
    let other = (0..<500).map { _ in Double.random(in: 0...100, using: &generator) }
    let table = try Table(columns: [
      Column(name: "minutes", values: .numeric(Numbers(minutes))),
      Column(name: "other", values: .numeric(Numbers(other))),
      Column(name: "charge", values: .numeric(Numbers(minutes.map { ($0 * 17).rounded() / 100 }))),
      Column(
        name: "holes",
        values: .numeric(Numbers(minutes.enumerated().map { $0 == 3 ? .nan : $1 }))),
    ])
    let encoder = try FeatureEncoder(
      learning: table, columns: table.columnNames, rows: Array(0..<500),
      weights: .init(repeating: 1, count: 500), form: .curves(knots: 64),
      dateReference: .day(0))
    #expect(encoder.fields.map(\.name) == ["minutes", "other", "holes"])
    #expect(encoder.duplicates == ["charge": "minutes"])
  }

  @Test("each coefficient's column is where the layout says, and holds line, hats or levels")
  func design() throws {
    let numbers = (0..<400).map { $0 % 9 == 8 ? Double.nan : Double($0 % 9) }
    let table = try Table(columns: [
      category("source", (0..<400).map { $0 % 3 == 0 ? "web" : "fair" }),
      Column(name: "visits", values: .numeric(Numbers(numbers))),
    ])
    let encoder = try FeatureEncoder(
      learning: table, columns: table.columnNames, rows: Array(0..<400),
      weights: .init(repeating: 1, count: 400), form: .curves(knots: 64),
      dateReference: .day(0))
    let design = try encoder.encode(table, rows: Array(0..<400))
    let layout = encoder.layout
    #expect(design.columnCount == layout.count)
    guard case .curve(let encoding) = encoder.fields[1].rule else {
      Issue.record("visits should be a curve")
      return
    }
    let columns = layout.values(of: 1, in: (0..<layout.count).map { design.column($0) })
    #expect(columns.count == encoding.coefficientCount)
    for (row, number) in numbers.enumerated() {
      #expect(abs(columns[0][row] - encoding.line.standardized(number)) < 1e-15)
      #expect(columns[1][row] == (number.isNaN ? 1 : 0))
      for (index, knot) in encoding.knots.enumerated() {
        #expect(columns[2 + index][row] == (number == knot ? 1 : 0))
      }
      for (index, level) in encoding.levels.enumerated() {
        #expect(columns[10 + index][row] == (number == level.value ? 1 : 0))
      }
    }
  }
}

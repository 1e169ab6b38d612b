import LinearAlgebra
import Testing

@testable import FeatureEncoding

/// A pair whose table has so many leads in each cell, each lead a row.
func pair(
  _ rows: CoarseEncoding.Groups, _ columns: CoarseEncoding.Groups, leads: [[Int]]
) -> PairEncoding {
  var codes: (first: [UInt8], second: [UInt8]) = ([], [])
  for (a, row) in leads.enumerated() {
    for (b, count) in row.enumerated() {
      codes.first += [UInt8](repeating: UInt8(a), count: count)
      codes.second += [UInt8](repeating: UInt8(b), count: count)
    }
  }
  return PairEncoding(
    first: 0, second: 1, rows: CoarseEncoding(groups: rows),
    columns: CoarseEncoding(groups: columns), codes: codes,
    weights: .init(repeating: 1, count: codes.first.count))
}

@Suite("Pair encoding")
struct PairEncodingTests {
  private func edges(_ pair: PairEncoding, from offset: Int = 0) -> Set<[Int]> {
    Set(pair.edges(from: offset).map { [$0.first, $0.second] })
  }

  @Test("cells of a level are joined along the number until ten leads are in them")
  func levelAndNumber() {
    let found = pair(
      .levels(["a", "b"], hasMissing: false), .cuts([1, 2, 3]),
      leads: [[4, 7, 3, 20, 12], [15, 5, 2, 1, 3], [1, 2, 3, 0, 0]])
    #expect(
      found.codes == [
        // 12 missing leads stand alone; 4 and 7 are enough, 3 and 20 are.
        2, 2, 3, 3, 1,
        // 5, 2 and 1 are not, and so belong to the 15 before them; 3 missing ones have no neighbor.
        4, 4, 4, 4, 0,
        // 6 in all are not enough.
        0, 0, 0, 0, 0,
      ])
    #expect(found.coefficientCount == 4)
    #expect(found.leads == [4, 7, 3, 20, 12, 15, 5, 2, 1, 3, 1, 2, 3, 0, 0])
    #expect(edges(found, from: 10) == [[11, 12]])
  }

  @Test("the same the other way around, where the number is the first field")
  func numberAndLevel() {
    let found = pair(
      .cuts([1, 2, 3]), .levels(["a", "b"], hasMissing: false),
      leads: [[4, 15, 1], [7, 5, 2], [3, 2, 3], [20, 1, 0], [12, 3, 0]])
    #expect(found.codes == [2, 4, 0, 2, 4, 0, 3, 4, 0, 3, 4, 0, 1, 0, 0])
    #expect(edges(found) == [[1, 2]])
  }

  @Test("cells of two numbers are joined along the one that is cut more finely")
  func twoNumbers() {
    let found = pair(
      .cuts([1]), .cuts([1, 2]), leads: [[10, 10, 5, 10], [3, 8, 30, 0], [0, 0, 0, 11]])
    #expect(found.codes == [2, 3, 3, 1, 4, 4, 5, 0, 0, 0, 0, 6])
    #expect(edges(found) == [[1, 2], [1, 3], [2, 3], [2, 4], [3, 4]])
    #expect(found.edges(from: 0).count == 5)
    // Equally fine: along the second.
    let even = pair(.cuts([1]), .cuts([1]), leads: [[6, 6, 0], [6, 6, 0], [0, 0, 0]])
    #expect(even.codes == [1, 1, 0, 2, 2, 0, 0, 0, 0])
    #expect(edges(even) == [[0, 1]])
  }

  @Test("without a number only cells of ten leads have a coefficient, and none has a neighbor")
  func words() {
    let found = pair(
      .flag(falseWord: "no", trueWord: "yes"), .levels(["a", "b"], hasMissing: true),
      leads: [[10, 9, 40, 0], [9, 9, 9, 9], [0, 0, 11, 0]])
    #expect(found.codes == [1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 3, 0])
    #expect(found.coefficientCount == 3)
    #expect(found.edges(from: 0).isEmpty)
  }

  @Test("a pair of few leads has no coefficient")
  func nothing() {
    let found = pair(.cuts([1]), .cuts([1]), leads: [[3, 3, 3], [3, 3, 3], [3, 3, 3]])
    #expect(found.codes == .init(repeating: 0, count: 9))
    #expect(found.coefficientCount == 0)
  }

  @Test("weights are leads")
  func weights() {
    let found = PairEncoding(
      first: 3, second: 5, rows: CoarseEncoding(groups: .flag(falseWord: "0", trueWord: "1")),
      columns: CoarseEncoding(groups: .flag(falseWord: "0", trueWord: "1")),
      codes: ([0, 0, 1, 2], [0, 0, 1, 1]), weights: [6, 4, 9.5, 10])
    #expect(found.leads == [10, 0, 0, 0, 9.5, 0, 0, 10, 0])
    #expect(found.codes == [1, 0, 0, 0, 0, 0, 0, 2, 0])
    #expect(found.first == 3 && found.second == 5)
  }

  @Test("no coefficient is of fewer than ten leads, and each has some cell")
  func privacy() {
    for seed in 1...60 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let (height, width) = (2 + seed % 5, 2 + seed % 7)
      func groups(_ count: Int, isNumber: Bool) -> CoarseEncoding.Groups {
        isNumber
          ? .cuts((1..<count).map { Double($0) })
          : .levels((1..<count).map { "\($0)" }, hasMissing: true)
      }
      let leads = (0...height).map { _ in
        (0...width).map { _ in Int.random(in: 0...22, using: &generator) }
      }
      let found = pair(
        groups(height, isNumber: seed % 2 == 0), groups(width, isNumber: seed % 3 == 0),
        leads: leads)
      var sums = [Double](repeating: 0, count: found.coefficientCount + 1)
      for (code, leads) in zip(found.codes, found.leads) { sums[code] += leads }
      #expect(sums.dropFirst().allSatisfy { $0 >= 10 }, "seed \(seed)")
      #expect(Set(found.codes).union([0]) == Set(0...found.coefficientCount))
      #expect(found.leads == leads.flatMap { $0.map(Double.init) })
    }
  }

  @Test("rows of the history have the coefficient of their cell")
  func block() {
    let found = pair(
      .flag(falseWord: "no", trueWord: "yes"), .levels(["a", "b"], hasMissing: true),
      leads: [[10, 9, 40, 0], [9, 9, 9, 9], [0, 0, 11, 0]])
    let block = found.block(first: [0, 0, 0, 1, 2], second: [2, 1, 0, 3, 2])
    #expect((0..<5).map { block[$0] } == [2, 0, 1, 0, 3])
    #expect(block.levelCount == 3 && block.hasNeighbors)
  }
}

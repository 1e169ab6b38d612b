import Foundation
import Parallelism
import TestSupport
import Testing

@testable import Regression

/// Evidence of pairs in plain arithmetic; see `Fixtures/make_pair_screen.py`.
struct PairScreenReference: Decodable, CustomTestStringConvertible {
  let name: String
  let groupCounts: [Int]
  let codes: [[UInt8]]
  let residuals, curvature: [Double]
  let pairs: [[Int]]
  let gains: [Double]
  var testDescription: String { name }

  private struct File: Decodable { let cases: [PairScreenReference] }

  static let all = fixture("pair_screen.json", as: File.self).cases

  var pairsOfColumns: [(Int, Int)] { pairs.map { ($0[0], $0[1]) } }

  /// The gains of the pairs in the order of the file, the rows being some of the file's.
  func gains(_ rows: [Int]? = nil, scale: (Int) -> Double = { _ in 1 }) -> [Double] {
    let rows = rows ?? Array(residuals.indices)
    let screen = PairScreen(
      codes: codes.map { column in rows.map { column[$0] } }, groupCounts: groupCounts)
    let found = screen.candidates(
      pairsOfColumns, residuals: rows.map { residuals[$0] * scale($0) },
      curvature: rows.map { curvature[$0] * scale($0) })
    return pairs.map { pair in
      found.first { $0.first == pair[0] && $0.second == pair[1] }?.gain ?? .nan
    }
  }
}

@Suite("Pair screen")
struct PairScreenTests {
  @Test("the evidence is that of the formula, cell by cell", arguments: PairScreenReference.all)
  func reference(_ reference: PairScreenReference) {
    expectAgreement(reference.gains(), reference.gains, relativeTolerance: 1e-10)
  }

  @Test("there are references") func references() { #expect(PairScreenReference.all.count == 2) }

  @Test("the strongest pair comes first; of equals the one of earlier columns")
  func order() {
    let reference = PairScreenReference.all[1]
    // The second column once more, at the end.
    let screen = PairScreen(
      codes: reference.codes + [reference.codes[1]],
      groupCounts: reference.groupCounts + [reference.groupCounts[1]])
    let found = screen.candidates(
      [(0, 4)] + reference.pairsOfColumns, residuals: reference.residuals,
      curvature: reference.curvature)
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.gain >= $1.gain })
    #expect(found[0].first == 0 && found[0].second == 1)
    #expect(found[1].first == 0 && found[1].second == 4)
    #expect(found[0].gain == found[1].gain)
    #expect(found[0].gain > 30)
  }

  @Test("the order of rows changes no evidence by more than 1e-10 of it")
  func rowOrder() {
    for reference in PairScreenReference.all {
      var random = MadeUpData(rows: 0, columns: 0, seed: 9)
      let order = random.order(reference.residuals.count)
      expectAgreement(reference.gains(order), reference.gains, relativeTolerance: 1e-10)
    }
  }

  @Test("a weight of two is a row twice")
  func weights() {
    for reference in PairScreenReference.all {
      let twice = reference.residuals.indices.flatMap { Array(repeating: $0, count: 1 + $0 % 2) }
      expectAgreement(
        reference.gains { Double(1 + $0 % 2) }, reference.gains(twice), relativeTolerance: 1e-10)
    }
  }

  @Test("the number of threads changes no bit")
  func threads() {
    let threads = Parallel.threads
    defer { Parallel.threads = threads }
    // More rows than a tile has, and no whole number of tiles.
    let reference = PairScreenReference.all[1]
    let rows = (0..<20_001).map { $0 * 7 % reference.residuals.count }
    Parallel.threads = 1
    let one = reference.gains(rows)
    for count in [2, 3, 8] {
      Parallel.threads = count
      #expect(reference.gains(rows) == one)
    }
  }

  @Test("rows and columns that explain all leave nothing to a pair")
  func additive() {
    // Every cell has the same curvature, and its residual is a sum of a row's and a column's.
    let cells = 5 * 7
    let residuals = (0..<cells).map { cell -> Double in
      let (row, column) = (Double(cell / 7), Double(cell % 7))
      return row - 2 + 0.3 * column
    }
    let gain = PairScreen.gain(
      residuals: residuals, curvature: .init(repeating: 2, count: cells), width: 7)
    let nothing = PairScreen.gain(
      residuals: .init(repeating: 0, count: cells), curvature: .init(repeating: 2, count: cells),
      width: 7)
    #expect(gain < 0)
    #expect(abs(gain - nothing) < 1e-12)
  }

  @Test("a table without leads has no evidence")
  func empty() {
    #expect(
      PairScreen.gain(residuals: [0, 0, 0, 0], curvature: [0, 0, 0, 0], width: 2) == 0)
  }

  @Test("where there is nothing to find, at most 5 % of 200 histories have a pair above the bar")
  func noise() {
    let (columns, rows, seeds) = (10, 500, 200)
    let pairs = (0..<columns).flatMap { second in (0..<second).map { ($0, second) } }
    #expect(pairs.count == 45)
    let bar = 3 + log(Double(pairs.count))
    var found = 0
    for seed in 1...seeds {
      var random = MadeUpData(rows: 0, columns: 0, seed: UInt64(seed))
      let groupCounts = (0..<columns).map { 3 + $0 }
      let codes = groupCounts.map { count in
        (0..<rows).map { _ in UInt8(random.uniform() * Double(count)) }
      }
      let probabilities = (0..<rows).map { _ in 0.05 + 0.6 * random.uniform() }
      let best = PairScreen(codes: codes, groupCounts: groupCounts).candidates(
        pairs, residuals: probabilities.map { (random.uniform() < $0 ? 1 : 0) - $0 },
        curvature: probabilities.map { $0 * (1 - $0) })[0]
      if best.gain > bar { found += 1 }
    }
    #expect(found <= seeds / 20, "\(found) of \(seeds)")
  }
}

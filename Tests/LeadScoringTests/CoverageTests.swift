import FeatureEncoding
import Foundation
import Tables
import Testing

@testable import LeadScoring

/// Whether intervals hold the truth as often as they say, on planted effects.
@Suite("Coverage of intervals")
struct CoverageTests {
  /// What is planted: a curve, effects of words, and a table of a word and a number.
  private struct Truth {
    let bend, slope: Double
    let sources: [Double]
    /// Of each region (outer) and number of visits.
    let table: [[Double]]

    static let sourceNames = ["ad", "call", "fair", "mail", "post", "web"]
    static let regions = ["east", "north", "south", "west"]

    init(_ random: inout SplitMix) {
      func normal() -> Double {
        (-2 * log(1 - random.unit())).squareRoot() * cos(2 * .pi * random.unit())
      }
      bend = 0.8 * normal()
      slope = 0.3 * normal()
      sources = Self.sourceNames.map { _ in 0.4 * normal() }
      table = Self.regions.map { _ in
        let (region, turn) = (0.3 * normal(), 0.7 * normal())
        return (0..<6).map { visits -> Double in
          let place = Double(visits)
          return region + 0.1 * place + turn * (place - 2.5) / 2.5
        }
      }
    }

    func curve(_ age: Double) -> Double { bend * sin(age / 8) + slope * (age - 45) / 15 }
  }

  /// How many intervals there were, and how many held the truth.
  private struct Count {
    var all = 0
    var held = 0
    var share: Double { Double(held) / Double(all) }

    mutating func add(_ coefficient: Coefficient, _ truth: Double) {
      let interval = coefficient.interval
      all += 1
      if interval.low <= truth, truth <= interval.high { held += 1 }
    }
  }

  /// The leads of a history: far fewer would tell so little of a cell that what is thought before decides, which
  /// is that pairs say little.
  private static let rows = 4000

  @Test(
    "intervals of curves, levels and cells of pairs hold the planted truth in 90 to 99 of 100 cases"
  )
  func coverage() throws {
    var (curves, levels, pairs) = (Count(), Count(), Count())
    for seed in 1...24 {
      var random = SplitMix(state: UInt64(seed))
      let truth = Truth(&random)
      var text = "age,source,region,visits,outcome\n"
      var ages: [Double] = []
      var (sources, cells) = (
        [Int](repeating: 0, count: 6),
        [[Double]](repeating: .init(repeating: 0, count: 6), count: 4)
      )
      for _ in 0..<Self.rows {
        let age = (6000 * random.unit()).rounded() / 100 + 15
        let source = Int(6 * random.unit())
        let (region, visits) = (Int(4 * random.unit()), Int(6 * random.unit()))
        let eta = -0.3 + truth.curve(age) + truth.sources[source] + truth.table[region][visits]
        ages.append(age)
        sources[source] += 1
        cells[region][visits] += 1
        let isWon = random.unit() < 1 / (1 + exp(-eta))
        text += "\(age),\(Truth.sourceNames[source]),\(Truth.regions[region]),"
        text += "\(visits)," + (isWon ? "won\n" : "lost\n")
      }
      let model = try Training.model(text) {
        $0.form = .curves
        $0.validation = .none
        $0.interactions = [Interaction("region", "visits")]
      }
      // Effects are counted from their mean over leads.
      let meanCurve = ages.reduce(0) { $0 + truth.curve($1) } / Double(Self.rows)
      let meanSource =
        zip(sources, truth.sources).reduce(0) { $0 + Double($1.0) * $1.1 } / Double(Self.rows)
      for term in model.terms {
        switch (term.name, term.field.rule) {
        case ("age", .curve(let encoding)):
          for (knot, point) in zip(encoding.knots, term.coefficients)
          where encoding.levelCode(of: knot) == 0 {
            curves.add(point, truth.curve(knot) - meanCurve)
          }
        case ("source", _):
          for (level, effect) in zip(term.coefficients, truth.sources) {
            levels.add(level, effect - meanSource)
          }
        default: break
        }
      }
      let rest = Self.rest(truth.table, leads: cells)
      let pair = try #require(model.pairs.first)
      #expect(pair.first.labels.prefix(4) == Truth.regions[...])
      for region in 0..<4 {
        for visits in 0..<6 {
          pairs.add(
            pair.coefficients[region * pair.second.groups.groupCount + visits], rest[region][visits]
          )
        }
      }
    }
    #expect(levels.all == 144 && pairs.all == 576 && curves.all > 300)
    for (name, count) in [("curves", curves), ("levels", levels), ("pairs", pairs)] {
      #expect((0.9...0.99).contains(count.share), "\(name): \(count.held) of \(count.all)")
    }
  }

  /// A table without what rows and columns could say over leads.
  private static func rest(_ table: [[Double]], leads: [[Double]]) -> [[Double]] {
    var rest = table
    for _ in 0..<50 {
      for row in rest.indices {
        let mean =
          zip(rest[row], leads[row]).reduce(0) { $0 + $1.0 * $1.1 } / leads[row].reduce(0, +)
        for column in rest[row].indices { rest[row][column] -= mean }
      }
      for column in 0..<6 {
        let total = leads.reduce(0) { $0 + $1[column] }
        let mean = zip(rest, leads).reduce(0) { $0 + $1.0[column] * $1.1[column] } / total
        for row in rest.indices { rest[row][column] -= mean }
      }
    }
    return rest
  }
}

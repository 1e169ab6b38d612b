import Foundation
import LeadScoring
import Testing

@testable import Reports

@Suite("Pairs in reports")
struct PairReportTests {
  /// A training with two pairs that were asked for, and one of curves alone.
  private static let shared = Result {
    (
      try train {
        $0.interactions = [
          Interaction("country", "employees"), Interaction("opted_in", "country"),
        ]
      }, try train { _ in }
    )
  }

  private static func train(_ change: (inout TrainingOptions) -> Void) throws -> LeadTraining {
    try MadeUpLeads.train(MadeUpLeads.history(0..<900)) {
      $0.form = .curves
      $0.validation = .none
      change(&$0)
    }
  }

  private let training, curves: LeadTraining
  private var model: LeadModel { training.model }

  init() throws { (training, curves) = try Self.shared.get() }

  /// The lines of a report from the one that begins so, up to an empty one.
  private func section(_ title: String, of lines: [String]) throws -> [String] {
    let start = try #require(lines.firstIndex { $0.hasPrefix(title) })
    return Array(lines[start...].prefix { !$0.isEmpty })
  }

  @Test("an inspected model lists each pair's cells, the pair that moves scores most first")
  func cells() throws {
    let lines = try section(
      "Pairs, in what they say", of: InspectReport(model, mostLevels: nil).lines)
    let pairs = model.pairs.sorted { $0.spread > $1.spread }
    #expect(pairs.count == 2)
    #expect(lines.count == 1 + 2 + pairs.reduce(0) { $0 + $1.cells.count })
    var place = 1
    for pair in pairs {
      let heading = lines[place].split(separator: " ").map(String.init)
      #expect(heading.prefix(2) == [pair.first.field, pair.second.field])
      for cell in pair.cells {
        place += 1
        let line = lines[place]
        #expect(line.hasPrefix("  \(cell.first) ") && line.contains(" \(cell.second) "))
        let interval = cell.coefficient.interval
        let numbers =
          "\(NumberText.signed(cell.coefficient.value, 3))  "
          + "[\(NumberText.signed(interval.low, 3)), \(NumberText.signed(interval.high, 3))]"
        #expect(line.hasSuffix(" \(NumberText.leads(cell.leads))  \(numbers)"), "\(line)")
      }
      place += 1
    }
  }

  @Test("of many cells the strongest are listed, and how many more there are")
  func mostCells() throws {
    let wide = try #require(model.pairs.first { $0.name.contains("employees") })
    #expect(wide.cells.count > 12)
    let lines = try section("Pairs, in what they say", of: InspectReport(model).lines)
    #expect(lines.contains("  ... \(wide.cells.count - 12) more cells (--all)"))
    let strongest = try #require(
      wide.cells.max {
        abs($0.coefficient.value) * $0.leads.squareRoot()
          < abs($1.coefficient.value) * $1.leads.squareRoot()
      })
    #expect(
      lines.contains {
        $0.hasPrefix("  \(strongest.first) ") && $0.contains(" \(strongest.second) ")
          && $0.contains(NumberText.signed(strongest.coefficient.value, 3))
      })
    #expect(lines.count { $0.hasSuffix("]") } <= 24)
  }

  @Test("pairs stand among the fields by how much they move scores")
  func shares() throws {
    let lines = try section("Fields, by how much", of: InspectReport(model).lines)
    #expect(lines.count == 2 + model.terms.count + 2)
    for pair in model.pairs {
      let line = try #require(lines.first { $0.hasPrefix("  \(pair.name) ") })
      #expect(line.contains(" pair "))
      #expect(line.hasSuffix(" \(pair.cells.count)            \(NumberText.fixed(pair.spread, 3))"))
    }
    let spreads = lines.dropFirst(2).compactMap { Double($0.split(separator: " ").last ?? "") }
    #expect(spreads.count == lines.count - 2 && spreads == spreads.sorted(by: >))
  }

  @Test("penalties of pairs have a second strength where cells have neighbors")
  func penalties() throws {
    let lines = try section("Penalties, as the history", of: InspectReport(model).lines)
    #expect(lines[1].contains("penalty  of differences  effective parameters"))
    for term in try #require(model.penalty.terms) where term.part == .pair {
      let line = try #require(lines.first { $0.hasPrefix("  \(term.field) ") })
      let numbers =
        [NumberText.significant(term.strength, 3)]
        + (term.differences.map { [NumberText.significant($0, 3)] } ?? [])
        + [NumberText.fixed(term.effectiveParameters, 2)]
      #expect(line.split(separator: " ").suffix(numbers.count).map(String.init) == numbers)
      #expect((term.differences != nil) == term.field.contains("employees"))
    }
  }

  @Test("a training's report names the pairs in its header, and lists them with the fields")
  func header() throws {
    let lines = TrainReport(training).lines
    #expect(lines.contains("  pairs     \(model.pairs[0].name), \(model.pairs[1].name)"))
    let listed = try section("Fields, by how much", of: lines)
    let strongest = model.sharesOfScores.prefix(10).map(\.name)
    #expect(zip(listed.dropFirst(2), strongest).allSatisfy { $0.hasPrefix("  \($1) ") })
  }

  @Test("a model without pairs is shown as before")
  func without() {
    let inspected = InspectReport(curves.model).lines
    #expect(!inspected.contains { $0.hasPrefix("Pairs") || $0.contains("of differences") })
    #expect(!TrainReport(curves).lines.contains { $0.hasPrefix("  pairs ") })
  }
}

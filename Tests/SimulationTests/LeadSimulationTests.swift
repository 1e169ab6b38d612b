import Foundation
import Simulation
import Tables
import Testing

@Suite("Lead simulation")
struct LeadSimulationTests {
  let simulation: LeadSimulation

  init() throws { simulation = try LeadSimulation(seed: 7) }

  @Test("the outcomes have the shares of a sales team's history")
  func outcomes() {
    let outcomes = simulation.rows(count: 50_000).outcomes
    func share(_ outcome: SimulatedOutcome) -> Double {
      Double(outcomes.count { $0 == outcome }) / Double(outcomes.count)
    }
    #expect((0.15...0.25).contains(share(.converted)))
    #expect((0.05...0.1).contains(share(.churned)))
    #expect(abs(share(.open) - 0.06) < 0.005)
  }

  @Test("the base rate differs little between seeds", arguments: [1, 2, 3, 4, 5] as [UInt64])
  func baseRate(seed: UInt64) throws {
    let leads = try LeadSimulation(seed: seed).rows(count: 10_000)
    let mean = leads.probabilities.reduce(0, +) / 10_000
    #expect((0.18...0.24).contains(mean))
  }

  @Test("a row depends on its number only")
  func rowsByNumber() {
    let whole = simulation.rows(count: 300)
    let part = simulation.rows(firstRow: 100, count: 50)
    #expect(part.probabilities == Array(whole.probabilities[100..<150]))
    #expect(part.outcomes == Array(whole.outcomes[100..<150]))
  }

  @Test("other seeds give other leads and other effects")
  func seeds() throws {
    let other = try LeadSimulation(seed: 8)
    #expect(other.rows(count: 20).probabilities != simulation.rows(count: 20).probabilities)
    #expect(other.truth().levels != simulation.truth().levels)
    #expect(other.truth().numbers == simulation.truth().numbers)
  }

  @Test("unseen levels take the place of the share of cells asked for, and change nothing else")
  func unseenLevels() throws {
    var options = LeadSimulation.Options()
    options.unseenShare = 0.2
    let leads = try LeadSimulation(seed: 7, options: options).rows(count: 20_000)
    let plain = simulation.rows(count: 20_000)
    #expect(leads.probabilities == plain.probabilities)
    let column = try #require(leads.table()["lead_source"])
    guard case .category(let sources) = column.values else {
      Issue.record("lead_source is a category")
      return
    }
    let known = try #require(simulation.truth().levels["lead_source"])
    let unseen = sources.codes.count { known[sources.levels[Int($0) - 1]] == nil }
    #expect(abs(Double(unseen) / 20_000 - 0.2) < 0.015)
  }

  @Test("without an outcome the other columns stay as they were")
  func withoutOutcome() throws {
    var options = LeadSimulation.Options()
    options.includesOutcome = false
    let leads = try LeadSimulation(seed: 7, options: options).rows(count: 100)
    let names = simulation.rows(count: 100).table().columnNames
    #expect(leads.table().columnNames == Array(names.dropLast()))
    #expect(leads.outcomes == simulation.rows(count: 100).outcomes)
  }

  @Test("leads are created inside the window")
  func window() throws {
    var options = LeadSimulation.Options()
    options.firstDay = 20089
    options.dayCount = 31
    let table = try LeadSimulation(seed: 7, options: options).rows(count: 5000).table()
    guard case .date(let days)? = table["created_at"]?.values else {
      Issue.record("created_at is a date")
      return
    }
    #expect(days.allSatisfy { (20089..<20120).contains($0) })
    #expect(Set(days.map { Int($0) }).count == 31)
  }

  @Test("the share of missing cells is that of a CRM")
  func missingCells() {
    let table = simulation.rows(count: 20_000).table()
    let expected = ["employees": 0.15, "annual_revenue": 0.3, "company_age_years": 0.4]
    for (name, share) in expected {
      guard case .numeric(let values)? = table[name]?.values else {
        Issue.record("\(name) is numeric")
        continue
      }
      #expect(abs(Double(values.count(where: \.isNaN)) / 20_000 - share) < 0.02, "\(name)")
    }
  }

  @Test("an option out of its range is named")
  func wrongOptions() {
    var options = LeadSimulation.Options()
    options.unseenShare = 1.5
    #expect(throws: SimulationError.unseenShare(1.5)) {
      try LeadSimulation(seed: 1, options: options)
    }
    options = LeadSimulation.Options()
    options.jobTitles = 0
    #expect(throws: SimulationError.jobTitles(0)) {
      try LeadSimulation(seed: 1, options: options)
    }
    options = LeadSimulation.Options()
    options.dayCount = .max
    #expect(throws: SimulationError.window(firstDay: 18262, dayCount: .max)) {
      try LeadSimulation(seed: 1, options: options)
    }
    #expect(
      SimulationError.jobTitles(0).description
        == "there can be 1 to 2000 job titles; found 0")
  }

  @Test("two thousand job titles have two thousand names")
  func jobTitles() throws {
    var options = LeadSimulation.Options()
    options.jobTitles = 2000
    let truth = try LeadSimulation(seed: 7, options: options).truth()
    #expect(truth.levels["job_title"]?.count == 2000)
    #expect(
      try LeadSimulation(seed: 7, options: options).truth(german: true).levels["Position"]?.count
        == 2000)
  }

  @Test("the truth survives JSON")
  func codableTruth() throws {
    let data = try JSONEncoder().encode(simulation.truth())
    #expect(try JSONDecoder().decode(PlantedTruth.self, from: data) == simulation.truth())
  }
}

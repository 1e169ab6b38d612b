import Foundation
import LeadScoring
import Reports
import Testing

@Suite("JSON report")
struct JSONReportTests {
  private struct Sample: Codable, Equatable {
    var zebra = 1
    var apple: [Double] = [
      0.1, 1e23, .leastNonzeroMagnitude, -0.0, 1 / 3.0, 123_456_789.123_456_78,
    ]
    var path = "a/b\"c\u{1B}"
  }

  private struct Differences: Decodable {
    struct Value: Decodable { let value: Double }
    struct Difference: Decodable {
      let estimate: Value
      let p: Double
    }
    let differences: [String: Difference]
  }

  @Test("keys are sorted, slashes plain and numbers exact")
  func exact() throws {
    let text = try JSONReport.text(Sample())
    #expect(text.contains("\"path\": \"a/b\\\"c\\u001b\""))
    let (apple, zebra) = (text.range(of: "\"apple\""), text.range(of: "\"zebra\""))
    #expect(try #require(apple).lowerBound < #require(zebra).lowerBound)
    let read = try JSONDecoder().decode(Sample.self, from: Data(text.utf8))
    #expect(read.apple.map(\.bitPattern) == Sample().apple.map(\.bitPattern))
  }

  @Test("a number that is not finite is a word")
  func notFinite() throws {
    let text = try JSONReport.text([Double.nan, .infinity, -.infinity])
    let words = try JSONDecoder().decode([String].self, from: Data(text.utf8))
    #expect(words == ["nan", "infinity", "-infinity"])
  }

  @Test("the same value gives the same text")
  func repeatable() throws {
    let made = try MadeUpLeads.shared.get()
    let first = try JSONReport.text(ComparisonReport(made.comparison))
    #expect(try JSONReport.text(ComparisonReport(made.comparison)) == first)
  }

  @Test("a comparison has the keys that a program reads, and the numbers of the comparison")
  func comparison() throws {
    let made = try MadeUpLeads.shared.get()
    let text = try JSONReport.text(ComparisonReport(made.comparison))
    let read = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(
      read.keys.sorted() == [
        "candidate", "coefficientChanges", "current", "differences", "leads", "metrics", "open",
        "populationStabilityIndex", "reasons", "scoreBins", "tierMigration", "verdict", "warnings",
      ])
    #expect(read["current"] as? String == "first")
    #expect(read["candidate"] as? String == "second")
    #expect(read["leads"] as? Int == made.comparison.leads)
    let metrics = try #require(read["metrics"] as? [String: [String: Any]])
    #expect(metrics.keys.sorted() == ["candidate", "current"])
    let differences = try #require(read["differences"] as? [String: [String: Any]])
    #expect(differences.keys.sorted() == ["areaUnderCurve", "brier", "logLoss"])
    #expect(differences["logLoss"]?.keys.sorted() == ["detectable", "estimate", "p"])
    // `JSONSerialization` moves the last digit of a number; the decoder does not.
    let exact = try JSONDecoder().decode(Differences.self, from: Data(text.utf8))
    let logLoss = made.comparison.comparison.logLoss
    #expect(exact.differences["logLoss"]?.p == logLoss.pValue)
    #expect(exact.differences["logLoss"]?.estimate.value == logLoss.difference.value)
    let migration = try #require(read["tierMigration"] as? [String: Any])
    #expect(migration.keys.sorted() == ["candidateTiers", "cells", "currentTiers"])
    #expect(migration["currentTiers"] as? [String] == made.comparison.migration.currentTiers)
    let changes = try #require(read["coefficientChanges"] as? [Any])
    #expect(changes.count == made.comparison.changes.count)
  }
}

import DataSources
import Foundation
import Tables
import Testing

@testable import LeadScoring

@Suite("Model files of earlier versions")
struct ModelFormatsTests {
  /// What a version of the program said of the leads in `leads.csv` by a model that it wrote.
  struct Expected: Decodable, CustomTestStringConvertible {
    let file: String
    let logits: [Double]
    let tiers, firstReason: [String]
    var testDescription: String { file }

    private struct All: Decodable { let models: [Expected] }

    static let all: [Expected] = {
      do {
        return try JSONDecoder().decode(All.self, from: Data(contentsOf: path("expected.json")))
          .models
      } catch {
        return []
      }
    }()
  }

  private static func path(_ file: String) -> URL {
    Bundle.module.resourceURL?.appendingPathComponent("Fixtures/formats/\(file)")
      ?? URL(fileURLWithPath: file)
  }

  @Test("there is one of each form and format")
  func all() {
    #expect(
      Expected.all.map(\.file) == [
        "linear-1.json", "plain-1.json", "curves-2.json", "pairs-3.json",
      ]
    )
  }

  @Test("score as they did, to the last digits", arguments: Expected.all)
  func scores(_ expected: Expected) throws {
    let file = Self.path(expected.file).path
    let model = try LeadModel(
      json: Array(Data(contentsOf: Self.path(expected.file))), path: file)
    let leads = Self.path("leads.csv").path
    let stream = try LeadStream(path: leads, options: ReadingOptions())
    let day = try #require(CalendarDay.days("2026-11-23"))
    let scorer = try LeadScorer(model, columns: stream.columnNames, file: leads, day: day)
    var blocks: [ScoredBlock] = []
    _ = try LeadFileScoring(scorer, stream: stream).run(
      render: { $0 }, consume: { blocks.append($0) })
    let block = try #require(blocks.first)
    #expect(blocks.count == 1 && block.logits.count == expected.logits.count)
    for (found, logit) in zip(block.logits, expected.logits) {
      #expect(abs(found - logit) < 1e-12 * max(1, abs(logit)))
    }
    #expect(block.tiers.map { model.tiers.names[$0] } == expected.tiers)
    let names = model.terms.map(\.name) + model.pairs.map(\.name)
    for row in block.logits.indices {
      let reasons = block.reasons(row: row, most: 1, averages: model.averages)
      #expect(reasons.first.map { names[$0.term] } ?? "" == expected.firstReason[row])
    }
    // Written again it says the same.
    #expect(try LeadModel(json: model.json(), path: file) == model)
  }
}

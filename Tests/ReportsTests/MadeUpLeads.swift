import DataSources
import Foundation
import LeadScoring
import Simulation
import Tables

/// Simulated leads, and what is made of them, for reports.
struct MadeUpLeads {
  /// One set for all tests: a training takes a while.
  static let shared = Result { try MadeUpLeads() }

  /// A training with tests by time and by folds, and one of half the leads with another penalty.
  let training, earlier: LeadTraining

  /// A training without validation, and one without a penalty.
  let unjudged, plain: LeadTraining

  /// The measures of the training's model on later leads.
  let evaluation: LeadEvaluation

  /// The earlier training's model against the other's.
  let comparison: VersionComparison

  /// What was met when the later leads were scored.
  let summary: LeadFileScoring.Summary

  init() throws {
    training = try Self.train(Self.history(0..<700), name: "second")
    earlier = try Self.train(Self.history(0..<350), name: "first") {
      $0.ridge = 300
      $0.validation = .folds
    }
    unjudged = try Self.train(Self.history(0..<200)) {
      $0.ridge = 1
      $0.validation = .none
    }
    plain = try Self.train(Self.plainText) { $0.form = .plain }
    let (old, new) = (earlier.model, training.model)
    let later = try Self.history(700..<1200)
    let scored = try Self.onDisk(later) { path in
      func history(_ model: LeadModel) throws -> ScoredHistory {
        try ScoredHistory(path: path, model: model, options: ReadingOptions(), day: 20_000)
      }
      return (try history(old), try history(new))
    }
    evaluation = try LeadEvaluation(scored.1, model: new)
    comparison = try VersionComparison(
      current: old, candidate: new, currentHistory: scored.0, candidateHistory: scored.1)
    summary = scored.1.summary
  }

  /// Trains on a text, as the program does.
  static func train(
    _ text: String, name: String = "model", _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws -> LeadTraining {
    var options = TrainingOptions()
    options.name = name
    options.trained = "2026-11-23"
    options.program = "0.1.0"
    change(&options)
    let file = try onDisk(text) { try LeadReader.read(path: $0, options: ReadingOptions()) }
    return try LeadTraining(on: file, options: options)
  }

  /// Rows of a simulated history as text.
  static func history(_ rows: Range<Int>) throws -> String {
    var bytes: [UInt8] = []
    SimulatedHistory(try LeadSimulation(seed: 5), firstRow: rows.lowerBound, count: rows.count)
      .write { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A history of a number and a word whose rows are not separated; one row lacks a value.
  private static var plainText: String {
    let rows = (0..<60).map { row -> String in
      let size = (row * 37) % 61
      let won = (row * 7 + size) % 5 < 2
      return
        "\(row == 9 ? "" : "\(size)"),\(["red", "green", "blue"][row % 3]),\(won ? "won" : "lost")"
    }
    return (["size,color,outcome"] + rows).joined(separator: "\n") + "\n"
  }

  private static func onDisk<Result>(
    _ text: String, _ body: (String) throws -> Result
  ) throws -> Result {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("winnow-reports-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: url)
    defer {
      do { try FileManager.default.removeItem(at: url) } catch { print("left behind: \(url)") }
    }
    return try body(url.path)
  }
}

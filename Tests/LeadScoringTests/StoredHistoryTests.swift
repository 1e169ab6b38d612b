import FeatureEncoding
import Foundation
import LinearAlgebra
import Parallelism
import Regression
import TestSupport
import Testing

@testable import DataSources
@testable import LeadScoring

/// Trains on a text as if memory held only some of its rows.
private func train(
  _ text: String, rows: Int, _ change: (inout TrainingOptions) -> Void = { _ in }
) throws -> LeadTraining {
  try MadeUpLeads.onDisk(text) { path in
    var options = TrainingOptions()
    options.form = .linear
    change(&options)
    return try LeadTraining(on: try sampled(path, rows: rows), options: options)
  }
}

private func sampled(_ path: String, rows: Int) throws -> LeadFile {
  var reading = ReadingOptions()
  reading.memoryBudget = 1
  reading.fewestSampledRows = rows
  reading.blockBytes = 20_000
  return try LeadReader.read(path: path, options: reading)
}

/// A text's lines in another order.
private func shuffled(_ text: String) -> String {
  let lines = text.split(separator: "\n")
  let count = lines.count - 1
  let order = (0..<count).map { 1 + ($0 * 7919) % count }
  #expect(Set(order).count == count)
  return ([lines[0]] + order.map { lines[$0] }).joined(separator: "\n") + "\n"
}

@Suite("Training on more rows than memory", .serialized)
struct StoredHistoryTests {
  /// A fit of all rows in memory, with the encoder and the penalties of a sample, and that by way of a file.
  private func compare(
    _ text: String, rows: Int, form: ModelForm, _ change: (inout TrainingOptions) -> Void = { _ in }
  ) throws {
    try MadeUpLeads.onDisk(text) { path in
      var options = TrainingOptions()
      options.ridge = form.hasCurves ? nil : 2
      change(&options)
      let file = try sampled(path, rows: rows)
      let whole = try #require(file.whole)
      let set = try TrainingSet(file.table, options: options)
      let fitted = try FormFit(
        set, rows: set.learningRows, form: form, options: options, penalty: options.penalty,
        folds: nil)
      let history = try StoredHistory(whole, set, fitted.problem, folder: nil)
      let found = try fitted.refitted(on: history, set)

      let all = try TrainingSet(try LeadReader.read(path: path).table, options: options)
      let encoder = fitted.problem.encoder
      var design = try encoder.encode(all.table, rows: all.rows)
      for pair in fitted.problem.pairs {
        var coarse = encoder.fields.map { _ in CoarseEncoding?.none }
        coarse[pair.first] = pair.rows
        coarse[pair.second] = pair.columns
        let codes = try encoder.coarseCodes(coarse, all.table, rows: all.rows)
        design = design.appending([
          pair.block(first: codes[pair.first], second: codes[pair.second])
        ])
      }
      let objective = try LogisticObjective(
        design: design, outcomes: all.outcomes, weights: all.weights,
        penalty: found.choice.evidence?.found.objective.penalty
          ?? QuadraticPenalty(squares: LinearProblem.penalties(2, count: design.columnCount)))
      let expected = try NewtonSolver().minimize(objective)
      #expect(history.counts.rows == all.table.rowCount)
      #expect(history.totalWeight == all.weights.reduce(0, +))
      #expect(fitted.problem.objective.design.rowCount < all.rows.count / 2)
      for (a, b) in zip(found.fit.coefficients, expected.coefficients) {
        #expect(abs(a - b) < 1e-9)
      }
      expectAgreement(
        try #require(found.inference).standardErrors,
        try PenalizedInference(expected, of: objective).standardErrors, relativeTolerance: 1e-8)
    }
  }

  @Test("lines: the coefficients and errors of all rows in memory", arguments: [false, true])
  func linear(weighted: Bool) throws {
    try compare(MadeUpLeads.small(rows: 4000, weighted: weighted), rows: 1200, form: .linear) {
      if weighted { $0.weight = "copies" }
    }
  }

  @Test("curves and pairs likewise, and the pairs are there")
  func pairs() throws {
    try compare(PlantedPairs.text, rows: 2200, form: .pairs)
    let model = try train(PlantedPairs.text, rows: 2200) { $0.form = .pairs }.model
    #expect(!model.pairs.isEmpty)
  }

  @Test("words likewise, with weights")
  func words() throws {
    let text = TextHistory.titles(rows: 4000, seed: 3, weighted: true)
    try compare(text, rows: 1500, form: .curves) { $0.weight = "copies" }
    let model = try train(text, rows: 1500) {
      $0.form = .curves
      $0.weight = "copies"
    }.model
    #expect(model.terms.contains { $0.kindName == "words" })
  }

  @Test("lists likewise")
  func lists() throws {
    let text = TextHistory.lists(rows: 4000, seed: 4)
    try compare(text, rows: 1500, form: .curves)
    let model = try train(text, rows: 1500) { $0.form = .curves }.model
    #expect(model.terms.contains { $0.kindName == "list" })
  }

  @Test("the number of threads changes no byte of the model, whatever the form")
  func threads() throws {
    let before = Parallel.threads
    defer { Parallel.threads = before }
    for form in [ModelForm.linear, .pairs] {
      let models = try [1, 2].map { threads in
        Parallel.threads = threads
        return try train(PlantedPairs.text, rows: 2000) { $0.form = form }.model.json()
      }
      #expect(models[0] == models[1])
    }
  }

  @Test("the order of rows changes nothing beyond rounding")
  func order() throws {
    let text = PlantedPairs.text
    for form in [ModelForm.linear, .pairs] {
      let one = try train(text, rows: 2000) { $0.form = form }.model
      let other = try train(shuffled(text), rows: 2000) { $0.form = form }.model
      #expect(one.data.sampledRows == other.data.sampledRows)
      for (a, b) in zip(one.allWithPairs, other.allWithPairs) { #expect(abs(a - b) < 1e-9) }
      for (a, b) in zip(one.allErrorsWithPairs, other.allErrorsWithPairs) {
        #expect(abs(a - b) < 1e-9)
      }
    }
  }

  @Test("the model tells of all rows and of the sample, scores leads, and comes back from its file")
  func model() throws {
    let text = MadeUpLeads.small(rows: 5000)
    let training = try train(text, rows: 1000)
    let plain = try Training.model(text)
    let (data, all) = (training.model.data, plain.data)
    #expect(data.rows == 5000 && data.converted == all.converted && data.lost == all.lost)
    #expect(data.sha256 == all.sha256)
    let sample = try #require(data.sampledRows)
    #expect((800...1200).contains(sample))
    #expect(all.sampledRows == nil)
    #expect(training.remarks.contains { $0.contains("a sample of \(sample) rows") })
    let again = try LeadModel(json: try training.model.json(), path: "model")
    #expect(again == training.model)
    // Four fifths of the rows were not in the sample: their mean prediction is their rate all the same.
    let scored = try MadeUpLeads.onDisk(text) {
      try ScoredHistory(path: $0, model: again, options: ReadingOptions(), day: 20_000)
    }
    let mean = scored.logits.reduce(0) { $0 + 1 / (1 + exp(-$1)) } / 5000
    #expect(abs(mean - Double(all.converted) / 5000) < 1e-8)
  }

  @Test("numbers that count the rows of the file are no feature of a sample either")
  func rowNumbers() throws {
    let lines = MadeUpLeads.small(rows: 3000).split(separator: "\n").enumerated()
    let text = lines.map { "\($0.offset == 0 ? "place" : "\($0.offset)"),\($0.element)\n" }.joined()
    let model = try train(text, rows: 500).model
    #expect(model.leftOut.contains { $0.name == "place" && $0.reason.contains("a row number") })
  }

  @Test("an outcome word that only other rows have is an error that names it")
  func unknownOutcome() throws {
    let text = MadeUpLeads.small(rows: 3000) + "1,1,Peru,no,2025-01-01,perhaps\n"
    let error = try #require(throws: TrainingError.self) { _ = try train(text, rows: 500) }
    #expect(error.description.contains("\"perhaps\""))
  }

  @Test("a plain fit says that it needs all rows, and a folder without room is named")
  func refusals() throws {
    let text = MadeUpLeads.small(rows: 3000)
    let plain = try #require(throws: TrainingError.self) {
      _ = try train(text, rows: 500) { $0.form = .plain }
    }
    #expect(plain.description.contains("a plain fit needs all rows in memory"))
    let folder = try #require(throws: TrainingError.self) {
      _ = try train(text, rows: 500) { $0.scratchFolder = "/no/such/folder" }
    }
    #expect(folder.description.contains("a temporary file in /no/such/folder fails"))
  }
}

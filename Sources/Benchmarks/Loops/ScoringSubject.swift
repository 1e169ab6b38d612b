import DataSources
import Foundation
import LeadScoring
import Parallelism
import Tables

/// The loops of scoring, on one thread and a block of leads in memory: logits, tiers, and rows of the output.
struct ScoringSubject {
  private let scorer: LeadScorer
  private let tables: [Table]
  private let leads: Int

  init(_ history: History) throws {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("winnow-loops-\(UUID().uuidString).csv")
    defer { do { try FileManager.default.removeItem(at: file) } catch { print("\(error)") } }
    try Data(history.header + history.records).write(to: file)
    var options = TrainingOptions()
    options.form = .linear
    options.ridge = 1
    options.validation = .none
    options.excluded = ["company_name"]
    let training = try LeadTraining(on: try LeadReader.read(path: file.path), options: options)
    let stream = try LeadStream(path: file.path)
    scorer = try LeadScorer(
      training.model, columns: stream.columnNames, file: file.path, day: 20_000)
    var tables: [Table] = []
    _ = try stream.forEachBlock(
      requests: scorer.requests, transform: { table, _ throws(Never) in table },
      consume: { table throws(Never) in tables.append(table) })
    self.tables = tables
    leads = history.rows
    try check(training.model, history)
  }

  /// The rows written are those of the file, with the probabilities that the logits mean.
  private func check(_ model: LeadModel, _ history: History) throws {
    let blocks = tables.map { scorer.score($0, firstRow: 0) }
    Benchmarks.expect(blocks.reduce(0) { $0 + $1.logits.count } == leads, "\(leads) leads scored")
    let text = blocks.map { String(decoding: writer(reasons: 0).text(of: $0).bytes, as: UTF8.self) }
      .joined()
    let rows = text.split(separator: "\n")
    Benchmarks.expect(rows.count == leads, "\(leads) rows written")
    let names = history.cells(of: model.roles.identifier ?? "")
    let logits = blocks.flatMap(\.logits)
    for (row, cells) in rows.enumerated() {
      let parts = cells.split(separator: ",")
      let probability = 1 / (1 + exp(-logits[row]))
      Benchmarks.expect(
        parts[0] == names[row] && abs((Double(parts[1]) ?? -1) - probability) < 1e-5, "row \(cells)"
      )
    }
  }

  private func writer(reasons: Int) -> ScoreWriter {
    ScoreWriter(scorer, format: .csv(.standard), mostReasons: reasons)
  }

  func lines(_ bounds: Bounds) -> [String] {
    let most = Parallel.threads
    Parallel.threads = 1
    defer { Parallel.threads = most }
    let cells = "\(scorer.model.terms.count) terms"
    // A number of 8 bytes or a code of 4 for each term, and a logit and a probability written.
    let bytes = Double(8 * scorer.model.terms.count + 16)
    let scoring = Timing { for table in tables { _ = scorer.score(table, firstRow: 0) } }
    let blocks = tables.map { scorer.score($0, firstRow: 0) }
    return [
      line(
        "scoring", cells, scoring, per: "lead", count: leads,
        speed: speed(bytes * Double(leads) / scoring.median),
        bound: "memory read \(speed(bounds.read.one))")
    ]
      + [0, 3].map { reasons in
        let writer = writer(reasons: reasons)
        let written = blocks.reduce(0) { $0 + writer.text(of: $1).bytes.count }
        let timing = Timing { for block in blocks { _ = writer.text(of: block) } }
        return line(
          "writer", reasons == 0 ? "probability and tier" : "and \(reasons) reasons", timing,
          per: "lead", count: leads, speed: speed(Double(written) / timing.median),
          bound: "memory copied \(speed(bounds.copy.one))")
      }
  }
}

import ArgumentParser
import LeadScoring
import Reports

extension WinnowCommand {
  /// Measures a model on a history.
  struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "evaluate",
      abstract: "Measures how well a model foretells a history.",
      discussion:
        "Use leads that the model has not learned from; it says so where it can tell that it has.")

    @Argument(help: "The file of history, with outcomes.")
    var history: String

    @Option(help: "The model file.")
    var model: String

    @OptionGroup(title: "Outcomes") var outcomes: OutcomeFlags

    @Option(help: "The file's names of the model's columns, as in employees=Mitarbeiter.")
    var map: [CommaList] = []

    @OptionGroup var days: DayFlags

    @Option(help: "Draw the leads anew so many times, and print the intervals that the draws give.")
    var bootstrap: Int?

    @Option(help: "The seed of the draws.")
    var seed: UInt64 = 1

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "Reading") var reading: ReadingFlags
    @OptionGroup(title: "Running") var running: RunFlags

    func validate() throws {
      if let bootstrap, !(100...1_000_000).contains(bootstrap) {
        throw ValidationError("--bootstrap is from 100 draws to 1,000,000; found \(bootstrap)")
      }
      _ = try map.pairs(option: "--map")
    }

    func run() throws {
      running.apply()
      let model = try ModelFile.read(model)
      let scored = try ScoredHistory(
        path: history, model: model, options: try reading.options(for: model),
        map: try map.pairs(option: "--map"), outcomeColumn: outcomes.outcome,
        vocabulary: outcomes.vocabulary, day: try days.day(for: model))
      running.note("\(history): \(scored.detection.summary)")
      ReadingRemarks(scored.detection, badRows: scored.summary.stream.badRows).lines
        .forEach(running.note)
      let evaluation = try LeadEvaluation(scored, model: model, draws: bootstrap, seed: seed)
      if json {
        print(try JSONReport.text(evaluation))
      } else {
        print(EvaluationReport(evaluation).lines.joined(separator: "\n"))
      }
    }
  }
}

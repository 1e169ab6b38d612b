import ArgumentParser
import Evaluation
import LeadScoring
import Reports

extension WinnowCommand {
  /// Compares two versions of a model on the same leads.
  struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compare",
      abstract: "Compares two models on the same leads and says which to use.",
      discussion: """
        Every difference is paired, lead by lead. The verdict is promote, keep, or cannot tell. Exit codes: 0 promote the \
        candidate, 2 keep the current model or cannot tell, 1 failed.
        """)

    @Argument(help: "The model in use.")
    var current: String

    @Argument(help: "The model that might replace it.")
    var candidate: String

    @Option(
      name: .customLong("on"), help: "The file of history on which to compare, with outcomes.")
    var history: String

    @OptionGroup(title: "Outcomes") var outcomes: OutcomeFlags

    @Option(help: "The file's names of the models' columns, as in employees=Mitarbeiter.")
    var map: [CommaList] = []

    @OptionGroup var days: DayFlags

    @Option(help: "The most changed coefficients to list.")
    var changes = 12

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "Reading") var reading: ReadingFlags
    @OptionGroup(title: "Running") var running: RunFlags

    func validate() throws {
      guard history != "-" else {
        throw ValidationError(
          "--on must be a file: it is read once for each model, which - cannot be")
      }
      guard changes >= 0 else { throw ValidationError("--changes is 0 or more; found \(changes)") }
      _ = try map.pairs(option: "--map")
    }

    func run() throws {
      running.apply()
      let models = (current: try ModelFile.read(current), candidate: try ModelFile.read(candidate))
      let known = models.current.columnNames.union(models.candidate.columnNames)
      for name in try map.pairs(option: "--map").keys.sorted() where !known.contains(name) {
        throw ScoringError.unknownColumn(
          name, option: "--map, which names the model's column first", found: known.sorted())
      }
      let before = try score(models.current)
      let after = try score(models.candidate)
      running.note("\(history): \(before.detection.summary)")
      let comparison = try VersionComparison(
        current: models.current, candidate: models.candidate, currentHistory: before,
        candidateHistory: after)
      let report = ComparisonReport(comparison, mostChanges: changes)
      if json {
        print(try JSONReport.text(report))
      } else {
        print(report.lines.joined(separator: "\n"))
      }
      if comparison.comparison.verdict.decision != .promote { throw ExitCode(2) }
    }

    private func score(_ model: LeadModel) throws -> ScoredHistory {
      // A column that only one model reads is nothing that the other lacks.
      let known = model.columnNames
      let map = try map.pairs(option: "--map").filter { known.contains($0.key) }
      return try ScoredHistory(
        path: history, model: model, options: try reading.options(for: model), map: map,
        outcomeColumn: outcomes.outcome, vocabulary: outcomes.vocabulary,
        day: try days.day(for: model))
    }
  }
}

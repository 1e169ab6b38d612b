import ArgumentParser
import DataSources
import LeadScoring
import Reports

extension WinnowCommand {
  /// Shows or changes the tiers of a model.
  struct Tiers: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "tiers",
      abstract: "Shows the tiers of a model, or changes them without a refit.",
      discussion: """
        winnow tiers model.json --set SQL=0.5,MQL-A=0.3,MQL-B=0.15 --needs SQL=contact_email
        """)

    @Argument(help: "The model file.")
    var model: String

    @Option(
      name: .customLong("set"), help: "Tiers from the best down, each NAME=LOWEST PROBABILITY.")
    var borders: String?

    @Option(
      help: "Fields that must be known for a tier, as in SQL=contact_email+phone; may be repeated.")
    var needs: [String] = []

    @Option(help: "The name of the tier below all borders.")
    var rest: String?

    @Option(
      name: .customLong("on"),
      help: "A file of history: what happened to its leads in the new tiers.")
    var history: String?

    @Option(help: "Where to write the model (default: where it is).")
    var output: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var days: DayFlags

    @OptionGroup(title: "Reading") var reading: ReadingFlags
    @OptionGroup(title: "Running") var running: RunFlags

    private var isChange: Bool {
      borders != nil || !needs.isEmpty || rest != nil || history != nil
    }

    func validate() throws {
      guard isChange || output == nil else {
        throw ValidationError("--output needs a change, such as --set")
      }
      if let output {
        try OutputPath.checkModel(output, option: "--output")
        try OutputPath.check(output, option: "--output", inputs: [history])
      }
      do throws(TierError) {
        if let borders { _ = try TierBoundaries.parse(borders) }
      } catch {
        throw ValidationError("--set: \(error)")
      }
    }

    func run() throws {
      running.apply()
      let model = try ModelFile.read(model)
      guard isChange else { return try show(model) }
      var changed = model.with(
        tiers: try model.tiers.changed(to: borders, needs: needs, rest: rest))
      if let history {
        let scored = try ScoredHistory(
          path: history, model: changed, options: try reading.options(for: model),
          day: try days.day(for: model))
        let evaluation = try LeadEvaluation(scored, model: changed)
        evaluation.warnings.forEach { running.note("note: \($0)") }
        changed = changed.with(tiers: evaluation.tiers)
      }
      try ModelFile.write(changed, to: output ?? self.model)
      try show(changed)
      running.note("model written to \(output ?? self.model)")
    }

    private func show(_ model: LeadModel) throws {
      if json {
        print(try JSONReport.text(model.tiers))
      } else {
        print(TierReport(model.tiers).lines.joined(separator: "\n"))
      }
    }
  }
}

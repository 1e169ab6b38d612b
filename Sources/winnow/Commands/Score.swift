import ArgumentParser
import DataSources
import LeadScoring
import Reports
import Tables

extension WinnowCommand {
  /// Scores a file of leads with a model.
  struct Score: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "score",
      abstract: "Scores leads, sorts them into tiers and says why.",
      discussion: """
        Writes one row a lead, in the order of the file: its name, the probability that it converts, that as a score of 0 to \
        100, its tier, and the strongest reasons: each field's exact share of the logit against the average lead.
        """)

    @Argument(help: "The file of leads: CSV, .csv.gz or JSON Lines; - is standard input.")
    var leads: String

    @Option(help: "The model file that winnow train wrote.")
    var model: String

    @Option(help: "Where to write the scores (default: standard output).")
    var output: String?

    @Option(help: "The most reasons for each lead.")
    var reasons = 3

    @Option(help: "Columns to pass on to the output, as in name,city; all passes on every column.")
    var keep: [CommaList] = []

    @Option(help: "The form of the output: csv or jsonl.")
    var format = "csv"

    @Flag(help: "Write CSV as a German Excel reads it: ; and decimal comma, Windows-1252.")
    var german = false

    @Option(help: "The column that names a lead (default: as at training).")
    var id: String?

    @Option(help: "The file's names of the model's columns, as in employees=Mitarbeiter.")
    var map: [CommaList] = []

    @OptionGroup var days: DayFlags

    @OptionGroup(title: "Reading") var reading: ReadingFlags
    @OptionGroup(title: "Running") var running: RunFlags

    func validate() throws {
      guard reasons >= 0 else { throw ValidationError("--reasons is 0 or more; found \(reasons)") }
      guard ["csv", "jsonl"].contains(format) else {
        throw ValidationError("--format is csv or jsonl; found \"\(format)\"")
      }
      if let output { try OutputPath.check(output, option: "--output", inputs: [leads, model]) }
      _ = try map.pairs(option: "--map")
    }

    func run() throws {
      running.apply()
      let model = try ModelFile.read(model)
      let stream = try LeadStream(
        path: leads, options: try reading.options(for: model), hashes: false)
      let columns = stream.columnNames
      let scorer = try LeadScorer(
        model, columns: columns, file: leads, map: try map.pairs(option: "--map"), identifier: id,
        kept: keep.items == ["all"] ? columns : keep.items, day: try days.day(for: model))
      let writer = ScoreWriter(
        scorer, format: format == "jsonl" ? .jsonLines : .csv(german ? .german : .standard),
        mostReasons: reasons)
      let summary = try endingQuietly {
        var file = try OutputFile(path: output)
        try file.write(writer.header)
        let summary = try LeadFileScoring(scorer, stream: stream).run(
          render: { writer.text(of: $0) }, consume: { text in try text.write(to: &file) })
        try file.commit()
        return summary
      }
      report(summary, stream: stream, scorer: scorer)
    }

    private func report(
      _ summary: LeadFileScoring.Summary, stream: LeadStream, scorer: LeadScorer
    ) {
      running.note("\(leads): \(stream.detection.summary)")
      ReadingRemarks(stream.detection, badRows: summary.stream.badRows).lines.forEach(running.note)
      for name in scorer.looseNames {
        running.note("  column \"\(name.found)\" is read as the model's \"\(name.wanted)\"")
      }
      ScoreReport(summary, model: scorer.model).lines.forEach(running.note)
      if let output { running.note("scores written to \(output)") }
    }
  }
}

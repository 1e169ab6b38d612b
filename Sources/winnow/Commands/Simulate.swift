import ArgumentParser
import DataSources
import Reports
import Simulation

extension WinnowCommand {
  /// Makes up a history of leads with a known truth.
  struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "simulate",
      abstract: "Makes up a history of leads whose truth is known.",
      discussion: """
        The same seed gives the same rows on every machine, and a smaller file is the beginning of a larger one. \
        --start-row draws further rows of the same world.
        """)

    @Option(help: "The number of rows.")
    var rows: Int

    @Option(help: "The seed of the world and its rows.")
    var seed: UInt64

    @Option(help: "The first row: rows after those of a history are new leads of the same world.")
    var startRow = 0

    @Flag(
      help: "Write what a German Excel writes: ; 1.234,56 31.12.2025, Windows-1252, German words.")
    var german = false

    @Flag(help: "Leave the outcome out, as of leads to score.")
    var noOutcome = false

    @Option(help: "The share of words that training cannot have seen, 0 to 1.")
    var unseen = 0.0

    @Option(
      help:
        "The kind of history: history, or linear with a truth that lines and levels express exactly."
    )
    var form = "history"

    @Option(help: "Where to write the true coefficients, as JSON.")
    var truth: String?

    @Option(help: "Where to write (default: standard output).")
    var output: String?

    @OptionGroup(title: "Running") var running: RunFlags

    func validate() throws {
      guard rows >= 0, startRow >= 0 else {
        throw ValidationError("--rows and --start-row are 0 or more")
      }
      guard LeadSimulation.Form(rawValue: form) != nil else {
        let forms = LeadSimulation.Form.allCases.map(\.rawValue).joined(separator: " or ")
        throw ValidationError("--form is \(forms); found \"\(form)\"")
      }
    }

    func run() throws {
      running.apply()
      var options = LeadSimulation.Options()
      options.unseenShare = unseen
      options.includesOutcome = !noOutcome
      options.form = LeadSimulation.Form(rawValue: form) ?? .history
      let simulation = try LeadSimulation(seed: seed, options: options)
      if let truth {
        var file = try OutputFile(path: truth)
        try file.write(try JSONReport.text(simulation.truth(german: german)) + "\n")
        try file.commit()
      }
      try endingQuietly {
        var file = try OutputFile(path: output)
        try SimulatedHistory(simulation, firstRow: startRow, count: rows, german: german)
          .write { bytes throws(OutputError) in try file.write(bytes) }
        try file.commit()
      }
    }
  }
}

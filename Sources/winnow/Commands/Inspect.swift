import ArgumentParser
import LeadScoring
import Reports

extension WinnowCommand {
  /// Shows what a model knows.
  struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "inspect",
      abstract: "Shows what a model knows, as tables.",
      discussion: "With --json it prints the checked model file itself.")

    @Argument(help: "The model file.")
    var model: String

    @Flag(help: "List every level of every field.")
    var all = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup(title: "Running") var running: RunFlags

    func run() throws {
      running.apply()
      let model = try ModelFile.read(model)
      if json {
        print(String(decoding: try model.json(), as: UTF8.self), terminator: "")
      } else {
        let report = InspectReport(model, mostLevels: all ? nil : 12)
        print(report.lines.joined(separator: "\n"))
      }
    }
  }
}

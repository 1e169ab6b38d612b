import ArgumentParser
import CKernels
import LinearAlgebra
import Parallelism

/// The program: a command a file in `Commands`.
@main
struct WinnowCommand: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "winnow",
    abstract: "Learns from closed deals which leads are wheat and which are chaff.",
    discussion: """
      winnow train history.csv --model model.json
      winnow score leads.csv --model model.json --output scores.csv
      winnow compare old.json new.json --on newest.csv

      Reads CSV as people have it (any separator, decimal comma, Windows-1252, .gz), JSON Lines, and - for standard \
      input. Exit codes: 0 done, 1 failed, 2 a negative verdict, 64 wrong usage.
      """,
    subcommands: [
      Train.self, Score.self, Evaluate.self, Compare.self, Inspect.self, Tiers.self, Simulate.self,
    ])

  @Flag(help: "Print the version; with --verbose also the libraries and the processor's kernels.")
  var version = false

  @Flag(help: "With --version: what the program runs on.")
  var verbose = false

  /// Runs the command that the words name; what went wrong is printed without what would steer a terminal.
  static func main() {
    do {
      var command = try parseAsRoot()
      winnow_keep_memory()
      LinearAlgebraLibrary.stopThreads()
      _ = try Instructions.running()
      try command.run()
    } catch {
      // Help, wrong usage and codes without a message are for the parser to print.
      guard exitCode(for: error) == .failure, !(error is ExitCode) else { exit(withError: error) }
      StandardError.print("Error: \(message(for: error))")
      exit(withError: ExitCode.failure)
    }
  }

  func run() throws {
    guard version else { throw CleanExit.helpRequest(self) }
    print("winnow \(Self.version)")
    guard verbose else { return }
    print("threads: \(Parallel.threads) of \(Parallel.coreCount) cores")
    print("instructions: \(try Instructions.running()) of \(Instructions.highest)")
    print("linear algebra: \(try LinearAlgebraLibrary.report())")
  }
}

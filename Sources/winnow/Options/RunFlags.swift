import ArgumentParser
import Parallelism

/// What every command takes.
struct RunFlags: ParsableArguments {
  @Flag(help: "Say nothing but the result.")
  var quiet = false

  @Option(help: "The most threads; the result is the same with any number (default: all cores).")
  var threads: Int?

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads is 1 or more") }
  }

  /// Takes effect at the start of a run.
  func apply() {
    if let threads { Parallel.threads = threads }
  }

  /// Prints a remark to standard error, unless the run is quiet.
  func note(_ text: String) {
    guard !quiet else { return }
    StandardError.print(text)
  }

  /// Says on a terminal what a long run is doing; anywhere else nobody waits before a screen.
  func progress(_ text: String) {
    guard !quiet, StandardError.isTerminal else { return }
    StandardError.print("... \(text)")
  }
}

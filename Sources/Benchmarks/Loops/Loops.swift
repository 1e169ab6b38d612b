import LinearAlgebra
import Parallelism

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The hot loops, a line each of a table in Markdown, beside what memory or kernels could do at most.
struct Loops {
  /// The rows of the design matrix; a tenth of them are read, scored and written.
  let rows: Int

  func run() throws {
    let isSmall = rows < 100_000
    let bounds = Bounds(words: isSmall ? 1 << 17 : 1 << 24, size: isSmall ? 128 : 1024)
    print("- instructions: \(try Instructions.running()) of \(Instructions.highest)")
    print("- linear algebra: \(try LinearAlgebraLibrary.report())")
    print("- \(Parallel.threads) threads of \(Parallel.coreCount) cores")
    for line in bounds.lines { print("- \(line)") }
    print("\n| loop | what | median | best | speed | bound |\n|---|---|---:|---:|---:|---:|")
    let history = try History(rows: max(500, rows / 10))
    for line in try ReadingSubject(history).lines(bounds) { print(line) }
    for line in try SolvingSubject(rows: rows).lines(bounds) { print(line) }
    for line in try ScoringSubject(history).lines(bounds) { print(line) }
  }
}

/// A line of the table: a time per `unit`, of which there are `count` in each call.
func line(
  _ loop: String, _ what: String, _ timing: Timing, per unit: String, count: Int, speed: String,
  bound: String
) -> String {
  func each(_ seconds: Double) -> String {
    "\(fixed(1e9 * seconds / Double(count), 2)) ns a \(unit)"
  }
  return
    "| \(loop) | \(what) | \(each(timing.median)) | \(each(timing.best)) | \(speed) | \(bound) |"
}

/// A number with some decimals.
func fixed(_ number: Double, _ decimals: Int) -> String {
  let scale = pow(10, Double(decimals))
  let rounded = (number * scale).rounded() / scale
  let text = rounded.description
  guard decimals > 0, let point = text.firstIndex(of: ".") else {
    return String(text.prefix { $0 != "." })
  }
  let missing = decimals - text.distance(from: point, to: text.endIndex) + 1
  return text + String(repeating: "0", count: max(0, missing))
}

/// Bytes a second, in the unit that fits.
func speed(_ bytesASecond: Double) -> String { "\(fixed(bytesASecond / 1e6, 0)) MB/s" }

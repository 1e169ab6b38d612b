import Foundation
import LinearAlgebra

/// Times parts of winnow inside one process, and checks what they computed; a subject a command.
///
///     Benchmarks loops ROWS                    the hot loops, beside what memory and kernels could do
///     Benchmarks fit FOLDER THREADS GAP        one fit of matrices that `Benchmarks/speed` wrote
///     Benchmarks scores DRAWS THREADS          DeLong and bootstrap of scores from standard input
@main
struct Benchmarks {
  static func main() throws {
    // Before anything is timed: the kernels of OpenBLAS are chosen and checked.
    _ = try LinearAlgebraLibrary.report()
    let words = Array(CommandLine.arguments.dropFirst())
    switch (words.first, words.count) {
    case ("loops", 2): try Loops(rows: number(words[1])).run()
    case ("fit", 4):
      guard let gap = Double(words[3]), gap >= 0 else {
        fail("not a gap of 0 or more: \(words[3])")
      }
      try FitSubject(folder: words[1], threads: number(words[2]), gap: gap).run()
    case ("scores", 3): try Scores.run(draws: number(words[1]), threads: number(words[2]))
    default:
      fail(
        "usage: Benchmarks loops ROWS | fit FOLDER THREADS GAP | scores DRAWS THREADS < scores.csv")
    }
  }

  private static func number(_ word: String) -> Int {
    guard let number = Int(word), number >= 1 else { fail("not a number of 1 or more: \(word)") }
    return number
  }

  /// Ends the program with a sentence and exit code 1.
  static func fail(_ sentence: String) -> Never {
    FileHandle.standardError.write(Data("Error: \(sentence)\n".utf8))
    exit(1)
  }

  /// Ends the program unless what was computed is right.
  static func expect(_ isRight: Bool, _ what: @autoclosure () -> String) {
    if !isRight { fail("wrong result: \(what())") }
  }
}

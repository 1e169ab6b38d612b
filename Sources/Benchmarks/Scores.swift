import Evaluation
import Parallelism

/// What is measured of scores that are in memory, for `Benchmarks/speed`.
///
/// Reads `probability,outcome` lines with a header from standard input. A line a subject: its name,
/// seconds, value or first standard error, standard error.
enum Scores {
  static func run(draws: Int, threads: Int) throws {
    Parallel.threads = threads
    let (probabilities, outcomes) = readScores()
    let clock = ContinuousClock()

    var area: Estimate?
    let areaTime = try clock.measure {
      // Sorting is part of it, as it is of the peer's.
      let leads = try ScoredLeads(probabilities: probabilities, outcomes: outcomes)
      area = try AreaUnderCurve(leads).estimate
    }
    report("delong", areaTime, area?.value, area?.standardError)

    var bootstrap: Bootstrap?
    let bootstrapTime = try clock.measure {
      let leads = try ScoredLeads(probabilities: probabilities, outcomes: outcomes)
      bootstrap = try Bootstrap(leads, draws: draws, seed: 1)
    }
    report(
      "bootstrap", bootstrapTime, bootstrap?.areaUnderCurve?.standardError,
      bootstrap?.logLoss?.standardError)
  }

  private static func readScores() -> (probabilities: [Double], outcomes: [Bool]) {
    var probabilities: [Double] = []
    var outcomes: [Bool] = []
    _ = readLine()
    while let line = readLine() {
      let cells = line.split(separator: ",")
      guard cells.count == 2, let probability = Double(cells[0]) else {
        Benchmarks.fail("not a probability and an outcome: \(line)")
      }
      probabilities.append(probability)
      outcomes.append(cells[1] == "1")
    }
    return (probabilities, outcomes)
  }

  private static func report(
    _ subject: String, _ time: Duration, _ first: Double?, _ second: Double?
  ) {
    print(subject, time / .seconds(1), first ?? .nan, second ?? .nan)
  }
}

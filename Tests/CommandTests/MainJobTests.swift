import Foundation
import Testing

@Suite("The main job")
struct MainJobTests {
  @Test("the same history gives the same bytes with one thread and with two")
  func sameBytes() throws {
    let folder = try TemporaryFolder()
    for threads in ["1", "2"] {
      let run = try Program.run(
        "train", Program.dataset("history.csv"), "--model", folder.file("\(threads).json"),
        "--name",
        "same", "--threads", threads)
      #expect(run.status == 0, "\(run.remarks)")
      let scored = try Program.run(
        "score", Program.dataset("new_leads.csv"), "--model", folder.file("\(threads).json"),
        "--output", folder.file("\(threads).csv"), "--threads", threads)
      #expect(scored.status == 0, "\(scored.remarks)")
    }
    #expect(try folder.bytes("1.json") == folder.bytes("2.json"))
    #expect(try folder.bytes("1.csv") == folder.bytes("2.csv"))
  }

  @Test(
    "the models of the package are those that the program trains",
    arguments: [
      (
        "version-1",
        [
          "--exclude",
          "page_views,emails_opened,emails_clicked,days_since_last_visit,session_minutes",
        ]
      ),
      ("version-2", []),
    ])
  func modelsAreReproduced(name: String, options: [String]) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("\(name).json")
    let kept = Program.package.appendingPathComponent("models/\(name).json")
    let run =
      options.isEmpty
      ? try Program.run("train", Program.dataset("history.csv"), "--model", path)
      : try Program.run(
        "train", Program.dataset("history.csv"), "--model", path, options[0], options[1])
    #expect(run.status == 0, "\(run.remarks)")
    let trained = try JSONSerialization.jsonObject(with: folder.bytes("\(name).json"))
    let stored = try JSONSerialization.jsonObject(with: Data(contentsOf: kept))
    let differences = Self.differences(trained, stored, at: "", ignoring: ["trained"])
    #expect(
      differences.isEmpty,
      "run scripts/make-datasets.sh if the change is meant: \(differences.prefix(5))")
  }

  @Test("a German export of the same history gives the same scores")
  func germanExport() throws {
    let folder = try TemporaryFolder()
    var probabilities: [[String]] = []
    for (history, leads, options) in [
      ("history.csv", "new_leads.csv", "L"), ("verlauf.csv", "neue_leads.csv", "L"),
    ] {
      let model = folder.file(history + ".json")
      let run = try Program.run(
        "train", Program.dataset(history), "--model", model, "--penalty", "1")
      #expect(run.status == 0, "\(run.remarks)")
      let scored = try Program.run("score", Program.dataset(leads), "--model", model)
      #expect(scored.status == 0, "\(scored.remarks)")
      #expect(scored.output.contains(options))
      probabilities.append(
        scored.output.split(separator: "\n").dropFirst().map {
          String($0.split(separator: ",", omittingEmptySubsequences: false)[1])
        })
    }
    #expect(probabilities[0].count == 500)
    #expect(probabilities[0] == probabilities[1])
  }

  @Test("the version that knows more is promoted, by exit code too")
  func compareVersions() throws {
    let models = ["version-1", "version-2"].map {
      Program.package.appendingPathComponent("models/\($0).json").path
    }
    let better = try Program.run(
      "compare", models[0], models[1], "--on", Program.dataset("later.csv"))
    #expect(better.status == 0)
    #expect(better.output.contains("Verdict: promote the candidate."))
    let worse = try Program.run(
      "compare", models[1], models[0], "--on", Program.dataset("later.csv"), "--json")
    #expect(worse.status == 2)
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(worse.output.utf8)) as? [String: Any])
    #expect(report["verdict"] as? String == "keep")
  }

  @Test("reasons and baseline sum to the logit")
  func reasonsSum() throws {
    let run = try Program.run(
      "score", Program.dataset("new_leads.csv"), "--model",
      Program.package.appendingPathComponent("models/version-2.json").path, "--format", "jsonl",
      "--reasons", "100")
    #expect(run.status == 0)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 500)
    for line in lines {
      let row = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let reasons = try #require(row["reasons"] as? [[String: Any]])
      let shares = reasons.compactMap { $0["share"] as? Double }.reduce(0, +)
      let logit = try #require(row["logit"] as? Double)
      let baseline = try #require(row["baseline"] as? Double)
      #expect(abs(baseline + shares - logit) < 1e-12)
    }
  }

  /// Where two JSON values differ; numbers may in their last digits, between processors.
  private static func differences(
    _ found: Any, _ expected: Any, at place: String, ignoring: Set<String>
  ) -> [String] {
    switch (found, expected) {
    case (let found as [String: Any], let expected as [String: Any]):
      let keys = Set(found.keys).symmetricDifference(expected.keys)
      guard keys.isEmpty else { return ["\(place): keys \(keys)"] }
      return expected.filter { !ignoring.contains($0.key) }.flatMap { key, value in
        differences(found[key] ?? "nothing", value, at: place + "/" + key, ignoring: ignoring)
      }
    case (let found as [Any], let expected as [Any]):
      guard found.count == expected.count else { return ["\(place): length"] }
      return zip(found, expected).enumerated().flatMap { index, pair in
        differences(pair.0, pair.1, at: place + "/\(index)", ignoring: ignoring)
      }
    case (let found as NSNumber, let expected as NSNumber):
      let size = max(1, abs(expected.doubleValue))
      let isSame = abs(found.doubleValue - expected.doubleValue) <= 1e-8 * size
      return isSame ? [] : ["\(place): \(found), not \(expected)"]
    default: return "\(found)" == "\(expected)" ? [] : ["\(place): \(found), not \(expected)"]
    }
  }
}

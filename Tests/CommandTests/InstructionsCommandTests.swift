import Foundation
import Testing

@Suite("Instructions")
struct InstructionsCommandTests {
  static let paths = ["portable", "baseline", "avx2", "avx512"]
  static let variable = "WINNOW_INSTRUCTIONS"

  /// The paths that this processor can take, the highest one last.
  private static func here() throws -> [String] {
    let line = try #require(
      try version(of: nil).split(separator: "\n").first { $0.hasPrefix("instructions: ") })
    let highest = try #require(paths.firstIndex { line.hasSuffix(" of \($0)") })
    return Array(paths[...highest])
  }

  /// What the program says of itself on a path.
  private static func version(of path: String?) throws -> String {
    let run = try Program.run(
      ["--version", "--verbose"], environment: path.map { [variable: $0] } ?? [:])
    #expect(run.status == 0, "\(run.remarks)")
    return run.output
  }

  @Test("the path that was asked for runs, and OpenBLAS takes kernels that fit it")
  func asked() throws {
    let here = try Self.here()
    for path in here {
      let text = try Self.version(of: path)
      #expect(text.contains("instructions: \(path) of \(here.last ?? "")\n"))
      guard text.contains("DYNAMIC_ARCH"), here.count > 1 else { continue }
      let core = try #require(text.firstMatch(of: /; core ([A-Za-z0-9]+)/)?.1)
      switch path {
      case "portable", "baseline": #expect(here.count == 2 || core == "Prescott")
      case "avx2": #expect(["Haswell", "Zen"].contains(core))
      default: #expect(core != "Prescott")
      }
    }
  }

  @Test(
    "a path that there is not, or that the processor lacks, is refused", arguments: paths + ["sse9"]
  )
  func refused(path: String) throws {
    guard try !Self.here().contains(path) else { return }
    let folder = try TemporaryFolder()
    let run = try Program.run(
      ["simulate", "--rows", "10", "--seed", "1", "--output", folder.file("h.csv")],
      environment: [Self.variable: path])
    #expect(run.status == 1)
    #expect(run.remarks.hasPrefix("Error: WINNOW_INSTRUCTIONS "))
    #expect(!FileManager.default.fileExists(atPath: folder.file("h.csv")))
  }

  @Test(
    "models and scores of all paths agree to 1e-9",
    arguments: [
      ["--form", "linear"], ["--form", "curves", "--validation", "none"],
      ["--form", "pairs", "--validation", "none", "--interaction", "industry*lead_source"],
    ])
  func agreement(options: [String]) throws {
    let folder = try TemporaryFolder()
    let history = folder.file("h.csv")
    let made = try Program.run(
      "simulate", "--rows", "1500", "--seed", "3", "--output", history, "--quiet")
    #expect(made.status == 0)
    var results: [(path: String, model: Any, quality: Any, scores: [[String]])] = []
    for path in try Self.here() {
      let environment = [Self.variable: path, "SOURCE_DATE_EPOCH": "1795392000"]
      let model = folder.file("\(path).json")
      let trained = try Program.run(
        ["train", history, "--model", model, "--name", "m", "--quiet"] + options,
        environment: environment)
      #expect(trained.status == 0, "\(trained.remarks)")
      let evaluated = try Program.run(
        ["evaluate", history, "--model", model, "--json", "--quiet"], environment: environment)
      let scored = try Program.run(
        ["score", history, "--model", model, "--quiet"], environment: environment)
      #expect(evaluated.status == 0 && scored.status == 0)
      results.append(
        (
          path, try JSONSerialization.jsonObject(with: folder.bytes("\(path).json")),
          try JSONSerialization.jsonObject(with: Data(evaluated.output.utf8)),
          csvRows(scored.output)
        ))
    }
    let last = try #require(results.last)
    for result in results.dropLast() {
      #expect(firstDifference(result.model, last.model) == nil, "\(result.path)")
      #expect(firstDifference(result.quality, last.quality) == nil, "\(result.path)")
      #expect(result.scores.count == 1501 && result.scores == last.scores, "\(result.path)")
    }
  }
}

/// Where two values of JSON differ, numbers by more than 1e-9 of their size (or of 1).
///
/// Strengths of penalties may differ by 1e-6: their evidence is flat where it is highest, so that they are
/// known to half the digits of the coefficients, which hardly hang on them.
private func firstDifference(_ one: Any, _ other: Any, at place: String = "") -> String? {
  switch (one, other) {
  case (let one as [String: Any], let other as [String: Any]):
    if one.keys.sorted() != other.keys.sorted() { return "\(place): names" }
    for (name, value) in one.sorted(by: { $0.key < $1.key }) {
      guard let against = other[name] else { return "\(place).\(name)" }
      if let found = firstDifference(value, against, at: "\(place).\(name)") { return found }
    }
    return nil
  case (let one as [Any], let other as [Any]):
    if one.count != other.count { return "\(place): \(one.count) against \(other.count)" }
    for (index, pair) in zip(one, other).enumerated() {
      if let found = firstDifference(pair.0, pair.1, at: "\(place)[\(index)]") { return found }
    }
    return nil
  case (let one as String, let other as String):
    return one == other ? nil : "\(place): \(one) against \(other)"
  case (let one as NSNumber, let other as NSNumber):
    let distance = abs(one.doubleValue - other.doubleValue)
    let tolerance = place.hasSuffix(".strength") ? 1e-6 : 1e-9
    return distance <= tolerance * max(1, abs(one.doubleValue))
      ? nil : "\(place): \(one) against \(other)"
  case (is NSNull, is NSNull): return nil
  default: return "\(place): \(one) against \(other)"
  }
}

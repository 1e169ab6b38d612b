import Foundation
import Testing

@Suite("Pairs and curves that go one way")
struct PairsCommandTests {
  /// A history of which two flags say much together, and a number that falls; some flags are missing.
  private static func history(rows: Int, seed: Int) -> String {
    var text = "lead_id,age,visits,asked,called,source,outcome\n"
    var state = UInt64(seed)
    func unit() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / 2_147_483_648
    }
    for row in 0..<rows {
      let (age, visits) = (18 + Int(60 * unit()), Int(20 * unit() * unit()))
      let (asked, called) = (unit() < 0.5, unit() < 0.5)
      let source = ["web", "fair", "call"][Int(3 * unit())]
      let eta =
        (asked == called ? 1.2 : -1.2) - 0.03 * Double(age - 48) + 0.05 * Double(visits) - 0.5
      let outcome = unit() < 1 / (1 + exp(-eta)) ? "won" : "lost"
      let cells = [
        "K\(row)", "\(age)", "\(visits)", unit() < 0.05 ? "" : asked ? "yes" : "no",
        called ? "yes" : "no", source, outcome,
      ]
      text += cells.joined(separator: ",") + "\n"
    }
    return text
  }

  private struct Trained {
    let folder: TemporaryFolder
    let path, model, report: String

    init(_ options: [String] = []) throws {
      folder = try TemporaryFolder()
      path = try folder.write(PairsCommandTests.history(rows: 1500, seed: 1), to: "h.csv")
      model = folder.file("m.json")
      let run = try Program.run(
        ["train", path, "--model", model, "--form", "pairs", "--validation", "none"] + options)
      report = run.output
      #expect(run.status == 0, "\(run.remarks)")
    }
  }

  @Test("pairs are trained, named in reasons, inspected and compared")
  func run() throws {
    let trained = try Trained()
    #expect(trained.report.contains("\n  pairs     asked & called\n"))
    #expect(trained.report.contains(try Regex("\n  asked & called +[0-9.]+  #+\n")))

    let leads = try trained.folder.write(
      "lead_id,age,visits,asked,called,source\nA,48,4,yes,yes,web\nB,48,4,no,yes,web\nC,48,4,,yes,web\n",
      to: "l.csv")
    let scored = try Program.run("score", leads, "--model", trained.model, "--reasons", "3")
    #expect(scored.status == 0, "\(scored.remarks)")
    let rows = csvRows(scored.output)
    let a = try #require(rows.first { $0[0] == "A" }).joined(separator: "|")
    let b = try #require(rows.first { $0[0] == "B" }).joined(separator: "|")
    #expect(a.contains(try Regex("asked & called = yes & yes \\(\\+[0-9]\\.[0-9]{2}\\)")), "\(a)")
    #expect(b.contains(try Regex("asked & called = no & yes \\(-[0-9]\\.[0-9]{2}\\)")), "\(b)")
    #expect(rows.count == 4)

    let inspected = try Program.run("inspect", trained.model)
    #expect(inspected.status == 0, "\(inspected.remarks)")
    #expect(inspected.output.contains(try Regex("\n  asked & called +pair +6  ")))
    #expect(
      inspected.output.contains(
        try Regex(
          "\nPairs, .*\n  asked +called +leads +logits +95 % interval\n  no +no +[0-9]+ +\\+[01]\\.[0-9]{3}  \\["
        )
      ), "\(inspected.output)")
    #expect(inspected.output.contains(try Regex("\n  \\(missing\\) +yes +[0-9]+ ")))
    #expect(inspected.output.contains(try Regex("\n  asked & called +pair +[0-9.e]+ +[0-9.]+\n")))

    let other = trained.folder.file("o.json")
    let again = try Program.run(
      "train", trained.path, "--model", other, "--form", "curves", "--validation", "none")
    #expect(again.status == 0 && !again.output.contains("asked & called"))
    let later = try trained.folder.write(Self.history(rows: 800, seed: 2), to: "n.csv")
    let compared = try Program.run("compare", other, trained.model, "--on", later)
    #expect(compared.status == 0, "\(compared.output) \(compared.remarks)")
    #expect(compared.output.contains("Verdict: promote"), "\(compared.output)")
    #expect(
      compared.output.contains(try Regex("\n  asked & called +no & yes +- +-[01]\\.[0-9]+")),
      "\(compared.output)")
  }

  @Test("the same history gives the same bytes with one thread and with two")
  func threads() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.history(rows: 1500, seed: 1), to: "h.csv")
    for threads in ["1", "2"] {
      let run = try Program.run(
        "train", path, "--model", folder.file("\(threads).json"), "--form", "pairs", "--name",
        "same",
        "--threads", threads, "--interaction", "age*source")
      #expect(run.status == 0, "\(run.remarks)")
    }
    #expect(try folder.bytes("1.json") == folder.bytes("2.json"))
  }

  @Test("a pair that is asked for is there, one that is not to be is not")
  func options() throws {
    let without = try Trained(["--no-interaction", "asked,visits"])
    #expect(without.report.contains("\n  pairs     none says more together than alone\n"))
    let with = try Trained([
      "--no-interaction", "called", "--interaction", "age*source", "--monotone", "visits=up",
    ])
    #expect(with.report.contains("\n  pairs     age & source\n"))
    let file = String(decoding: try with.folder.bytes("m.json"), as: UTF8.self)
    #expect(file.contains("\"monotone\": \"up\"") && file.contains("\"version\": 3"))
  }

  @Test(
    "wrong uses of the options are exit 64 with a sentence",
    arguments: [
      (
        "--form pairs --interaction age",
        "--interaction takes two columns, as in country*employees; found \"age\""
      ),
      (
        "--form pairs --interaction age*age",
        "--interaction takes two columns, as in country*employees; found \"age*age\""
      ),
      (
        "--form pairs --interaction a*b*c",
        "--interaction takes two columns, as in country*employees; found \"a*b*c\""
      ),
      (
        "--form pairs --interaction *b",
        "--interaction takes two columns, as in country*employees; found \"*b\""
      ),
      (
        "--form linear --interaction a*b",
        "--interaction, --no-interaction and --monotone need --form pairs or curves; the form is \"linear\""
      ),
      (
        "--form linear --no-interaction a",
        "--interaction, --no-interaction and --monotone need --form pairs or curves; the form is \"linear\""
      ),
      (
        "--penalty 1 --monotone a=up",
        "--interaction, --no-interaction and --monotone need --form pairs or curves; the form is \"auto\""
      ),
      (
        "--form curves --monotone age=sideways",
        "--monotone takes COLUMN=up or COLUMN=down; found \"age=sideways\""
      ),
      ("--form curves --monotone age", "--monotone takes NAME=VALUE; found \"age\""),
      ("--form curves --monotone age=up,age=down", "--monotone names \"age\" twice"),
      (
        "--form pairs --monotone age=up --interaction age*source",
        "\"age\" cannot be in --monotone and in --interaction: a pair could turn its curve"
      ),
      ("--form pairs --penalty 1", "curves set their penalties themselves; leave --penalty out"),
      ("--form pairs --plain", "--plain has a form of its own; leave --form out"),
    ])
  func wrongUsage(words: String, sentence: String) throws {
    let run = try Program.run(
      ["train", "h.csv", "--model", "m.json"] + words.split(separator: " ").map(String.init))
    #expect(run.status == 64, "\(run.remarks)")
    #expect(run.output.isEmpty)
    #expect(run.remarks.contains("Error: \(sentence)\n"), "\(run.remarks)")
  }

  @Test(
    "columns that are not in the history, or not of the kind, are exit 1 with a sentence",
    arguments: [
      (
        "--interaction aged*source",
        "there is no column \"aged\" for --interaction (did you mean \"age\"?); found: "
      ),
      ("--no-interaction nobody", "there is no column \"nobody\" for --no-interaction; found: "),
      (
        "--monotone visit=up",
        "there is no column \"visit\" for --monotone (did you mean \"visits\"?)"
      ),
      (
        "--monotone source=up",
        "column \"source\" of --monotone cannot be used there: it is a category; numbers have curves"
      ),
      (
        "--monotone asked=down",
        "column \"asked\" of --monotone cannot be used there: it is a flag; numbers have curves"
      ),
      (
        "--interaction lead_id*age",
        "column \"lead_id\" of --interaction cannot be used there: names the lead"
      ),
      (
        "--no-interaction outcome",
        "column \"outcome\" of --no-interaction cannot be used there: it holds the outcome"
      ),
    ])
  func wrongColumns(words: String, sentence: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.history(rows: 200, seed: 3), to: "h.csv")
    let run = try Program.run(
      ["train", path, "--model", folder.file("m.json"), "--form", "pairs"]
        + words.split(separator: " ").map(String.init))
    #expect(run.status == 1, "\(run.remarks)")
    #expect(run.output.isEmpty)
    #expect(run.remarks.contains("Error: \(sentence)"), "\(run.remarks)")
  }
}

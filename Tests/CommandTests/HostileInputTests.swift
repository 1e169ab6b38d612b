import Foundation
import Testing

/// Files as nobody wants them, and what the person who has one is told.
@Suite("Hostile inputs")
struct HostileInputTests {
  /// A file, and the whole message, in which FILE stands for its path.
  struct Case: CustomTestStringConvertible {
    let what: String
    let bytes: Data
    let message: String
    var name = "leads.csv"
    var testDescription: String { what }

    init(_ what: String, _ text: String, _ message: String, name: String = "leads.csv") {
      self.init(what, Data(text.utf8), message, name: name)
    }

    init(_ what: String, _ bytes: Data, _ message: String, name: String = "leads.csv") {
      self.what = what
      self.bytes = bytes
      self.message = message
      self.name = name
    }
  }

  private static func outcome(_ row: Int) -> String {
    (row * 7 + row / 3) % 3 == 0 ? "won" : "lost"
  }

  /// A file of 60 leads.
  private static func leads(_ header: String, _ row: (Int) -> String) -> String {
    header + "\n" + (0..<60).map { row($0) + "\n" }.joined()
  }

  static let refused: [Case] = [
    Case("an empty file", "", "FILE is empty: expected a header line and a line for each lead"),
    Case(
      "a header alone", "a,b,outcome\n",
      "there are no leads with an outcome in column \"outcome\": the file has no such rows"),
    Case(
      "one lead", "a,outcome\n1,won\n",
      "there is nothing to tell apart: by column \"outcome\", 1 leads converted, 0 were lost or churned and 0 "
        + "are open; a model needs leads of both outcomes"),
    Case(
      "an outcome that never differs", leads("a,outcome") { "\($0 % 7),won" },
      "there is nothing to tell apart: by column \"outcome\", 60 leads converted, 0 were lost or churned and 0 "
        + "are open; a model needs leads of both outcomes"),
    Case(
      "outcomes of unknown meaning",
      leads("a,outcome") { "\($0 % 7),\(["hot", "cold", "warm"][$0 % 3])" },
      "the outcome column \"outcome\" holds \"hot\" (20), \"cold\" (20), \"warm\" (20), of unknown meaning; say it "
        + "with --converted, --lost, --churned or --open; found in all: \"hot\" (20), \"cold\" (20), \"warm\" (20)"
    ),
    Case(
      "an outcome of its own for every lead", leads("a,outcome") { "\($0 % 7),\($0 * $0)" },
      "the outcome column \"outcome\" has too many different values to be an outcome, such as 4, 9, 16, 25, 36; an "
        + "outcome is a few words such as converted, lost, churned and open"),
    Case(
      "no outcome", leads("a,b") { "\($0 % 7),x" },
      "no column looks like the outcome; name it with --outcome COLUMN; found: a, b"),
    Case(
      "a separator that nobody uses", leads("a:b:outcome") { "\($0 % 7):x:\(outcome($0))" },
      "no column looks like the outcome; name it with --outcome COLUMN; found: a:b:outcome; if these are several "
        + "columns, say --separator"),
    Case(
      "nothing but the outcome", leads("outcome") { outcome($0) },
      "no column is left to learn from: there is none but the outcome"),
    Case(
      "columns that tell nothing",
      leads("lead_id,same,empty,outcome") { "K\($0),x,,\(outcome($0))" },
      "no column is left to learn from: \"lead_id\" (names the lead), \"same\" (the same in every row, or only rare "
        + "levels), \"empty\" (the same in every row, or only rare levels)"),
    Case(
      "a row too long",
      leads("a,b,outcome") { "\($0 % 7),x,\(outcome($0))" + ($0 == 44 ? ",y" : "") },
      "FILE, line 46: 4 fields where 3 are expected; correct the line, or leave such rows out with --skip-bad-rows"
    ),
    Case(
      "a quote that is never closed",
      leads("a,b,outcome") { "\($0 % 7),\($0 == 30 ? "\"x" : "x"),\(outcome($0))" },
      "FILE, line 32: a quote that is never closed (line 32, byte 3); double the quotes inside a quoted field, or "
        + "leave such rows out with --skip-bad-rows"),
    Case(
      "days that may be months",
      leads("met,outcome") { "0\($0 % 9 + 1)/0\($0 % 5 + 1)/2025,\(outcome($0))" },
      "FILE, column \"met\": 06/01/2025 can be read in two ways, with the day or the month first, and nothing in "
        + "the file decides; say --dates day-first or --dates month-first"),
    Case(
      "an Excel workbook", Data([0x50, 0x4B, 3, 4]) + Data(count: 2000),
      "FILE is an Excel workbook or another ZIP file: open it in a spreadsheet and save it as CSV"),
    Case(
      "a log-in page", "<!DOCTYPE html><html><body>Please log in</body></html>\n",
      "FILE is a web page: perhaps a log-in page was saved in place of the file; download the CSV again"
    ),
    Case(
      "thirty thousand columns",
      String(repeating: "a,", count: 29_999) + "a\n" + String(repeating: "1,", count: 29_999)
        + "1\n",
      "FILE has 30000 columns, more than the limit of 20000: is the separator right?"),
  ]

  @Test("is refused with the sentence its owner needs, and no model is left", arguments: refused)
  func refusal(item: Case) throws {
    let folder = try TemporaryFolder()
    let path = folder.file(item.name)
    try item.bytes.write(to: URL(fileURLWithPath: path))
    let run = try Program.run("train", path, "--model", folder.file("m.json"))
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    let lines = run.remarks.split(separator: "\n").map(String.init)
    #expect(lines.last == "Error: " + item.message.replacing("FILE", with: path), "\(run.remarks)")
    #expect(!FileManager.default.fileExists(atPath: folder.file("m.json")))
  }

  /// Odd files that give a model, with what the report must say of them.
  static let accepted: [Case] = [
    Case("two leads", "a,outcome\n1,won\n2,lost\n", "nothing can be cross-validated"),
    Case(
      "two columns of one name", leads("a,a,outcome") { "\($0 % 7),\($0 % 5),\(outcome($0))" },
      "column 2 is a second \"a\" and is called \"a (2)\""),
    Case(
      "a column of missing cells", leads("a,b,outcome") { "\($0 % 7),,\(outcome($0))" },
      "left out  b: the same in every row, or only rare levels"),
    Case(
      "a date that is none",
      leads("a,met,outcome") {
        "\($0 % 7),\($0 == 9 ? "31.02.2025" : "1\($0 % 9).01.2025"),\(outcome($0))"
      },
      "column \"met\" holds dates but for cells such as \"31.02.2025\""),
    Case(
      "a number that no double holds",
      leads("a,b,outcome") { "\($0 % 7),\($0 == 9 ? "1e999" : "\($0 % 4)"),\(outcome($0))" },
      "column \"b\" holds numbers but for cells such as \"1e999\""),
    Case(
      "columns named as the output's",
      leads("score,probability,tier,outcome") { "\($0 % 9),\($0 % 7),\($0 % 5),\(outcome($0))" },
      "Learned from 60 leads"),
    Case(
      "NUL bytes within words", leads("a,b,outcome") { "\($0 % 7),x\0y\($0 % 3),\(outcome($0))" },
      "Learned from 60 leads"),
    Case(
      "a word of its own for every third lead",
      "word,a,outcome\n" + (0..<3000).map { "L\($0 / 3),\($0 % 7),\(outcome($0))\n" }.joined(),
      "left out  word: the same in every row, or only rare levels"),
    Case(
      "the outcome under two names",
      leads("a,outcome,outcome") { "\($0 % 7),\(outcome($0)),\(outcome($0))" },
      "the strongest is \"outcome (2)\"; leave such a column out with --exclude"),
  ]

  @Test("gives a model and says what is odd", arguments: accepted)
  func acceptance(item: Case) throws {
    let folder = try TemporaryFolder()
    let path = folder.file(item.name)
    try item.bytes.write(to: URL(fileURLWithPath: path))
    let model = folder.file("m.json")
    let run = try Program.run("train", path, "--model", model)
    #expect(run.status == 0, "\(run.remarks)")
    let told = run.remarks + run.output
    // A long remark goes on in further lines.
    func words(_ text: String) -> String {
      text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    #expect(words(told).contains(words(item.message)), "\(told)")
    // What was learned can be used on the same file.
    let scored = try Program.run("score", path, "--model", model)
    #expect(scored.status == 0, "\(scored.remarks)")
    #expect(!scored.output.contains("nan"))
  }

  /// Words that name what is no model, with the message, in which PATH stands for the path.
  @Test("what is no model is refused by every command that reads one")
  func models() throws {
    let folder = try TemporaryFolder()
    let deep = String(repeating: "{\"a\":", count: 5000)
    let files = [
      ("gone.json", nil, "cannot open PATH: No such file or directory"),
      (
        "table.json", "a,b\n1,2\n",
        "the model file PATH is not JSON: line 1, column 1: found \"a\" where a JSON value was expected"
      ),
      (
        "deep.json", deep,
        "the model file PATH is not JSON: line 1, column 321: arrays and objects are nested more than 64 deep"
      ),
      (
        "other.json", "{\"trees\": []}",
        "PATH is JSON, but not a Winnow model: it lacks \"format\": {\"name\": \"winnow-model\"}"
      ),
      (
        "bare.json", "{\"format\":{\"name\":\"winnow-model\",\"version\":1}}",
        "the model file PATH is damaged: \"program\" is missing at the top"
      ),
      (
        "huge.json", "{\"format\":{\"name\":\"winnow-model\",\"version\":1},\"x\":1e400}",
        "the model file PATH is not JSON: line 1, column 51: the number 1e400 is larger than a double can hold "
          + "(1.8e308)"
      ),
    ]
    for (name, text, message) in files {
      let path = folder.file(name)
      if let text { _ = try folder.write(text, to: name) }
      for words in [
        ["score", Program.dataset("new_leads.csv"), "--model", path], ["inspect", path],
        ["tiers", path, "--set", "A=0.5"],
        ["evaluate", Program.dataset("later.csv"), "--model", path],
      ] {
        let run = try Program.run(words)
        #expect(run.status == 1)
        #expect(run.output.isEmpty)
        #expect(
          run.remarks == "Error: " + message.replacing("PATH", with: path) + "\n", "\(run.remarks)")
      }
    }
  }

  @Test("a folder is no file of leads, and a path to nowhere is named")
  func paths() throws {
    let folder = try TemporaryFolder()
    for (path, message) in [
      (folder.url.path, "cannot open PATH: it is a folder; name a file in it"),
      (folder.file("gone.csv"), "cannot open PATH: No such file or directory"),
    ] {
      let run = try Program.run("train", path, "--model", folder.file("m.json"))
      #expect(run.status == 1)
      #expect(run.remarks == "Error: " + message.replacing("PATH", with: path) + "\n")
    }
  }

  @Test("a file cut off in compression says so")
  func truncatedGzip() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(SmallHistory.text(SmallHistory.Style()), to: "h.csv")
    let gzip = Process()
    gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    gzip.arguments = ["gzip", path]
    try gzip.run()
    gzip.waitUntilExit()
    try folder.bytes("h.csv.gz").dropLast(40).write(to: URL(fileURLWithPath: path + ".gz"))
    let run = try Program.run("train", path + ".gz", "--model", folder.file("m.json"))
    #expect(run.status == 1)
    #expect(
      run.remarks.hasSuffix(
        "cannot be decompressed: it ends before its last byte; fetch or compress the file again\n"),
      "\(run.remarks)")
  }
}

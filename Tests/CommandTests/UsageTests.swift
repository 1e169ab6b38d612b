import Foundation
import Testing

@Suite("Usage")
struct UsageTests {
  @Test(
    "wrong usage is exit 64 with a sentence",
    arguments: [
      ("train", "Missing expected argument '<history>'"),
      ("train h.csv", "Missing expected argument '--model <model>'"),
      ("train h.csv --model -", "--model is a file: standard output is for the report"),
      ("train h.csv --model m --tiers A=2", "the border of A is 2; a border is a probability"),
      ("train h.csv --model m --tiers A=0.1,B=0.2", "give tiers from the best down"),
      (
        "train h.csv --model m --penalty x", "--penalty is auto or a number, 0 or more; found \"x\""
      ),
      ("train h.csv --model m --penalty -1", "--penalty"),
      ("train h.csv --model m --penalty inf", "--penalty is auto or a number"),
      ("train h.csv --model m --plain --penalty 1", "--plain has no penalty; leave --penalty out"),
      ("train h.csv --model m --validation never", "--validation is auto, none, folds or time"),
      (
        "train h.csv --model m --form round",
        "--form is auto, linear, curves or pairs; found \"round\""
      ),
      (
        "train h.csv --model m --form curves --penalty 1",
        "curves set their penalties themselves; leave --penalty out"
      ),
      (
        "train h.csv --model m --created day --ordered",
        "--created and --ordered both tell the order of leads in time; leave one out"
      ),
      ("train h.csv --model m --memory much", "--memory is an amount of memory, as in 4GB"),
      ("train h.csv --model m --memory 20MB", "--memory is 300MB or more; found \"20MB\""),
      ("train h.csv --model m --memory 0GB", "--memory is an amount of memory"),
      ("train h.csv --model m --plain --memory 4GB", "--plain holds all rows in memory"),
      ("train h.csv --model m --plain --ordered", "--plain is not tested by time"),
      ("train h.csv --model m --plain --form curves", "--plain has a form of its own"),
      ("train h.csv --model m --plain --recalibrate recent", "--plain is not recalibrated"),
      (
        "train h.csv --model m --recalibrate soon",
        "--recalibrate is none or recent; found \"soon\""
      ),
      ("train h.csv --model m --kind a=colour", "\"colour\" is no kind of column"),
      ("train h.csv --model m --separator abc", "--separator is one character; found \"abc\""),
      ("train h.csv --model m --dates sideways", "--dates is one of day-first, month-first"),
      ("train h.csv --model m --threads 0", "--threads is 1 or more"),
      ("train h.csv --model m --thread 2", "Did you mean '--threads'?"),
      ("score l.csv", "Missing expected argument '--model <model>'"),
      ("score l.csv --model m --reasons=-1", "--reasons is 0 or more; found -1"),
      ("score l.csv --model m --format xml", "--format is csv or jsonl; found \"xml\""),
      ("score l.csv --model m --map x", "--map takes NAME=VALUE; found \"x\""),
      ("score l.csv --model m --map a=b,a=c", "--map names \"a\" twice"),
      ("score l.csv --model m --as-of 31.12.2025", "--as-of is a day such as 2026-11-23"),
      ("evaluate h.csv", "Missing expected argument '--model <model>'"),
      ("evaluate h.csv --model m --as-of soon", "--as-of is a day such as 2026-11-23"),
      ("compare a.json b.json", "Missing expected argument '--on <on>'"),
      ("compare a.json b.json --on -", "--on must be a file"),
      ("compare a.json b.json --on h.csv --changes=-1", "--changes is 0 or more; found -1"),
      ("inspect", "Missing expected argument '<model>'"),
      ("tiers m.json --set A=0.1,B=0.2", "--set: A begins at 0.1 and B, named after it, at 0.2"),
      ("tiers m.json --output x.json", "--output needs a change, such as --set"),
      ("tiers m.json --rest x --output -", "--output is a file"),
      ("simulate --rows 3", "Missing expected argument '--seed <seed>'"),
      ("simulate --rows 3 --seed x", "The value 'x' is invalid for '--seed <seed>'"),
      ("simulate --rows=-3 --seed 1", "--rows and --start-row are 0 or more"),
      ("simulate --rows 3 --seed 1 --form odd", "--form is history or linear; found \"odd\""),
      ("frobnicate", "Unexpected argument 'frobnicate'"),
    ])
  func wrongUsage(words: String, sentence: String) throws {
    let run = try Program.run(words.split(separator: " ").map(String.init))
    #expect(run.status == 64, "\(run.remarks)")
    #expect(run.output.isEmpty)
    #expect(run.remarks.contains(sentence), "\(run.remarks)")
  }

  @Test("help and version are exit 0")
  func help() throws {
    let help = try Program.run("--help")
    #expect(help.status == 0)
    for command in ["train", "score", "evaluate", "compare", "inspect", "tiers", "simulate"] {
      #expect(help.output.contains("\n  \(command)"), "\(command)")
      let own = try Program.run(command, "--help")
      #expect(own.status == 0 && own.output.contains("USAGE: winnow \(command)"))
    }
    let version = try Program.run("--version", "--verbose")
    #expect(version.status == 0)
    #expect(version.output.contains("linear algebra: "))
  }

  @Test("a model goes only where it can be written, and never half")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    let history = try folder.write(SmallHistory.text(SmallHistory.Style()), to: "h.csv")
    for (target, sentence) in [
      (folder.file("no/such/m.json"), "there is no folder"), (folder.url.path, "it is a folder"),
      ("/proc/m.json", "cannot write /proc/m.json"),
    ] {
      let run = try Program.run(
        "train", history, "--model", target, "--penalty", "1", "--validation", "none")
      #expect(run.status == 1)
      #expect(run.output.isEmpty)
      #expect(run.remarks.contains(sentence), "\(run.remarks)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["h.csv"])
  }

  @Test("an error that quotes a file cannot steer the terminal")
  func controlCharacters() throws {
    let folder = try TemporaryFolder()
    let history = try folder.write("a\u{1B}[2Jb,c\n1,2\n3,4\n", to: "h.csv")
    let run = try Program.run("train", history, "--model", folder.file("m.json"))
    #expect(run.status == 1)
    #expect(run.remarks.contains("a\u{FFFD}[2Jb"))
    #expect(!run.remarks.contains("\u{1B}"))
  }

  @Test("a simulated history is the same bytes each time, and a smaller one its beginning")
  func simulate() throws {
    let runs = try ["50", "50", "20"].map {
      try Program.run("simulate", "--rows", $0, "--seed", "7")
    }
    #expect(runs.allSatisfy { $0.status == 0 })
    #expect(runs[0].output == runs[1].output)
    #expect(runs[0].output.hasPrefix(runs[2].output))
    let folder = try TemporaryFolder()
    let run = try Program.run(
      "simulate", "--rows", "5", "--seed", "7", "--output", folder.file("no/x.csv"))
    #expect(run.status == 1)
  }
}

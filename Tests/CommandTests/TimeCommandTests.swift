import Foundation
import Testing

@Suite("Training in order of time")
struct TimeCommandTests {
  @Test("the same bytes with one thread and with two, and the choice is shown")
  func sameBytes() throws {
    let folder = try TemporaryFolder()
    var outputs: [String] = []
    for threads in ["1", "2"] {
      let run = try Program.run(
        "train", Program.dataset("history.csv"), "--model", folder.file("\(threads).json"),
        "--name", "same", "--threads", threads, "--validation", "time", "--recalibrate", "recent")
      #expect(run.status == 0, "\(run.remarks)")
      outputs.append(run.output)
    }
    #expect(try folder.bytes("1.json") == folder.bytes("2.json"))
    #expect(outputs[0] == outputs[1])
    #expect(outputs[0].contains("\nForms fitted on "))
    #expect(outputs[0].contains("\nRecalibrated: the intercept is moved by "))
    let inspect = try Program.run("inspect", folder.file("1.json"))
    #expect(inspect.status == 0)
    #expect(inspect.output.contains("\nForms fitted on "))
    #expect(inspect.output.contains("\nRecalibrated: the intercept is moved by "))
  }

  @Test("the report for machines has the form, the choice and the recalibration")
  func json() throws {
    let folder = try TemporaryFolder()
    let history = try folder.write(
      SmallHistory.text(SmallHistory.Style()), to: "h.csv")
    let run = try Program.run(
      "train", history, "--model", folder.file("m.json"), "--exclude", "created_at", "--ordered",
      "--recalibrate", "recent", "--json")
    #expect(run.status == 0, "\(run.remarks)")
    let report = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let choice = try #require(report["formChoice"] as? [String: Any])
    let newest = try #require(choice["newest"] as? [String: Any])
    #expect(newest["from"] as? String == "row 73")
    #expect((newest["forms"] as? [Any])?.count ?? 0 >= 2)
    #expect(report["form"] is String)
    #expect((report["recalibration"] as? [String: Any])?["shift"] is Double)
  }

  @Test("without an order in time a recalibration fails with a sentence, and writes no model")
  func timeless() throws {
    let folder = try TemporaryFolder()
    let history = try folder.write(
      SmallHistory.text(SmallHistory.Style()), to: "h.csv")
    let run = try Program.run(
      "train", history, "--model", folder.file("m.json"), "--exclude", "created_at",
      "--recalibrate", "recent")
    #expect(run.status == 1)
    #expect(run.remarks.contains("--recalibrate recent needs a date of creation"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["h.csv"])
  }
}

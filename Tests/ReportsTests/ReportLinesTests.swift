import LeadScoring
import Testing

@testable import Reports

@Suite("Lines of reports")
struct ReportLinesTests {
  let made: MadeUpLeads

  init() throws { made = try MadeUpLeads.shared.get() }

  private var reports: [(name: String, lines: [String])] {
    [
      ("train", TrainReport(made.training).lines), ("folds", TrainReport(made.earlier).lines),
      ("unjudged", TrainReport(made.unjudged).lines), ("plain", TrainReport(made.plain).lines),
      ("inspect", InspectReport(made.training.model).lines),
      ("all levels", InspectReport(made.training.model, mostLevels: nil).lines),
      ("inspect plain", InspectReport(made.plain.model).lines),
      ("evaluate", EvaluationReport(made.evaluation).lines),
      ("compare", ComparisonReport(made.comparison).lines),
      ("score", ScoreReport(made.summary, model: made.training.model).lines),
      ("tiers", TierReport(made.training.model.tiers).lines),
    ]
  }

  @Test("lines fit a terminal of 100 characters and have no blanks at their ends")
  func widths() {
    for (name, lines) in reports {
      #expect(lines.count > 4, "\(name)")
      for line in lines {
        #expect(line.count <= 100, "\(name): \(line)")
        #expect(line.last?.isWhitespace != true, "\(name): \(line)")
        #expect(!line.contains { $0.isNewline || $0 == "\t" }, "\(name): \(line)")
      }
    }
  }

  @Test("a report neither begins nor ends with an empty line, and has no two in a row")
  func emptyLines() {
    for (name, lines) in reports {
      #expect(lines.first?.isEmpty == false && lines.last?.isEmpty == false, "\(name)")
      #expect(!zip(lines, lines.dropFirst()).contains { $0.isEmpty && $1.isEmpty }, "\(name)")
    }
  }

  @Test("names of columns and words of a file cannot steer the terminal")
  func hostileNames() throws {
    let rows = (0..<60).map { row in
      "\((row * 37) % 61 % 30),k\(row),\((row * 7) % 5 < 2 ? "won" : "lo\u{1B}[31mst")"
    }
    let text = (["si\u{1B}[2Jze,na\u{7}me,out\u{1B}[31mcome"] + rows).joined(separator: "\n") + "\n"
    let training = try MadeUpLeads.train(text, name: "m\u{1B}c") {
      $0.outcomeColumn = "out\u{1B}[31mcome"
      $0.identifier = "na\u{7}me"
      $0.vocabulary.words[.lost] = ["lo\u{1B}[31mst"]
      $0.ridge = 1
      $0.validation = .none
    }
    let lines = TrainReport(training).lines + InspectReport(training.model).lines
    for line in lines {
      #expect(
        !line.unicodeScalars.contains { $0.properties.generalCategory == .control }, "\(line)")
    }
    #expect(lines.contains { $0.contains("out\u{FFFD}[31mcome") })
  }
}

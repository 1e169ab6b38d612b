import Evaluation
import LeadScoring
import Testing

@testable import Reports

@Suite("Contents of reports")
struct ReportContentsTests {
  let made: MadeUpLeads

  init() throws { made = try MadeUpLeads.shared.get() }

  @Test("a training's report counts the leads, names the columns and lists every column left out")
  func training() throws {
    let model = made.training.model
    let lines = TrainReport(made.training).lines
    let data = model.data
    #expect(data.closed + data.open == 700)
    #expect(
      lines[0]
        == "Learned from \(data.closed) leads: \(data.converted) converted, \(data.lost) lost, "
        + "\(data.churned) churned; \(data.open) open are left out")
    #expect(lines.contains("  lead      column \"lead_id\""))
    #expect(lines.contains { $0.hasPrefix("  created   column \"created_at\", ") })
    let leftOut = lines.filter { $0.hasPrefix("  left out  ") }
    #expect(leftOut.count == model.leftOut.count)
    #expect(!leftOut.isEmpty)
  }

  @Test("the field that moves scores most comes first, and has the longest bar")
  func strongest() throws {
    let lines = TrainReport(made.training).lines
    let title = try #require(lines.firstIndex { $0.hasPrefix("Fields, by how much") })
    let strongest = try #require(made.training.model.terms.max { $0.spread < $1.spread })
    #expect(lines[title + 2].hasPrefix("  \(strongest.name) "))
    #expect(lines[title + 2].hasSuffix("  " + String(repeating: "#", count: 30)))
    let bars = lines[(title + 2)...].prefix(10).map { $0.count { $0 == "#" } }
    #expect(bars == bars.sorted(by: >))
  }

  @Test("measures out of sample stand beside each other, with their intervals")
  func validation() throws {
    let model = made.training.model
    let folds = try #require(model.validation?.folds?.metrics)
    let time = try #require(model.validation?.time?.metrics)
    let lines = TrainReport(made.training).lines
    let line = try #require(lines.first { $0.hasPrefix("  log loss") })
    #expect(line.contains(NumberText.fixed(time.logLoss.value, 4) + " ["))
    #expect(line.contains(NumberText.fixed(folds.logLoss.value, 4) + " ["))
  }

  @Test("a model that was not validated says so")
  func unjudged() {
    let lines = TrainReport(made.unjudged).lines
    #expect(made.unjudged.model.validation == nil)
    #expect(lines.contains { $0.hasPrefix("note: no lead was held out") })
    #expect(!lines.contains { $0.contains("AUC") || $0.hasPrefix("Out of sample") })
    #expect(
      lines.joined(separator: " ").replacing("      ", with: "").contains("and so flatter it"))
  }

  @Test("a plain fit is a table as R shows it")
  func plain() throws {
    let summary = try #require(made.plain.plainSummary)
    let lines = TrainReport(made.plain).lines
    #expect(
      lines[0] == "Logistic regression of \"outcome\" = won, no penalty")
    #expect(lines[1] == "  59 rows; 1 more left out for a missing value")
    for row in summary.coefficients {
      let line = try #require(lines.first { $0.hasPrefix("  \(row.name) ") })
      #expect(line.contains(" \(NumberText.significant(row.estimate, 7)) "))
      #expect(line.contains(" \(NumberText.pValue(row.p)) "))
    }
    #expect(lines.contains("  AIC                \(NumberText.significant(summary.aic, 10))"))
  }

  @Test("an inspected model lists each level, or as many as asked for and how many more there are")
  func levels() throws {
    let model = made.training.model
    let widest = try #require(model.terms.max { $0.rows.count < $1.rows.count })
    func lines(_ report: InspectReport) -> [String] {
      let all = report.lines
      let start = all.firstIndex(of: "Coefficients") ?? all.endIndex
      return all[start...].filter { $0.hasPrefix("  \(widest.name) ") }
    }
    #expect(widest.rows.count > 3)
    #expect(lines(InspectReport(model, mostLevels: nil)).count == widest.rows.count)
    let few = lines(InspectReport(model, mostLevels: 3))
    #expect(few.count == 4)
    #expect(few.last?.contains("... \(widest.rows.count - 3) more levels (--all)") == true)
  }

  @Test("an evaluation tells the measures, the bins and the tiers of the leads it was given")
  func evaluation() throws {
    let metrics = made.evaluation.metrics
    let lines = EvaluationReport(made.evaluation).lines
    #expect(
      lines[0]
        == "Model \"second\" on \(NumberText.leads(metrics.leads)) leads with an outcome "
        + "(\(made.evaluation.open) open left out)")
    #expect(Int(metrics.leads) + made.evaluation.open == 500)
    let title = try #require(lines.firstIndex(of: "Reliability"))
    let bins = lines[(title + 2)...].prefix { !$0.isEmpty }
    #expect(bins.count == metrics.reliability.count)
    for name in made.training.model.tiers.names {
      #expect(lines.contains { $0.hasPrefix("  \(name) ") }, "\(name)")
    }
  }

  @Test("a scoring's report counts all leads over the tiers")
  func scoring() throws {
    let model = made.training.model
    let lines = ScoreReport(made.summary, model: model).lines
    #expect(lines[0].hasPrefix("500 leads scored by \"second\", mean probability "))
    let counts = try model.tiers.names.map { name in
      let line = try #require(lines.first { $0.hasPrefix("  \(name) ") })
      return try #require(Int(line.dropFirst(2 + name.count).split(separator: " ")[0]))
    }
    #expect(counts == made.summary.tierLeads)
    #expect(counts.reduce(0, +) == 500)
  }

  @Test("tiers stand from the highest to the rest, with what each needs")
  func tiers() throws {
    let tiers = try TierBoundaries([
      Tier(name: "SQL", lowest: 0.5, requires: ["email", "phone"], chosen: "by hand"),
      Tier(name: "MQL", lowest: 0.25, chosen: "by hand"),
    ])
    #expect(
      TierReport(tiers).lines == [
        "Tiers",
        "  tier           from  leads  converted  95 % interval  border chosen",
        "  SQL          0.5000      -          -  -              by hand; needs email, phone",
        "  MQL          0.2500      -          -  -              by hand",
        "  unqualified       0      -          -  -              the rest",
      ])
  }

  @Test("a comparison ends with its verdict and the reasons for it")
  func comparison() throws {
    let verdict = made.comparison.comparison.verdict
    let lines = ComparisonReport(made.comparison).lines
    #expect(lines[0].hasPrefix("Current \"first\", candidate \"second\": "))
    let title = try #require(lines.firstIndex { $0.hasPrefix("Verdict: ") })
    let word =
      switch verdict.decision {
      case .promote: "promote"
      case .keep: "keep"
      case .cannotTell: "cannot tell"
      }
    #expect(lines[title].contains(word))
    let told = lines[(title + 1)...].joined().filter { $0 != " " }
    #expect(told == verdict.reasons.joined().filter { $0 != " " })
    #expect(lines.contains { $0.hasPrefix("warning: ") } == !made.comparison.warnings.isEmpty)
  }

  @Test("a comparison lists as many changed coefficients as asked for, and how many more there are")
  func changes() throws {
    let all = made.comparison.changes.count
    #expect(all > 2)
    let few = ComparisonReport(made.comparison, mostChanges: 2).lines
    #expect(few.contains("  and \(NumberText.count(all - 2)) more"))
    let none = ComparisonReport(made.comparison, mostChanges: all).lines
    #expect(!none.contains { $0.hasPrefix("  and ") && $0.hasSuffix(" more") })
  }
}

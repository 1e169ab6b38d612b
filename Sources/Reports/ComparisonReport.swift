import Evaluation
import LeadScoring

/// Two versions of a model compared, for a terminal and, by its coding, for machines.
public struct ComparisonReport {
  let comparison: VersionComparison
  private let mostChanges: Int

  /// Creates a report that lists at most `mostChanges` coefficients.
  public init(_ comparison: VersionComparison, mostChanges: Int = 12) {
    self.comparison = comparison
    self.mostChanges = mostChanges
  }

  /// The lines of the report.
  public var lines: [String] {
    let measured = comparison.comparison
    return title
      + MetricsTable([("current", measured.current), ("candidate", measured.candidate)]).lines
      + [""] + differences + [""] + migration + [""] + changes + [""]
      + comparison.warnings.flatMap { Paragraph.lines("warning: ", $0) } + verdict
  }

  private var title: [String] {
    let current = TextTable.printable(comparison.currentName)
    let candidate = TextTable.printable(comparison.candidateName)
    return Paragraph.lines(
      "",
      "Current \"\(current)\", candidate \"\(candidate)\": \(NumberText.count(comparison.leads)) leads with "
        + "an outcome")
  }

  private var differences: [String] {
    let measured = comparison.comparison
    var table = TextTable([
      ("candidate less current", .left), ("difference", .right), ("95 % interval", .left),
      ("p", .right),
      ("shown 4 times in 5", .right),
    ])
    func add(_ name: String, _ estimate: Estimate, _ p: Double?, _ decimals: Int) {
      table.add([
        name, NumberText.signed(estimate.value, decimals),
        estimate.interval.map {
          "[\(NumberText.signed($0.low, decimals)), \(NumberText.signed($0.high, decimals))]"
        } ?? "-", p.map { NumberText.pValue($0) } ?? "-",
        estimate.detectableDifference.map { NumberText.fixed($0, decimals) } ?? "-",
      ])
    }
    if let area = measured.areaUnderCurve { add("AUC", area.difference, area.pValue, 4) }
    add("log loss", measured.logLoss.difference, measured.logLoss.pValue, 5)
    add("Brier score", measured.brier.difference, measured.brier.pValue, 5)
    let stability = measured.scoreStability.value
    let meaning = stability < 0.1 ? "alike" : stability < 0.25 ? "somewhat shifted" : "shifted"
    return ["Differences (paired)"] + table.lines
      + [
        "  population stability index of the scores: \(NumberText.fixed(stability, 4)) (\(meaning))"
      ]
  }

  private var migration: [String] {
    let migration = comparison.migration
    var table = TextTable(
      [("current \\ candidate", .left)] + migration.candidateTiers.map { ($0, .right) })
    for (name, row) in zip(migration.currentTiers, migration.cells) {
      table.add(
        [name]
          + row.map { cell in
            cell.rate.map { "\(NumberText.leads(cell.leads)) (\(NumberText.percent($0, 0)))" }
              ?? "-"
          })
    }
    let share = migration.unchangedShare.map { ", \(NumberText.percent($0)) stay in theirs" } ?? ""
    return ["Leads by tier in both (share that converted)\(share)"] + table.lines
  }

  private var changes: [String] {
    let all = comparison.changes
    guard !all.isEmpty else { return ["No coefficient differs"] }
    var table = TextTable([
      ("field", .left), ("value", .left), ("current", .right), ("candidate", .right), ("z", .right),
    ])
    func text(_ value: Double?) -> String { value.map { NumberText.signed($0, 3) } ?? "-" }
    for change in all.prefix(mostChanges) {
      table.add([
        change.field, change.value, text(change.current), text(change.candidate),
        change.z.map { NumberText.signed($0, 1) } ?? "-",
      ])
    }
    let rest = all.count - min(all.count, mostChanges)
    return ["Coefficients that changed most (logits; levels against their field's mean)"]
      + table.lines
      + (rest > 0 ? ["  and \(NumberText.count(rest)) more"] : [])
  }

  private var verdict: [String] {
    let verdict = comparison.comparison.verdict
    let title =
      switch verdict.decision {
      case .promote: "Verdict: promote the candidate."
      case .keep: "Verdict: keep the current model."
      case .cannotTell: "Verdict: these leads cannot tell."
      }
    return [title] + verdict.reasons.flatMap { Paragraph.lines("  ", $0) }
  }
}

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
    return [
      "Current \"\(TextTable.printable(comparison.currentName))\", candidate \"\(TextTable.printable(comparison.candidateName))\": "
        + "\(NumberText.count(comparison.leads)) leads with an outcome"
    ] + MetricsTable([("current", measured.current), ("candidate", measured.candidate)]).lines + [
      ""
    ]
      + differences + [""] + migration + [""] + changes + [""]
      + comparison.warnings.map { "warning: \($0)" } + verdict
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
    return [title] + verdict.reasons.map { "  " + $0 }
  }
}

extension ComparisonReport: Encodable {
  private enum CodingKeys: String, CodingKey {
    case current, candidate, leads, open, metrics, differences, populationStabilityIndex
    case scoreBins, tierMigration, coefficientChanges, warnings, verdict, reasons
  }

  private enum PairKeys: String, CodingKey { case current, candidate }

  private enum MigrationKeys: String, CodingKey { case currentTiers, candidateTiers, cells }

  private struct Difference: Encodable {
    let estimate: Estimate
    let p: Double?
    let detectable: Double?

    init(_ estimate: Estimate, _ p: Double?) {
      self.estimate = estimate
      self.p = p
      detectable = estimate.detectableDifference
    }
  }

  public func encode(to encoder: any Encoder) throws {
    let measured = comparison.comparison
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(comparison.currentName, forKey: .current)
    try values.encode(comparison.candidateName, forKey: .candidate)
    try values.encode(comparison.leads, forKey: .leads)
    try values.encode(comparison.open, forKey: .open)
    var metrics = values.nestedContainer(keyedBy: PairKeys.self, forKey: .metrics)
    try metrics.encode(measured.current, forKey: .current)
    try metrics.encode(measured.candidate, forKey: .candidate)
    var differences = [
      "logLoss": Difference(measured.logLoss.difference, measured.logLoss.pValue),
      "brier": Difference(measured.brier.difference, measured.brier.pValue),
    ]
    if let area = measured.areaUnderCurve {
      differences["areaUnderCurve"] = Difference(area.difference, area.pValue)
    }
    try values.encode(differences, forKey: .differences)
    try values.encode(measured.scoreStability.value, forKey: .populationStabilityIndex)
    try values.encode(measured.scoreStability.rows, forKey: .scoreBins)
    var tiers = values.nestedContainer(keyedBy: MigrationKeys.self, forKey: .tierMigration)
    try tiers.encode(comparison.migration.currentTiers, forKey: .currentTiers)
    try tiers.encode(comparison.migration.candidateTiers, forKey: .candidateTiers)
    try tiers.encode(comparison.migration.cells, forKey: .cells)
    try values.encode(comparison.changes, forKey: .coefficientChanges)
    try values.encode(comparison.warnings, forKey: .warnings)
    try values.encode(measured.verdict.decision, forKey: .verdict)
    try values.encode(measured.verdict.reasons, forKey: .reasons)
  }
}

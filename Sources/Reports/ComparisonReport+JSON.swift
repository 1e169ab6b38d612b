import Evaluation
import LeadScoring

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

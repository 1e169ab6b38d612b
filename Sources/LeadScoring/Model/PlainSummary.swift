import FeatureEncoding
import Regression

/// What a statistician reads off a plain fit, as the model file keeps it.
public struct PlainSummary: Codable, Equatable, Sendable {
  /// A coefficient with its test and 95 % interval.
  public struct Row: Codable, Equatable, Sendable {
    /// The name: `(intercept)`, `age`, `race=black`.
    public let name: String

    /// The estimate and its standard error, in logits a unit of the column.
    public let estimate, standardError: Double

    /// The estimate over its standard error, and how likely one so far from 0 is if the truth is 0.
    public let z, p: Double

    /// The ends of the 95 % interval.
    public let low, high: Double
  }

  /// The coefficients, the intercept first.
  public let coefficients: [Row]

  /// The log-likelihood, in nats.
  public let logLikelihood: Double

  /// The deviances of the model with the intercept alone, and of this one.
  public let nullDeviance, residualDeviance: Double

  /// Akaike's information criterion.
  public let aic: Double

  /// The rows fitted, and those left out for a missing value.
  public let rows, rowsDropped: Int

  /// Summarizes a fit.
  public init(_ plain: PlainFit) {
    let fit = plain.fit
    coefficients = fit.coefficients.map { row in
      Row(
        name: row.name, estimate: row.estimate, standardError: row.standardError, z: row.z,
        p: row.p,
        low: row.low, high: row.high)
    }
    logLikelihood = fit.logLikelihood
    nullDeviance = fit.nullDeviance
    residualDeviance = fit.residualDeviance
    aic = fit.aic
    rows = fit.rows
    rowsDropped = plain.rowsDropped
  }

  /// The summary as a file may keep it: levels of fewer than 10 leads keep their numbers, not their names.
  init(withoutRareNamesOf plain: PlainFit) {
    var names: [Int: String] = [:]
    for field in plain.coding.fields {
      var rare = 0
      for (index, level) in (field.levels ?? []).dropFirst().enumerated()
      where level.leads < CategoryEncoding.fewestLeads {
        rare += 1
        names[1 + field.offset + index] = "\(field.name)=(rare level \(rare))"
      }
    }
    let full = PlainSummary(plain)
    self.init(full, names: names)
  }

  private init(_ full: PlainSummary, names: [Int: String]) {
    coefficients = full.coefficients.enumerated().map { index, row in
      Row(
        name: names[index] ?? row.name, estimate: row.estimate, standardError: row.standardError,
        z: row.z, p: row.p, low: row.low, high: row.high)
    }
    logLikelihood = full.logLikelihood
    nullDeviance = full.nullDeviance
    residualDeviance = full.residualDeviance
    aic = full.aic
    rows = full.rows
    rowsDropped = full.rowsDropped
  }
}

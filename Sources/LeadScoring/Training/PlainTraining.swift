import FeatureEncoding
import LinearAlgebra
import Regression
import Tables

/// A fit without penalty, with all that a statistician reads off R's `glm`.
public struct PlainFit: Sendable {
  /// The coefficients with errors, tests and intervals, and the fit's likelihood.
  public let fit: MaximumLikelihood

  /// The rows that lack a value, and were left out.
  public let rowsDropped: Int

  /// The columns that do not differ over the rows, and were left out.
  public let constants: [String]

  let coding: TreatmentCoding
  let weights: [Double]
  let outcomes: [Double]

  /// Fits the leads of a training set.
  init(_ set: TrainingSet) throws(TrainingError) {
    let all = set.learningRows
    do throws(EncodingError) {
      coding = try TreatmentCoding(
        set.table, columns: set.features, rows: all.rows, weights: all.weights)
    } catch { throw set.error(error) }
    var position: [Int: Int] = [:]
    for (index, row) in all.rows.enumerated() { position[row] = index }
    let kept = coding.rows.compactMap { position[$0] }
    weights = kept.map { all.weights[$0] }
    outcomes = kept.map { all.outcomes[$0] }
    rowsDropped = all.rows.count - kept.count
    constants = coding.constants
    do throws(MaximumLikelihoodError) {
      fit = try MaximumLikelihood(
        columns: coding.columns, names: coding.columnNames, outcomes: outcomes,
        weights: weights.allSatisfy { $0 == 1 } ? nil : weights)
    } catch {
      let remark =
        rowsDropped > 0 ? " (\(rowsDropped) rows with a missing value were left out)" : ""
      throw .plain("the plain fit has no result: \(error)\(remark)")
    }
  }

  /// The terms of a model that scores by this fit.
  ///
  /// A file may not name a level of fewer than 10 leads, so those share "other", with the mean of their
  /// coefficients by leads.
  func terms() -> [ModelTerm] {
    coding.fields.map { field in
      let estimates = (0..<field.count).map { index -> Coefficient in
        let estimate = fit.coefficients[1 + field.offset + index]
        return Coefficient(value: estimate.estimate, standardError: estimate.standardError)
      }
      guard let levels = field.levels else { return numberTerm(field, estimates[0]) }
      return levelTerm(field, levels, [Coefficient(value: 0, standardError: 0)] + estimates)
    }
  }

  private func numberTerm(_ field: TreatmentCoding.Field, _ estimate: Coefficient) -> ModelTerm {
    // Standardised within, for a mean of 0: the line through it is the same one.
    let encoding = NumericEncoding(
      plain: coding.columns[field.offset], weights: weights)
    let scaled = Coefficient(
      value: estimate.value * encoding.standardDeviation,
      standardError: estimate.standardError * encoding.standardDeviation)
    return ModelTerm(
      field: FieldEncoding(name: field.name, rule: .numeric(encoding)), coefficients: [scaled])
  }

  private func levelTerm(
    _ field: TreatmentCoding.Field, _ levels: [(name: String, leads: Double)],
    _ coefficients: [Coefficient]
  ) -> ModelTerm {
    let all = zip(levels, coefficients)
    let named = all.filter { $0.0.leads >= CategoryEncoding.fewestLeads }
    let rare = all.filter { $0.0.leads < CategoryEncoding.fewestLeads }
    let rareLeads = rare.reduce(0) { $0 + $1.0.leads }
    var kept = named.map(\.1)
    if rareLeads > 0 {
      func mean(_ value: (Coefficient) -> Double) -> Double {
        rare.reduce(0) { $0 + $1.0.leads * value($1.1) } / rareLeads
      }
      kept.append(
        Coefficient(value: mean(\.value), standardError: mean(\.standardError)))
    }
    let encoding = CategoryEncoding(
      levels: named.map { CategoryEncoding.Level(name: $0.0.name, leads: $0.0.leads) },
      otherLeads: rareLeads, missingLeads: 0)
    return ModelTerm(
      field: FieldEncoding(name: field.name, rule: .category(encoding)), coefficients: kept)
  }

  /// The intercept of the terms, which are counted from the means of the numbers.
  func intercept(of terms: [ModelTerm]) -> Coefficient {
    var value = fit.coefficients[0].estimate
    for (field, term) in zip(coding.fields, terms) {
      guard case .numeric(let encoding) = term.field.rule else { continue }
      value += fit.coefficients[1 + field.offset].estimate * encoding.mean
    }
    return Coefficient(value: value, standardError: fit.coefficients[0].standardError)
  }
}

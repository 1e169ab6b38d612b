import FeatureEncoding
import LinearAlgebra
import Regression
import Tables

/// An encoder, and the penalised objective of the leads it encodes: all that a fit of terms needs.
struct LinearProblem: Sendable {
  let encoder: FeatureEncoder
  let rows: LearningRows
  let objective: LogisticObjective

  /// Learns an encoder on the rows and encodes them.
  init(
    _ set: TrainingSet, rows: LearningRows, ridge: Double, form: ModelForm = .linear
  ) throws(TrainingError) {
    do throws(EncodingError) {
      encoder = try FeatureEncoder(
        learning: set.table, columns: set.features, rows: rows.rows, weights: rows.weights,
        outcomes: rows.outcomes,
        form: form == .curves ? .curves(knots: Self.knots) : .lines,
        dateReference: set.dateReference)
    } catch { throw set.error(error) }
    self.rows = rows
    let design: DesignMatrix
    do throws(EncodingError) { design = try encoder.encode(set.table, rows: rows.rows) } catch {
      throw .encoding(error)
    }
    do throws(ObjectiveError) {
      objective = try LogisticObjective(
        design: design, outcomes: rows.outcomes,
        weights: rows.weights.allSatisfy { $0 == 1 } ? nil : rows.weights,
        penalties: Self.penalties(ridge, count: design.columnCount))
    } catch { throw .objective(error) }
  }

  /// The knots of a curve of many values.
  static let knots = 64

  /// One strength for all coefficients but the intercept's.
  static func penalties(_ ridge: Double, count: Int) -> [Double] {
    [0] + [Double](repeating: ridge, count: count - 1)
  }

  /// The objective under another strength of the penalty.
  func replacing(ridge: Double) throws(TrainingError) -> LogisticObjective {
    do throws(ObjectiveError) {
      return try objective.replacing(
        penalties: Self.penalties(ridge, count: objective.penalties.count))
    } catch { throw .objective(error) }
  }

  /// The terms of coefficients, with standard errors.
  ///
  /// - Parameter ridge: The strength of the penalty that the fit had.
  func terms(
    of fit: Fit, ridge: Double
  ) throws(TrainingError) -> (intercept: Coefficient, terms: [ModelTerm]) {
    let objective = try replacing(ridge: ridge)
    do throws(FitError) {
      let errors = try PenalizedInference(fit, of: objective).standardErrors
      return terms(zip(fit.coefficients, errors).map { Coefficient(value: $0, standardError: $1) })
    } catch { throw .fit(error) }
  }

  /// The terms of coefficients alone.
  func terms(coefficients: [Double]) -> (intercept: Double, terms: [ModelTerm]) {
    let (intercept, terms) = terms(coefficients.map { Coefficient(value: $0, standardError: 0) })
    return (intercept.value, terms)
  }

  private func terms(_ coefficients: [Coefficient]) -> (intercept: Coefficient, terms: [ModelTerm])
  {
    let layout = encoder.layout
    let terms = encoder.fields.enumerated().map { index, field in
      ModelTerm(field: field, coefficients: layout.values(of: index, in: coefficients))
    }
    return (coefficients[0], terms)
  }
}

import FeatureEncoding
import LinearAlgebra
import Regression
import Tables

/// An encoder, and the penalised objective of the leads it encodes: all that a fit of terms needs.
struct LinearProblem: Sendable {
  let encoder: FeatureEncoder
  let rows: LearningRows
  let objective: LogisticObjective
  /// The pairs of fields with effects together; their columns are behind those of the fields, in this order.
  let pairs: [PairEncoding]

  /// Learns an encoder on the rows and encodes them.
  init(
    _ set: TrainingSet, rows: LearningRows, ridge: Double, form: ModelForm = .linear,
    directions: [String: CurveEncoding.Direction] = [:]
  ) throws(TrainingError) {
    let encoder: FeatureEncoder
    do throws(EncodingError) {
      encoder = try FeatureEncoder(
        learning: set.table, columns: set.features, rows: rows.rows, weights: rows.weights,
        outcomes: rows.outcomes,
        form: form.hasCurves ? .curves(knots: Self.knots) : .lines,
        directions: directions, lists: set.lists, dateReference: set.dateReference)
    } catch { throw set.error(error) }
    try self.init(encoder, set, rows: rows, ridge: ridge)
  }

  /// The same leads under an encoder with more fields, without pairs.
  init(
    _ problem: LinearProblem, encoder: FeatureEncoder, _ set: TrainingSet
  ) throws(TrainingError) {
    try self.init(encoder, set, rows: problem.rows, ridge: 0)
  }

  /// Encodes the rows.
  private init(
    _ encoder: FeatureEncoder, _ set: TrainingSet, rows: LearningRows, ridge: Double
  ) throws(TrainingError) {
    self.encoder = encoder
    self.rows = rows
    pairs = []
    try FitMemory(encoder).check()
    let design: DesignMatrix
    do throws(EncodingError) { design = try encoder.encode(set.table, rows: rows.rows) } catch {
      throw .encoding(error)
    }
    do throws(ObjectiveError) {
      objective = try LogisticObjective(
        design: design, outcomes: rows.outcomes,
        weights: rows.caseWeights,
        penalties: Self.penalties(ridge, count: design.columnCount))
    } catch { throw .objective(error) }
  }

  private init(_ problem: LinearProblem, _ pairs: [PairEncoding], _ blocks: [LevelBlock]) {
    encoder = problem.encoder
    rows = problem.rows
    objective = problem.objective.appending(blocks)
    self.pairs = problem.pairs + pairs
  }

  /// This problem with further pairs.
  func adding(_ pairs: [PairEncoding], _ blocks: [LevelBlock]) -> LinearProblem {
    LinearProblem(self, pairs, blocks)
  }

  /// What a pair's term is called.
  func name(of pair: PairEncoding) -> String {
    PairTerm.name(encoder.fields[pair.first].name, encoder.fields[pair.second].name)
  }

  /// The columns of each pair.
  var pairColumns: [Range<Int>] {
    var next = encoder.layout.count
    return pairs.map { pair in
      defer { next += pair.coefficientCount }
      return next..<next + pair.coefficientCount
    }
  }

  /// The knots of a curve of many values.
  static let knots = 32

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

  /// The terms of a fit, with standard errors.
  ///
  /// Levels are counted from the mean of their field over the leads of training, which moves to the
  /// intercept: the logits stay, and each level's standard error is that of its distance from the mean.
  /// Counted from 0 it would hold the error of what all levels share, which the data cannot tell.
  /// - Parameters:
  ///   - ridge: The strength of the penalty that the fit had.
  ///   - known: The errors of the coefficients, where they came with the fit.
  func terms(
    of fit: Fit, ridge: Double, inference known: PenalizedInference?
  ) throws(TrainingError) -> (intercept: Coefficient, terms: [ModelTerm]) {
    let inference: PenalizedInference
    if let known {
      inference = known
    } else {
      let objective = try replacing(ridge: ridge)
      do throws(FitError) { inference = try PenalizedInference(fit, of: objective) } catch {
        throw .fit(error)
      }
    }
    var values = fit.coefficients
    var variances = inference.standardErrors.map { $0 * $0 }
    // The baseline: the intercept and every field's mean.
    var baseline = [Double](repeating: 0, count: values.count)
    baseline[0] = 1
    let layout = encoder.layout
    for (index, field) in encoder.fields.enumerated() {
      guard case .category(let encoding) = field.rule else { continue }
      let columns = layout[index, .levels]
      let leads = encoding.leadsByCode
      let total = leads.reduce(0, +)
      var shares = [Double](repeating: 0, count: values.count)
      for (column, count) in zip(columns, leads) { shares[column] = count / total }
      // With V the covariance and w the shares: var(b_j - w'b) = V_jj - 2 (V w)_j + w' V w.
      let covariances = inference.hessian.solve(shares)
      let mean = columns.reduce(0) { $0 + shares[$1] * values[$1] }
      let meanVariance = columns.reduce(0) { $0 + shares[$1] * covariances[$1] }
      for column in columns {
        values[column] -= mean
        variances[column] += meanVariance - 2 * covariances[column]
        baseline[column] = shares[column]
      }
      values[0] += mean
    }
    variances[0] = zip(baseline, inference.hessian.solve(baseline)).reduce(0) { $0 + $1.0 * $1.1 }
    let coefficients = zip(values, variances).map {
      Coefficient(value: $0, standardError: max(0, $1).squareRoot())
    }
    return (coefficients[0], terms(coefficients, areCentered: true))
  }

  /// The terms of coefficients alone, with levels as the fit has them.
  func terms(coefficients: [Double]) -> (intercept: Double, terms: [ModelTerm]) {
    let bare = coefficients.map { Coefficient(value: $0, standardError: 0) }
    return (coefficients[0], terms(bare, areCentered: false))
  }

  /// - Parameter areCentered: Whether levels have the mean 0, which rounding would miss by a hair.
  private func terms(_ coefficients: [Coefficient], areCentered: Bool) -> [ModelTerm] {
    let layout = encoder.layout
    return encoder.fields.enumerated().map { index, field in
      let own = layout.values(of: index, in: coefficients)
      return areCentered && field.kind == .category
        ? ModelTerm(field: field, coefficients: own, average: 0)
        : ModelTerm(field: field, coefficients: own)
    }
  }
}

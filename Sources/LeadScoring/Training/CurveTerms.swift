import FeatureEncoding
import LinearAlgebra
import Regression
import Tables

/// The terms of a fit of curves, as a model holds them: line and curve as one table of points, counted from
/// the average lead.
struct CurveTerms {
  private let problem: LinearProblem
  private let coefficients: [Double]
  private let inference: PenalizedInference?
  /// The weighted means of the design's columns: the average lead.
  private let means: [Double]

  /// - Parameter inference: For standard errors; they are 0 where it is nil.
  init(_ problem: LinearProblem, coefficients: [Double], inference: PenalizedInference?) {
    self.problem = problem
    self.coefficients = coefficients
    self.inference = inference
    let weights = problem.rows.weights
    let total = weights.reduce(0, +)
    means = problem.objective.design.transposedTimes(weights).map { $0 / total }
  }

  /// The intercept, which takes up what curves leave to it, and the terms.
  func make(_ table: Table) -> (intercept: Coefficient, terms: [ModelTerm]) {
    var contrast = [Double](repeating: 0, count: coefficients.count)
    contrast[0] = 1
    var terms: [ModelTerm] = []
    for (index, field) in problem.encoder.fields.enumerated() {
      switch field.rule {
      case .curve(let encoding) where !encoding.knots.isEmpty:
        terms.append(term(index, encoding, isDate: false))
      case .dateCurve(let encoding) where !encoding.knots.isEmpty:
        terms.append(term(index, encoding, isDate: true))
      case .curve(let encoding):
        terms.append(plain(index, FieldEncoding(name: field.name, rule: .numeric(encoding.line))))
        continue
      case .dateCurve(let encoding):
        terms.append(plain(index, FieldEncoding(name: field.name, rule: .date(encoding.line))))
        continue
      case .category:
        terms.append(centered(index, field))
      case .words:
        terms.append(withWords(index, field))
      default:
        terms.append(plain(index, field))
        continue
      }
      for j in columns(index) { contrast[j] = means[j] }
    }
    let scored = LogitScorer(
      intercept: 0, terms: terms, reference: problem.encoder.dateReference)
    let spreads = scored.spreads(of: table, rows: problem.rows, terms: terms)
    terms = zip(terms, spreads).map { $0.keepsSpread ? $0.with(spread: $1) : $0 }
    return (estimate(contrast), terms)
  }

  /// The columns of a field that count from the average lead: all but those of words, which count from
  /// a lead without them.
  private func columns(_ field: Int) -> [Int] {
    let parts = problem.encoder.layout.columns[field]
    guard case .words = problem.encoder.fields[field].rule else { return parts.flatMap(Array.init) }
    return parts.dropLast().flatMap(Array.init)
  }

  private func plain(_ index: Int, _ field: FieldEncoding) -> ModelTerm {
    ModelTerm(
      field: field,
      coefficients: columns(index).map(estimate(ofColumn:)))
  }

  /// A category whose levels are counted from their mean over the leads, as those of lines are.
  private func centered(_ index: Int, _ field: FieldEncoding) -> ModelTerm {
    ModelTerm(
      field: field,
      coefficients: columns(index).map { column in
        estimate(fromAverage: index) { $0[column] += 1 }
      }, average: 0)
  }

  /// A category likewise, with the effects of words as they are.
  private func withWords(_ index: Int, _ field: FieldEncoding) -> ModelTerm {
    let levels = columns(index).map { column in
      estimate(fromAverage: index) { $0[column] += 1 }
    }
    let words = problem.encoder.layout.columns[index].last.map(Array.init) ?? []
    return ModelTerm(field: field, coefficients: levels + words.map(estimate(ofColumn:)))
  }

  private func estimate(ofColumn column: Int) -> Coefficient {
    Coefficient(
      value: coefficients[column], standardError: inference?.standardErrors[column] ?? 0)
  }

  /// A term whose points are at the knots and at the ends of the line.
  private func term(_ index: Int, _ encoding: CurveEncoding, isDate: Bool) -> ModelTerm {
    let parts = problem.encoder.layout.columns[index]
    let (dense, knots, levels) = (parts[0], parts[1], parts[2])
    let places = encoding.pointPlaces
    var estimates: [Coefficient] = []
    if encoding.line.hasMissing {
      estimates.append(estimate(fromAverage: index) { $0[dense.upperBound - 1] += 1 })
    }
    for place in places {
      estimates.append(
        estimate(fromAverage: index) { contrast in
          if encoding.line.varies {
            contrast[dense.lowerBound] += encoding.line.standardized(place)
          }
          for (knot, share) in encoding.hatShares(of: place) {
            contrast[knots.lowerBound + knot] += share
          }
        })
    }
    for column in levels {
      estimates.append(
        Coefficient(
          value: coefficients[column], standardError: inference?.standardErrors[column] ?? 0))
    }
    let table = encoding.asPoints(places)
    return ModelTerm(
      field: FieldEncoding(
        name: problem.encoder.fields[index].name,
        rule: isDate ? .dateCurve(table) : .curve(table)), coefficients: estimates, average: 0)
  }

  /// The effect of a cell against the average lead's, in one field.
  private func estimate(
    fromAverage field: Int, _ change: (inout [Double]) -> Void
  ) -> Coefficient {
    var contrast = [Double](repeating: 0, count: coefficients.count)
    for j in columns(field) { contrast[j] = -means[j] }
    change(&contrast)
    return estimate(contrast)
  }

  private func estimate(_ contrast: [Double]) -> Coefficient {
    var (value, variance) = (0.0, 0.0)
    for (weight, coefficient) in zip(contrast, coefficients) { value += weight * coefficient }
    if let inference {
      for (weight, part) in zip(contrast, inference.hessian.solve(contrast)) {
        variance += weight * part
      }
    }
    return Coefficient(value: value, standardError: max(0, variance).squareRoot())
  }
}

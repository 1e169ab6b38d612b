import FeatureEncoding
import LinearAlgebra
import Regression

/// Effects of cells and of pairs of cells, as sums of a fit's coefficients, with their standard errors.
struct CurveEffects {
  private let problem: LinearProblem
  private let estimates: Estimates
  /// The weighted means of the design's columns: the average lead.
  private let means: [Double]
  private let layout: DesignLayout
  private let centerings: [PairCentering]
  private let pairColumns: [Range<Int>]

  init(_ problem: LinearProblem, coefficients: [Double], inference: PenalizedInference?) {
    self.problem = problem
    estimates = Estimates(coefficients: coefficients, inference: inference)
    let weights = problem.rows.weights
    let total = weights.reduce(0, +)
    means = problem.objective.design.transposedTimes(weights).map { $0 / total }
    layout = problem.encoder.layout
    centerings = problem.pairs.map { PairCentering($0) }
    pairColumns = problem.pairColumns
  }

  /// The columns of a field, but for those of words: these count from a lead without them, the others from the
  /// average lead.
  private func columns(_ field: Int) -> [Int] {
    let columns = layout.columns(of: field)
    guard case .words = problem.encoder.fields[field].rule else { return columns }
    return columns.dropLast(layout[field, .sets].count)
  }

  /// The intercept, which takes up what terms leave to it.
  var intercept: Coefficient {
    var contrast = estimates.zero
    contrast[0] = 1
    for (index, field) in problem.encoder.fields.enumerated() where isCentered(field) {
      for j in columns(index) { contrast[j] = means[j] }
    }
    for part in problem.encoder.fields.indices.flatMap({ pairParts(ofField: $0) }) {
      for (j, effect) in zip(part.columns, part.offset) { contrast[j] += effect }
    }
    return estimates.base(contrast).coefficient
  }

  /// Whether a field's effects are counted from their mean; those of lines, flags and lists are not.
  private func isCentered(_ field: FieldEncoding) -> Bool {
    switch field.rule {
    case .curve, .dateCurve, .category, .words, .datePart: true
    case .numeric, .date, .flag, .list: false
    }
  }

  /// What a field takes over from one of its pairs.
  private struct PairPart {
    /// The pair's columns.
    let columns: Range<Int>
    /// The effects of the field's groups (groups x coefficients).
    let effects: Matrix
    /// What of them goes to the intercept (coefficients).
    let offset: [Double]
  }

  private func pairParts(ofField field: Int) -> [PairPart] {
    let isCentered = isCentered(problem.encoder.fields[field])
    return problem.pairs.enumerated().compactMap { index, pair in
      let centering = centerings[index]
      let (effects, mean): (Matrix, [Double])
      switch field {
      case pair.first: (effects, mean) = (centering.rowEffects, centering.rowMean)
      case pair.second: (effects, mean) = (centering.columnEffects, centering.columnMean)
      default: return nil
      }
      // A flag's false has no coefficient, so that its effect is everybody's.
      return PairPart(
        columns: pairColumns[index], effects: effects,
        offset: isCentered ? mean : effects.row(0))
    }
  }

  /// The groups of a field that is in a pair.
  private func groups(ofField field: Int) -> CoarseEncoding? {
    for pair in problem.pairs {
      if pair.first == field { return pair.rows }
      if pair.second == field { return pair.columns }
    }
    return nil
  }

  /// For each group of a field (one where it is in no pair), what its cells have besides their own coefficients:
  /// their distance from the average, and effects taken over from pairs.
  private func bases(ofField field: Int) -> [Estimates.Base] {
    let parts = pairParts(ofField: field)
    let isCentered = isCentered(problem.encoder.fields[field])
    return (0..<(groups(ofField: field)?.groupCount ?? 1)).map { group in
      var contrast = estimates.zero
      if isCentered { for j in columns(field) { contrast[j] = -means[j] } }
      for part in parts {
        for (place, j) in part.columns.enumerated() {
          contrast[j] += part.effects[group, place] - part.offset[place]
        }
      }
      return estimates.base(contrast)
    }
  }

  func term(ofField index: Int) -> ModelTerm {
    let field = problem.encoder.fields[index]
    switch field.rule {
    case .curve(let encoding): return curve(index, encoding, isDate: false)
    case .dateCurve(let encoding): return curve(index, encoding, isDate: true)
    case .category(let encoding):
      return ModelTerm(field: field, coefficients: levels(index, encoding), average: 0)
    case .datePart(let encoding):
      return ModelTerm(field: field, coefficients: levels(index, encoding.category), average: 0)
    case .words(let encoding):
      let words = layout[index, .sets].map { estimates.plain($0) }
      return ModelTerm(field: field, coefficients: levels(index, encoding.category) + words)
    case .flag(let encoding): return flag(index, encoding)
    case .numeric, .date, .list:
      return ModelTerm(field: field, coefficients: columns(index).map { estimates.plain($0) })
    }
  }

  /// The levels of a category, counted from their mean over the leads, as those of lines are.
  private func levels(_ index: Int, _ encoding: CategoryEncoding) -> [Coefficient] {
    let (bases, groups) = (bases(ofField: index), groups(ofField: index))
    var places = encoding.levels.map { groups?.group(ofLevel: $0.name) ?? 0 }
    if encoding.otherLeads > 0 { places.append(bases.count - 1) }
    if encoding.missingLeads > 0 { places.append(groups?.missingGroup ?? 0) }
    return zip(columns(index), places).map { estimates.level($0, bases[$1]) }
  }

  private func flag(_ index: Int, _ encoding: FlagEncoding) -> ModelTerm {
    let bases = bases(ofField: index)
    let places = (encoding.varies ? [1] : []) + (encoding.hasMissing ? [2] : [])
    return ModelTerm(
      field: problem.encoder.fields[index],
      coefficients: zip(columns(index), places).map { column, group in
        bases.count > 1 ? estimates.sum([(column, 1)], bases[group]) : estimates.plain(column)
      })
  }

  /// A term whose points are at the knots, at the ends of the line, and twice where a pair's groups part.
  private func curve(_ index: Int, _ encoding: CurveEncoding, isDate: Bool) -> ModelTerm {
    let groups = groups(ofField: index)
    guard !encoding.knots.isEmpty || groups != nil else {
      let line = isDate ? FieldEncoding.Rule.date(encoding.line) : .numeric(encoding.line)
      return ModelTerm(
        field: FieldEncoding(name: problem.encoder.fields[index].name, rule: line),
        coefficients: columns(index).map { estimates.plain($0) })
    }
    let bases = bases(ofField: index)
    let (knots, levels) = (layout[index, .knots], layout[index, .levels])
    var cuts: [Double] = []
    if case .cuts(let found)? = groups?.groups { cuts = found }
    let places = encoding.pointPlaces(cuts: cuts)
    var coefficients: [Coefficient] = []
    if encoding.line.hasMissing {
      coefficients.append(
        estimates.level(layout[index, .marks].lowerBound, bases[groups?.missingGroup ?? 0]))
    }
    for (number, place) in places.enumerated() {
      var shares: [(Int, Double)] = []
      if encoding.line.varies {
        shares.append((layout[index, .line].lowerBound, encoding.line.standardized(place)))
      }
      if !encoding.knots.isEmpty {
        shares += encoding.hatShares(of: place).map { (knots.lowerBound + $0.knot, $0.share) }
      }
      // The second point of a jump is above it.
      let isAbove = number > 0 && places[number - 1] == place
      let group = groups.map { $0.group(of: place) + (isAbove ? 1 : 0) } ?? 0
      coefficients.append(estimates.sum(shares, bases[group]))
    }
    coefficients += levels.map { estimates.plain($0) }
    let table = encoding.asPoints(places)
    return ModelTerm(
      field: FieldEncoding(
        name: problem.encoder.fields[index].name,
        rule: isDate ? .dateCurve(table) : .curve(table)), coefficients: coefficients, average: 0)
  }

  func term(ofPair index: Int) -> PairTerm {
    let pair = problem.pairs[index]
    let rest = centerings[index].rest
    let values = rest.times(Array(estimates.coefficients[pairColumns[index]]))
    let variances = estimates.variances(rest, columns: Array(pairColumns[index]))
    let total = pair.leads.reduce(0, +)
    let heldBack = estimates.heldBack(rest, columns: pairColumns[index])
    let squares = zip(values, pair.leads).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
    let names = problem.encoder.fields.map(\.name)
    return PairTerm(
      first: .init(field: names[pair.first], groups: pair.rows),
      second: .init(field: names[pair.second], groups: pair.columns),
      coefficients: values.indices.map {
        Coefficient(
          value: values[$0],
          standardError: (max(0, variances[$0]) + heldBack[$0] * heldBack[$0]).squareRoot())
      },
      leads: pair.leads.map { $0 >= CategoryEncoding.fewestLeads ? $0 : 0 },
      spread: (squares / total).squareRoot())
  }
}

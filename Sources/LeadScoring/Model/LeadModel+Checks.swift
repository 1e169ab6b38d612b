import FeatureEncoding

extension LeadModel {
  /// Checks that the terms give what the file says they give.
  ///
  /// Tiers are not checked: a person may change borders, and the golden leads are then sorted anew.
  /// - Throws: `ModelError.goldenLead` where they do not, `ModelError.wrongShape` where there is nothing to check by.
  func checkGoldenLeads(path: String) throws(ModelError) {
    guard !goldenLeads.isEmpty else {
      throw .wrongShape(path: path, reason: "it has no golden leads, by which it could be checked")
    }
    for (index, golden) in goldenLeads.enumerated() {
      let logit = try logit(of: golden.cells)
      guard abs(logit - golden.logit) <= 1e-9 * max(1, abs(golden.logit)) else {
        throw .goldenLead(path: path, number: index + 1, expected: golden.logit, found: logit)
      }
      let probability = probability(ofLogit: golden.logit)
      guard abs(probability - golden.probability) <= 1e-9 else {
        throw .goldenProbability(
          path: path, number: index + 1, expected: golden.probability, found: probability)
      }
    }
  }
}

extension LeadModel {
  /// Checks that each pair is of two fields that have terms of its kinds, and that none comes twice.
  static func check(_ pairs: [PairTerm], terms: [ModelTerm]) throws(ModelError) {
    let kinds = Dictionary(terms.map { ($0.name, $0.field.kind) }) { first, _ in first }
    for axis in pairs.flatMap(\.axes) {
      let fits =
        switch (axis.groups.groups, kinds[axis.field]) {
        case (.cuts, .numeric), (.cuts, .date), (.levels, .category), (.flag, .flag): true
        default: false
        }
      guard fits else {
        throw .invalid("a pair's field \"\(axis.field)\" has no term, or one of another kind")
      }
    }
    guard Set(pairs.map { Set($0.axes.map(\.field)) }).count == pairs.count else {
      throw .invalid("two pairs are of the same fields")
    }
  }
}

extension PairTerm {
  /// The most that the term can add to or take from a logit.
  var reach: Double { coefficients.reduce(0) { max($0, abs($1.value)) } }
}

extension ModelTerm {
  /// The most that the term can add to or take from a logit, whatever the cell; not finite where a
  /// file's numbers overflow.
  var reach: Double {
    let largest = coefficients.reduce(abs(average)) { max($0, abs($1.value)) }
    let encoding: NumericEncoding
    switch field.rule {
    case .numeric(let rule), .date(let rule): encoding = rule
    case .flag, .category: return largest
    case .curve(let curve), .dateCurve(let curve):
      // A point and the effect of a value may come together.
      let effects = coefficients.suffix(curve.levels.count)
      return largest + effects.reduce(0) { max($0, abs($1.value)) }
    }
    guard encoding.varies else { return largest }
    // A number counts as at most the ends of its range, and the scale between rises throughout.
    let ends = [encoding.lowest, encoding.highest].map {
      abs(coefficients[0].value * encoding.standardized($0))
    }
    return ends.contains { !$0.isFinite } ? .infinity : max(largest, ends[0], ends[1])
  }
}

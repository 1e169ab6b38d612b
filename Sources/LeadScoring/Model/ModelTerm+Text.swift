import FeatureEncoding

extension ModelTerm {
  /// What the term is of: the kind of its column, or `words`, `list` or `date part` where it
  /// became such.
  public var kindName: String {
    switch field.rule {
    case .words: "words"
    case .list: "list"
    case .datePart: "date part"
    default: field.kind.rawValue
    }
  }

  /// Whether the spread over leads is stored, as coefficients and counts do not tell it.
  var keepsSpread: Bool {
    switch field.rule {
    case .curve, .dateCurve, .words, .list: true
    default: false
    }
  }

  /// From where the term's coefficients count: a category's from the mean of its levels.
  public var origin: Double {
    if case .category = field.rule { average } else { 0 }
  }

  /// Whether the term came with version 3 of the format.
  var needsThirdVersion: Bool {
    switch field.rule {
    case .words, .list, .datePart: true
    default: false
    }
  }

  /// The mean over leads of the words' effects; the levels have the mean 0.
  static func average(_ encoding: WordsEncoding, _ values: [Double]) -> Double {
    let total = encoding.category.leadsByCode.reduce(0, +)
    let words = zip(encoding.words, values.suffix(encoding.words.count))
    return total > 0 ? words.reduce(0) { $0 + $1.0.leads * $1.1 } / total : 0
  }

  /// The mean over leads of a list's effects.
  static func average(_ encoding: ListEncoding, _ values: [Double]) -> Double {
    let total = encoding.presentLeads + encoding.missingLeads
    return total > 0 ? zip(encoding.leadsByCode, values).reduce(0) { $0 + $1.0 * $1.1 } / total : 0
  }
}

import FeatureEncoding

/// The share of a cell's text in the logit, where words or entries have effects: also of a text that training
/// never saw.
struct LevelShares: Sendable {
  /// The share of a lead without a value.
  let missing: Double

  /// What a text adds to the logit, and what the model knows of it.
  struct Found: Sendable {
    let share: Double
    var isMissing = false
    var isUnseen = false
  }

  private let find: @Sendable (String) -> Found
  private let known = FoundTexts()

  /// What each of some texts adds.
  func of(_ texts: [String]) -> [Found] { known.found(texts, find: find) }

  /// A named level's effect, or that of the others, and those of its words.
  init(_ encoding: WordsEncoding, _ term: ModelTerm) {
    let values = term.coefficients.map(\.value)
    let category = encoding.category
    let named = category.levels.count
    var levels: [String: Double] = [:]
    for (level, value) in zip(category.levels, values) { levels[level.name] = value }
    let other = category.otherLeads > 0 ? values[named] : 0
    missing = category.missingLeads > 0 ? values[category.coefficientCount - 1] : term.average
    let words = Array(values[category.coefficientCount...])
    let finder = encoding.finder
    find = { [levels] text in
      let codes = finder.codes(of: text)
      let level = levels[text]
      return Found(
        share: codes.reduce(level ?? other) { $0 + words[Int($1)] },
        isUnseen: level == nil && codes.isEmpty)
    }
  }

  /// The effects of a list's entries.
  init(_ encoding: ListEncoding, _ term: ModelTerm) {
    let values = term.coefficients.map(\.value)
    let missing = encoding.missingCode.map { values[Int($0)] } ?? term.average
    self.missing = missing
    let reader = encoding.reader
    find = { text in
      let (codes, isMissing, isKnown) = reader.codes(of: text)
      if isMissing { return Found(share: missing, isMissing: true) }
      return Found(share: codes.reduce(0) { $0 + values[Int($1)] }, isUnseen: !isKnown)
    }
  }
}

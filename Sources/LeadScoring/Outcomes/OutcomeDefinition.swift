import Tables

/// Which column tells a lead's outcome, and which of its words mean what.
public struct OutcomeDefinition: Codable, Equatable, Sendable {
  /// The column of outcomes.
  public let column: String

  /// The words that mean converted, as the file spells them.
  public let converted: [String]

  /// The words that mean lost.
  public let lost: [String]

  /// The words that mean churned.
  public let churned: [String]

  /// The words that mean open.
  public let open: [String]

  /// Creates a definition.
  public init(
    column: String, converted: [String], lost: [String] = [], churned: [String] = [],
    open: [String] = []
  ) {
    self.column = column
    self.converted = converted
    self.lost = lost
    self.churned = churned
    self.open = open
  }

  /// The words of an outcome.
  public func words(for outcome: LeadOutcome) -> [String] {
    switch outcome {
    case .converted: converted
    case .lost: lost
    case .churned: churned
    case .open: open
    }
  }

  /// The outcome that a cell's text means; nil if it is none of the words.
  public func outcome(of word: String) -> LeadOutcome? {
    let folded = OutcomeWords.folded(word)
    return LeadOutcome.allCases.first { outcome in
      words(for: outcome).contains { OutcomeWords.folded($0) == folded }
    }
  }
}

extension OutcomeDefinition {
  /// What somebody who reads the scores might misunderstand, a sentence each.
  var remarks: [String] {
    let name = foldedName(column)
    let leaves = ["churn", "kündig", "kuendig", "abwander", "cancel", "lost", "verloren"]
    guard leaves.contains(where: name.contains), let word = converted.first else { return [] }
    return [
      "column \"\(column)\" seems to tell who left: the probability is that of \"\(word)\", not of a conversion; "
        + "--converted and --lost can turn it round"
    ]
  }
}

/// The words that a user gave for outcomes; an empty list means the usual ones.
public struct OutcomeVocabulary: Equatable, Sendable {
  /// The words for each outcome.
  public var words: [LeadOutcome: [String]]

  /// Creates a vocabulary.
  public init(_ words: [LeadOutcome: [String]] = [:]) {
    self.words = words.filter { !$0.value.isEmpty }
  }

  /// What each of the words found in a column means.
  ///
  /// Words that the user gave come before the usual ones. Where the user gave only those for
  /// converted, a single other word means lost.
  /// - Throws: `OutcomeError` where a word is unknown or claimed twice.
  func definition(column: String, found: [OutcomeCount]) throws(OutcomeError) -> OutcomeDefinition {
    try rejectDoubleClaims()
    var meanings: [LeadOutcome: [String]] = [:]
    var unknown: [OutcomeCount] = []
    for count in found {
      if let outcome = meaning(of: count.word) {
        meanings[outcome, default: []].append(count.word)
      } else {
        unknown.append(count)
      }
    }
    if words[.converted] != nil, words[.lost] == nil, unknown.count == 1, meanings[.lost] == nil {
      meanings[.lost] = [unknown[0].word]
      unknown = []
    }
    guard unknown.count <= OutcomeColumn.mostUnknownWords else {
      throw .tooManyValues(column: column, examples: unknown.prefix(5).map(\.word))
    }
    guard unknown.isEmpty else {
      throw .unknownWords(column: column, unknown: unknown, found: found)
    }
    if let given = words[.converted] {
      let wanted = Set(given.map { OutcomeWords.folded($0) })
      guard found.contains(where: { wanted.contains(OutcomeWords.folded($0.word)) }) else {
        throw .wordsNotFound(column: column, given: given, found: found)
      }
    }
    return OutcomeDefinition(
      column: column, converted: meanings[.converted] ?? [], lost: meanings[.lost] ?? [],
      churned: meanings[.churned] ?? [], open: meanings[.open] ?? [])
  }

  private func meaning(of word: String) -> LeadOutcome? {
    let folded = OutcomeWords.folded(word)
    for vocabulary in [words, OutcomeWords.defaults] {
      for outcome in LeadOutcome.allCases {
        if vocabulary[outcome]?.contains(where: { OutcomeWords.folded($0) == folded }) == true {
          return outcome
        }
      }
    }
    return nil
  }

  private func rejectDoubleClaims() throws(OutcomeError) {
    var owner: [String: LeadOutcome] = [:]
    for outcome in LeadOutcome.allCases {
      for word in words[outcome] ?? [] {
        if let other = owner.updateValue(outcome, forKey: OutcomeWords.folded(word)),
          other != outcome
        {
          throw .claimedTwice(word: word, first: other, second: outcome)
        }
      }
    }
  }
}

/// A word of an outcome column and how often it occurs.
public struct OutcomeCount: Equatable, Sendable {
  /// The cell's text.
  public let word: String

  /// The rows that have it.
  public let rows: Int
}

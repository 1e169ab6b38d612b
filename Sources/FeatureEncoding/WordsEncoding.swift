/// How a category of several words a level becomes codes: of its levels, and beside them of its words.
///
/// `VP of Marketing` and `Marketing VP` are two levels, each with an effect of its own, and share the
/// effects of their words; so does a level too rare to be named, or one that training never saw.
public struct WordsEncoding: Equatable, Sendable {
  /// A word that enough leads share to have an effect.
  public struct Word: Equatable, Sendable {
    /// The word, as `TextWords` writes it.
    public let text: String

    /// The leads (sum of weights) that had it at training.
    public let leads: Double

    /// Creates a word.
    public init(text: String, leads: Double) {
      self.text = text
      self.leads = leads
    }
  }

  /// The levels.
  public let category: CategoryEncoding

  /// The words, sorted.
  public let words: [Word]

  /// The fewest leads that a word must have.
  public static let fewestLeads = 20.0
  /// The most words of a column: the most frequent ones.
  public static let mostWords = 2000
  /// Up to as many levels each speaks for itself.
  static let fewLevels = 12
  /// A level of fewer leads is rare, and the share of leads with such a level from which words are worth it.
  static let (rareLeads, rareShare) = (50.0, 0.01)

  /// Creates an encoding; words are in the order given.
  public init(category: CategoryEncoding, words: [Word]) {
    self.category = category
    self.words = words
  }

  /// Learns from the leads (sum of weights) of each of a table's levels.
  ///
  /// - Returns: nil where words tell nothing: levels are few or all frequent, or none of their frequent words is
  ///   in levels of different words.
  init?(category: CategoryEncoding, tableLevels: [String], leads: [Double]) {
    let distinct = DistinctLevels(tableLevels)
    var sums = [Double](repeating: 0, count: distinct.names.count)
    for (place, share) in zip(distinct.places, leads) { sums[place] += share }
    let present = sums.indices.filter { sums[$0] > 0 }
    let rare = present.reduce(0) { $0 + (sums[$1] < Self.rareLeads ? sums[$1] : 0) }
    guard present.count > Self.fewLevels, rare >= Self.rareShare * sums.reduce(0, +) else {
      return nil
    }
    var counts: [String: Count] = [:]
    var sets: [Set<String>: Int] = [:]
    // In an order that the table's has no part in, as sums of weights depend on it.
    for level in present.sorted(by: { precedes(distinct.names[$0], distinct.names[$1]) }) {
      let words = TextWords.of(distinct.names[level])
      let set = sets[Set(words), default: sets.count]
      sets[Set(words)] = set
      for word in words { counts[word, default: Count(set: set)].add(sums[level], of: set) }
    }
    let frequent = counts.filter { $0.value.leads >= Self.fewestLeads }
      .sorted { ($1.value.leads, $0.key) < ($0.value.leads, $1.key) }.prefix(Self.mostWords)
    guard frequent.contains(where: { $0.value.isShared && $0.key.contains { $0.isLetter } }) else {
      return nil
    }
    self.category = category
    words = frequent.map { Word(text: $0.key, leads: $0.value.leads) }
      .sorted { precedes($0.text, $1.text) }
  }

  /// What is known of a word.
  private struct Count {
    var leads = 0.0
    /// The first set of words that has it, and whether others have.
    let set: Int
    var isShared = false

    init(set: Int) { self.set = set }

    mutating func add(_ leads: Double, of other: Int) {
      self.leads += leads
      if other != set { isShared = true }
    }
  }

  /// The number of coefficients: those of the levels, and one a word.
  public var coefficientCount: Int { category.coefficientCount + words.count }

  /// The mean number of known words of a lead that has a level.
  public var wordsPerLead: Double {
    let present = category.leadsByCode.reduce(0, +) - category.missingLeads
    return present > 0 ? words.reduce(0) { $0 + $1.leads } / present : 0
  }

  /// Finds the places of a text's words among `words`.
  public var finder: CodeFinder { CodeFinder(words.map(\.text)) { TextWords.of($0) } }
}

/// Finds the parts of a text that a model knows.
public struct CodeFinder: Sendable {
  private let codes: [String: UInt32]
  private let split: @Sendable (String) -> [String]

  /// - Parameters:
  ///   - names: the parts that are known, each once.
  ///   - split: the different parts of a text.
  init(_ names: [String], split: @escaping @Sendable (String) -> [String]) {
    var codes: [String: UInt32] = [:]
    for (index, name) in names.enumerated() { codes[name] = UInt32(index) }
    self.codes = codes
    self.split = split
  }

  /// The places of a text's known parts, ascending.
  public func codes(of text: String) -> [UInt32] {
    split(text).compactMap { codes[$0] }.sorted()
  }

  /// The places of a text's known parts, ascending, and how many parts it has.
  func codesAndCount(of text: String) -> (codes: [UInt32], count: Int) {
    let parts = split(text)
    return (parts.compactMap { codes[$0] }.sorted(), parts.count)
  }
}

import Parallelism
import Tables

/// The outcomes of a table's rows.
public struct OutcomeColumn: Sendable {
  /// What the words mean.
  public let definition: OutcomeDefinition

  /// The outcome of each row; an empty cell is open.
  public let outcomes: [LeadOutcome]

  private let counts: [LeadOutcome: Int]

  /// The most different words that an outcome column may hold.
  static let mostWords = 100

  /// The most words of unknown meaning for which a person may be asked to say what they mean.
  static let mostUnknownWords = 20

  /// Reads outcomes with a vocabulary, at training.
  public init(
    _ column: Column, vocabulary: OutcomeVocabulary
  ) throws(OutcomeError) {
    let words = try WordCodes(column)
    try self.init(
      words, definition: vocabulary.definition(column: column.name, found: words.counts))
  }

  /// Reads outcomes by a model's definition.
  ///
  /// - Throws: `OutcomeError.unknownWords` where a word is not one that training saw and is not a usual one.
  public init(_ column: Column, definition: OutcomeDefinition) throws(OutcomeError) {
    let known = OutcomeVocabulary(
      Dictionary(uniqueKeysWithValues: LeadOutcome.allCases.map { ($0, definition.words(for: $0)) })
    )
    let words = try WordCodes(column)
    var vocabulary = known
    // A word of training that this file lacks is no mistake here.
    vocabulary.words[.converted] = nil
    let present = words.counts.filter { count in
      !definition.converted.contains { OutcomeWords.folded($0) == OutcomeWords.folded(count.word) }
    }
    let rest = try vocabulary.definition(column: column.name, found: present)
    let full = OutcomeDefinition(
      column: column.name, converted: definition.converted + rest.converted, lost: rest.lost,
      churned: rest.churned, open: rest.open)
    try self.init(words, definition: full)
  }

  private init(_ words: WordCodes, definition: OutcomeDefinition) throws(OutcomeError) {
    var meanings: [LeadOutcome] = [.open]
    for count in words.counts { meanings.append(definition.outcome(of: count.word) ?? .open) }
    self.definition = definition
    var counts: [LeadOutcome: Int] = [
      .open: words.codes.count - words.counts.reduce(0) { $0 + $1.rows }
    ]
    for (count, meaning) in zip(words.counts, meanings.dropFirst()) {
      counts[meaning, default: 0] += count.rows
    }
    self.counts = counts
    let meaningOfCode = words.numbers.map { meanings[$0] }
    outcomes =
      switch words.codes.storage {
      case .shorts(let codes): Self.outcomes(codes, meaningOfCode)
      case .words(let codes): Self.outcomes(codes, meaningOfCode)
      }
  }

  private static func outcomes(
    _ codes: [some FixedWidthInteger & Sendable], _ meaningOfCode: [LeadOutcome]
  ) -> [LeadOutcome] {
    unsafe filled(codes.count) { range, target in
      for (offset, row) in range.enumerated() {
        unsafe (target + offset).initialize(to: meaningOfCode[Int(codes[row])])
      }
    }
  }

  /// The number of rows with an outcome.
  public func count(of outcome: LeadOutcome) -> Int { counts[outcome] ?? 0 }
}

/// A column's cells as codes of words.
struct WordCodes {
  /// The code of each cell.
  let codes: LevelCodes
  /// Which word each code is: 0 is missing, `k` is word `k - 1`.
  let numbers: [Int]
  let counts: [OutcomeCount]

  init(_ column: Column) throws(OutcomeError) {
    let (codes, words): (LevelCodes, [String])
    switch column.values {
    case .category(let categories):
      (codes, words) = (categories.codes, categories.levels)
    case .flag(let flags):
      codes = LevelCodes(.shorts(flags.codes.map { UInt16($0) }))
      words = [flags.falseWord, flags.trueWord]
    case .numeric(let numbers), .date(let numbers):
      (codes, words) = Self.code(numbers)
    case .text(let texts):
      throw .tooManyValues(
        column: column.name, examples: (0..<min(5, texts.count)).map { texts.string(at: $0) })
    }
    guard words.count <= OutcomeColumn.mostWords else {
      throw .tooManyValues(column: column.name, examples: Array(words.prefix(5)))
    }
    let rows =
      switch codes.storage {
      case .shorts(let codes): Self.counts(codes, below: words.count + 1)
      case .words(let codes): Self.counts(codes, below: words.count + 1)
      }
    // A flag may name a word that no row has.
    let used = words.indices.filter { rows[$0 + 1] > 0 }
    var numbers = [Int](repeating: 0, count: words.count + 1)
    for (position, index) in used.enumerated() { numbers[index + 1] = position + 1 }
    self.codes = codes
    self.numbers = numbers
    counts = used.map { OutcomeCount(word: words[$0], rows: rows[$0 + 1]) }
  }

  /// How many rows have each code.
  private static func counts(
    _ codes: [some FixedWidthInteger & Sendable], below count: Int
  ) -> [Int] {
    let parts = Parallel.mapParts(of: codes.count) { part in
      var rows = [Int](repeating: 0, count: count)
      for code in codes[part] { rows[Int(code)] += 1 }
      return rows
    }
    return (0..<count).map { code in parts.reduce(0) { $0 + $1[code] } }
  }

  private static func code(_ numbers: Numbers) -> (LevelCodes, [String]) {
    var codeOf: [Double: UInt32] = [:]
    var words: [String] = []
    let codes = numbers.map { number -> UInt32 in
      if number.isNaN { return 0 }
      if let code = codeOf[number] { return code }
      words.append(shortest(number))
      let code = UInt32(words.count)
      codeOf[number] = code
      return code
    }
    return (LevelCodes(codes), words)
  }
}

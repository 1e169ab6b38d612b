import DataSources
import Evaluation
import Tables

/// Leads with an outcome and what a model says of them.
public struct ScoredHistory: Sendable {
  /// The logit of each lead.
  public let logits: [Double]

  /// The position of each lead's tier among the names of the model's tiers.
  public let tiers: [Int]

  /// Whether each lead converted.
  public let outcomes: [Bool]

  /// The weight of each lead; nil where each counts once.
  public let weights: [Double]?

  /// The leads without an outcome, which are left out.
  public let open: Int

  /// What was met in the file.
  public let summary: LeadFileScoring.Summary

  /// The oldest and newest day of creation, as in 2026-11-23, if the file tells.
  public let window: (from: String, to: String)?

  /// How the file was understood.
  public let detection: Detection

  /// The columns whose name in the file differs from the model's.
  public let looseNames: [(wanted: String, found: String)]

  /// Reads and scores a file of history.
  ///
  /// - Parameters:
  ///   - outcomeColumn: The column of outcomes, where it has another name than at training.
  ///   - vocabulary: Words for outcomes that training did not see.
  /// - Throws: `SourceError`, `ScoringError` or `OutcomeError`.
  public init(
    path: String, model: LeadModel, options: ReadingOptions, map: [String: String] = [:],
    outcomeColumn: String? = nil, vocabulary: OutcomeVocabulary = OutcomeVocabulary(), day: Double
  ) throws {
    let stream = try LeadStream(path: path, options: options)
    let columns = stream.columnNames
    let outcomeName = outcomeColumn ?? map[model.outcome.column] ?? model.outcome.column
    let match = try ColumnMatch(wanted: [outcomeName], found: columns, map: [:], file: path)
    let outcomeFileName = match.fileNames[outcomeName] ?? outcomeName
    var kept = [outcomeFileName]
    if let weight = model.roles.weight {
      let weights = try ColumnMatch(wanted: [weight], found: columns, map: map, file: path)
      kept.append(weights.fileNames[weight] ?? weight)
    }
    var featureMap = map
    for name in [model.outcome.column, model.roles.weight, model.roles.created].compactMap({ $0 })
    where !model.scoringColumns.contains(name) {
      featureMap[name] = nil
    }
    let created = model.roles.created.flatMap { name in
      let fileName = map[name] ?? name
      return columns.contains(fileName) ? fileName : nil
    }
    let scorer = try LeadScorer(
      model, columns: columns, file: path, map: featureMap, kept: kept,
      additional: created.map {
        [ColumnRequest(name: $0, kind: .date, alias: Collected.creationAlias)]
      } ?? [], day: day)
    var collected = Collected()
    summary = try LeadFileScoring(scorer, stream: stream).run(
      render: { $0 },
      consume: { block in try collected.add(block, outcome: kept[0], weight: kept.dropFirst().first)
      })
    let definition = model.outcome
    let read = try OutcomeColumn(
      Column(
        name: outcomeFileName,
        values: .category(Categories(codes: collected.codes, levels: collected.words))),
      definition: OutcomeDefinition(
        column: outcomeFileName,
        converted: definition.converted + (vocabulary.words[.converted] ?? []),
        lost: definition.lost + (vocabulary.words[.lost] ?? []),
        churned: definition.churned + (vocabulary.words[.churned] ?? []),
        open: definition.open + (vocabulary.words[.open] ?? [])))
    let closed = read.outcomes.indices.filter { read.outcomes[$0] != .open }
    guard !closed.isEmpty else { throw OutcomeError.noRows(column: outcomeFileName) }
    logits = closed.map { collected.logits[$0] }
    tiers = closed.map { collected.tiers[$0] }
    outcomes = closed.map { read.outcomes[$0] == .converted }
    weights = kept.count > 1 ? closed.map { collected.weights[$0] } : nil
    open = read.outcomes.count - closed.count
    window = collected.window
    detection = stream.detection
    looseNames = scorer.looseNames + match.loose
  }

  /// The leads as measures take them.
  public func scoredLeads() throws(EvaluationError) -> ScoredLeads {
    try ScoredLeads(linearPredictors: logits, outcomes: outcomes, weights: weights)
  }
}

/// What is kept of each block.
private struct Collected {
  var logits: [Double] = []
  var tiers: [Int] = []
  var weights: [Double] = []
  var codes: [UInt32] = []
  var words: [String] = []
  private var codeOf: [ArraySlice<UInt8>: UInt32] = [:]
  private var oldest = Double.infinity
  private var newest = -Double.infinity

  /// The name under which the date of creation is read a second time.
  static let creationAlias = "\0date of creation"

  var window: (from: String, to: String)? {
    oldest <= newest ? (CalendarDay.text(oldest), CalendarDay.text(newest)) : nil
  }

  mutating func add(_ block: ScoredBlock, outcome: String, weight: String?) throws(RoleError) {
    logits += block.logits
    tiers += block.tiers
    if case .text(let texts)? = block.table[LeadScorer.asText(outcome)]?.values {
      for row in 0..<texts.count { codes.append(code(of: texts[row])) }
    }
    if case .date(let days)? = block.table[Self.creationAlias]?.values {
      for day in days.doubles where !day.isNaN {
        oldest = min(oldest, day)
        newest = max(newest, day)
      }
    }
    guard let weight, case .text(let texts)? = block.table[LeadScorer.asText(weight)]?.values else {
      return
    }
    for row in 0..<texts.count {
      let text = texts.string(at: row)
      guard let number = Double(text.replacing(",", with: ".")), number >= 0, number.isFinite else {
        throw .notWeights(column: weight, row: block.firstRow + row + 1, found: "\"\(text)\"")
      }
      weights.append(number)
    }
  }

  private mutating func code(of word: ArraySlice<UInt8>) -> UInt32 {
    if word.isEmpty { return 0 }
    if let code = codeOf[word] { return code }
    words.append(String(decoding: word, as: UTF8.self))
    let code = UInt32(words.count)
    // A copy of its own: a slice would keep the whole block alive.
    codeOf[ArraySlice(Array(word))] = code
    return code
  }
}

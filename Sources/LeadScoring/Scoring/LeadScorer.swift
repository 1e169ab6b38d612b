import DataSources
import FeatureEncoding
import Tables

/// A model made ready for one file of leads: which columns to read, and what the model says of them.
public struct LeadScorer: Sendable {
  /// The model.
  public let model: LeadModel

  /// What is to be read of the file.
  public let requests: [ColumnRequest]

  /// The columns whose name in the file differs from the model's, as `model's, file's`.
  public let looseNames: [(wanted: String, found: String)]

  /// The column that names a lead in the file, if there is one.
  public let identifier: String?

  /// The columns of the file that are passed on to the output.
  public let kept: [String]

  private let scorer: LogitScorer

  /// The columns that tiers require, and by which name each is read.
  private let required: [String: String]

  /// The names in a block's table under which columns are read a second time, as they are.
  ///
  /// No column of a file begins with a NUL, so the name cannot be another column's.
  static func asText(_ name: String) -> String { "\0text of " + name }

  /// Matches a model to a file.
  ///
  /// - Parameters:
  ///   - columns: The names of the file's columns.
  ///   - file: The name of the file, for messages.
  ///   - map: The file's name for a column of the model, where it has another.
  ///   - identifier: The column that names a lead; nil takes the one of training, if it is there.
  ///   - kept: Columns to pass on.
  ///   - additional: Further columns to read, under names of their own.
  ///   - day: The day of scoring, in days since 1970-01-01.
  public init(
    _ model: LeadModel, columns: [String], file: String, map: [String: String] = [:],
    identifier: String? = nil, kept: [String] = [], additional: [ColumnRequest] = [], day: Double
  ) throws(ScoringError) {
    let required = Set(model.tiers.tiers.flatMap(\.requires)).sorted()
    let wanted = model.featureColumns
    let match = try ColumnMatch(
      wanted: model.scoringColumns, found: columns, map: map, file: file)
    for name in kept where !columns.contains(name) {
      throw .unknownColumn(name, option: "--keep", found: columns)
    }
    if let identifier, !columns.contains(identifier) {
      throw .unknownColumn(identifier, option: "--id", found: columns)
    }
    func fileName(_ name: String) -> String { match.fileNames[name] ?? name }
    var requests = model.terms.map { term in
      ColumnRequest(name: fileName(term.field.column), kind: term.requestKind, alias: term.name)
    }
    for name in wanted where !model.terms.contains(where: { $0.name == name }) {
      requests.append(ColumnRequest(name: fileName(name), kind: .date, alias: name))
    }
    self.identifier = identifier ?? Self.identifier(of: model, in: columns)
    var texts: [String] = []
    for name in [self.identifier].compactMap({ $0 }) + kept + required.map(fileName)
    where !texts.contains(name) {
      texts.append(name)
    }
    requests += texts.map { ColumnRequest(name: $0, kind: .text, alias: Self.asText($0)) }
    self.required = Dictionary(
      uniqueKeysWithValues: required.map { ($0, Self.asText(fileName($0))) })
    self.model = model
    self.requests = requests + additional
    self.kept = kept
    looseNames = match.loose
    scorer = LogitScorer(model, day: day)
  }

  /// Scores a block that was read by `requests`.
  public func score(_ table: Table, firstRow: Int) -> ScoredBlock {
    let block = scorer.score(table)
    let probabilities = block.logits.map { probability(ofLogit: $0) }
    return ScoredBlock(
      firstRow: firstRow, logits: block.logits, probabilities: probabilities,
      tiers: tiers(of: probabilities, in: table), counts: block.counts, shares: block.shares,
      table: table)
  }

  private func tiers(of probabilities: [Double], in table: Table) -> [Int] {
    var known: [String: Texts] = [:]
    for (field, alias) in required {
      if case .text(let texts)? = table[alias]?.values { known[field] = texts }
    }
    return model.tiers.positions(of: probabilities.span) { row, field in
      known[field].map { !$0[row].isEmpty } ?? false
    }
  }

  /// The file's column that names a lead as training's did, by name.
  private static func identifier(of model: LeadModel, in columns: [String]) -> String? {
    guard let name = model.roles.identifier else { return nil }
    if columns.contains(name) { return name }
    let near = columns.filter { foldedName($0) == foldedName(name) }
    return near.count == 1 ? near[0] : nil
  }
}

extension LeadModel {
  /// Whether a term counts days from a date, so that the reference date is needed.
  var readsDates: Bool { terms.contains { $0.field.kind == .date } }

  /// The columns of the terms, then that of the date from which others count, if any do.
  var featureColumns: [String] {
    var names: [String] = []
    for term in terms where !names.contains(term.field.column) { names.append(term.field.column) }
    guard case .column(let name) = dateReference, readsDates, !names.contains(name) else {
      return names
    }
    return names + [name]
  }

  /// The columns that scoring reads: those of features, then those that tiers require.
  var scoringColumns: [String] {
    let features = featureColumns
    return features + Set(tiers.tiers.flatMap(\.requires)).subtracting(features).sorted()
  }

  /// Every column that the model can name in a file: those of scoring, of the outcome, the weight and
  /// the date of creation.
  public var columnNames: Set<String> {
    Set(scoringColumns + [outcome.column])
      .union([roles.weight, roles.created].compactMap { $0 })
  }
}

extension ModelTerm {
  /// How the cells of the term's column are to be read.
  var requestKind: ColumnRequest.Kind {
    switch field.rule {
    case .numeric, .curve: .numeric
    case .date, .dateCurve, .datePart: .date
    case .flag(let encoding): .flag(falseWord: encoding.falseWord, trueWord: encoding.trueWord)
    case .category(let encoding): .category(levels: encoding.levels.map(\.name))
    case .words, .list: .words
    }
  }
}

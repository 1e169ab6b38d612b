import FeatureEncoding

/// What a user may say about a training; the defaults need no thought.
public struct TrainingOptions: Sendable {
  /// The column of outcomes; nil lets it be found.
  public var outcomeColumn: String?

  /// The words for outcomes that are not the usual ones.
  public var vocabulary = OutcomeVocabulary()

  /// The column that names a lead; nil lets it be found.
  public var identifier: String?

  /// The column of the date of creation; nil lets it be found.
  public var created: String?

  /// The column of case weights, if any.
  public var weight: String?

  /// Whether the rows are in order of time, the oldest first; they then tell it in place of a date.
  public var isOrdered = false

  /// Columns that are not to be features.
  public var excluded: [String] = []

  /// The columns of which nothing but the name is needed: those that are excluded, but for one that may have the outcome.
  public var unread: Set<String> {
    Set(excluded.filter { $0 != outcomeColumn && !UsualNames.outcome.contains(foldedName($0)) })
  }

  /// The columns that hold several values a cell, and those that do not; others are found out.
  public var lists = ListColumns()

  /// Words that meant missing when the history was read, besides the usual ones.
  public var missingWords: [String] = []

  /// The form of the terms; nil has it chosen by the newest leads, or takes the richest.
  public var form: ModelForm?

  /// Columns that are to have an effect together, beyond those that a search finds.
  public var interactions: [Interaction] = []

  /// Columns that are to be in no pair that a search finds.
  public var withoutInteraction: [String] = []

  /// Which way the curves of some columns may go.
  public var directions: [String: CurveEncoding.Direction] = [:]

  /// The strength of the one penalty that lines have; nil has it chosen by cross-validation.
  public var ridge: Double?

  /// The penalty of lines that is given.
  var penalty: PenaltyRecord? { ridge.map { PenaltyRecord(ridge: $0, chosen: "given") } }

  /// How the model is judged.
  public var validation = ValidationMethod.automatic

  /// Whether the intercept follows the newest leads.
  public var recalibration = RecalibrationMethod.none

  /// The tiers; nil has them chosen.
  public var tiers: TierBoundaries?

  /// The name of the model.
  public var name = "model"

  /// The version of the program.
  public var program = ""

  /// The day of training, as in 2026-11-23.
  public var trained = ""

  /// Deals leads to folds: another seed, other folds.
  public var seed: UInt64 = 1

  /// About how many older leads forms are fitted to, to be compared on the newest.
  var comparedLeads = 200_000

  /// About how many leads a fit is made of whose intercept is moved, to see what that does: its noise is in both losses.
  var checkedLeads = 60_000

  /// Where a temporary file of a history that is not in memory is to be, unless TMPDIR says it; nil is the system's
  /// folder.
  public var scratchFolder: String?

  /// Creates the default options.
  public init() {}
}

/// Which leads set the level of probabilities.
public enum RecalibrationMethod: String, CaseIterable, Sendable {
  /// All of them, as the fit has it.
  case none

  /// The newest fifth.
  case recent
}

/// Two columns that are to have an effect together.
public struct Interaction: Equatable, Sendable {
  public let first: String
  public let second: String

  /// Names two columns.
  public init(_ first: String, _ second: String) {
    self.first = first
    self.second = second
  }
}

extension TrainingOptions {
  /// Which pairs of an encoder's fields a form asks for, excludes or searches; nil for none.
  ///
  /// - Parameter isPartial: Whether the encoder has seen a part of the leads, in which a column that is asked for
  ///   may not differ: such a pair is then passed over.
  func wishes(
    for encoder: FeatureEncoder, form: ModelForm, isPartial: Bool
  ) throws(TrainingError) -> PairSearch.Wishes? {
    guard form == .pairs || !interactions.isEmpty else { return nil }
    let names = encoder.fields.map(\.name)
    var wishes = PairSearch.Wishes(searches: form == .pairs, isPartial: isPartial)
    for pair in interactions {
      if isPartial, !names.contains(pair.first) || !names.contains(pair.second) { continue }
      guard let first = names.firstIndex(of: pair.first) else { throw .interaction(pair.first) }
      guard let second = names.firstIndex(of: pair.second) else { throw .interaction(pair.second) }
      wishes.asked.append((first, second))
    }
    wishes.excluded = Set(withoutInteraction.compactMap { names.firstIndex(of: $0) })
    return wishes
  }
}

/// How a model is judged before its final fit on all leads.
public enum ValidationMethod: String, Codable, CaseIterable, Sendable {
  /// By time where there is a date of creation, and by folds.
  case automatic = "auto"

  /// Not at all.
  case none

  /// By cross-validation.
  case folds

  /// By the newest fifth of leads.
  case time
}

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

  /// Words that meant missing when the history was read, besides the usual ones.
  public var missingWords: [String] = []

  /// The form of the terms; nil has it chosen by the newest leads, or takes the richest.
  public var form: ModelForm?

  /// The strength of the one penalty that lines have; nil has it chosen by cross-validation.
  public var ridge: Double?

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

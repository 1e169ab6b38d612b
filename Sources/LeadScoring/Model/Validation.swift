import Evaluation

/// How well a model foretells leads that its fit had not seen.
public struct Validation: Codable, Equatable, Sendable {
  /// By time: fitted on older leads, judged on the newest.
  public let time: ByTime?

  /// By cross-validation.
  public let folds: ByFolds?

  /// Why a measure is lacking, or what to bear in mind.
  public let remarks: [String]

  /// Creates a validation.
  public init(time: ByTime?, folds: ByFolds?, remarks: [String]) {
    self.time = time
    self.folds = folds
    self.remarks = remarks
  }

  /// A fit on older leads judged on the newest.
  public struct ByTime: Codable, Equatable, Sendable {
    /// The first day of the test, as in 2026-11-23.
    public let testFrom: String

    /// The leads that the fit learned from, and the share of them that converted.
    public let trainingLeads: Double
    public let trainingRate: Double

    /// What the test showed.
    public let metrics: Metrics
  }

  /// Every lead foretold by a fit on the other folds.
  public struct ByFolds: Codable, Equatable, Sendable {
    /// The number of folds.
    public let count: Int

    /// What all folds together showed.
    public let metrics: Metrics
  }
}

import FeatureEncoding
import Tables

/// What was learned from a history of leads, and all that is needed to score others by it.
public struct LeadModel: Equatable, Sendable {
  /// The model's name, as the user gave it or from the file of its history.
  public let name: String

  /// The version of the program that made it.
  public let program: String

  /// The day on which it was made, as in 2026-11-23.
  public let trained: String

  /// What it learned from.
  public let data: TrainingData

  /// Which column told outcomes, and by which words.
  public let outcome: OutcomeDefinition

  /// The words that meant missing, besides the usual ones; they do so in every file that is scored.
  public let missingWords: [String]

  /// Which columns named a lead and its date.
  public let roles: ColumnRoles

  /// The form of the terms.
  public let form: ModelForm

  /// Why the form is that, where it was chosen; nil where it was given.
  public private(set) var formChoice: FormChoice?

  /// The logit of a lead all of whose terms are 0.
  public let intercept: Coefficient

  /// A term a column.
  public let terms: [ModelTerm]

  /// What fields say in pairs.
  public let pairs: [PairTerm]

  /// From which day dates count.
  public let dateReference: DateReference

  /// The columns that are no features, and why.
  public let leftOut: [LeftOutColumn]

  /// How strongly coefficients were held to 0, and how that was chosen.
  public let penalty: PenaltyRecord

  /// How well it foretells leads that the fit had not seen; nil if that was not measured.
  public let validation: Validation?

  /// How the intercept was moved to the newest leads; nil where it is the fit's.
  public private(set) var recalibration: Recalibration?

  /// What a statistician reads off a plain fit; nil for other forms.
  public let plain: PlainSummary?

  /// Where tiers begin.
  public private(set) var tiers: TierBoundaries

  /// Made-up leads with their scores, which every reader of the file must reproduce.
  public private(set) var goldenLeads: [GoldenLead]

  /// The logit of the average lead of training; a lead's reasons are counted from it.
  public var baseline: Double { terms.reduce(intercept.value) { $0 + $1.average } }

  /// The average share of each term, then of each pair, which have none.
  var averages: [Double] { terms.map(\.average) + pairs.map { _ in 0 } }

  /// This model with other tiers, into which the golden leads are sorted anew.
  public func with(tiers: TierBoundaries) -> LeadModel {
    var model = self
    model.tiers = tiers
    model.goldenLeads = goldenLeads.map { $0.sorted(into: tiers) }
    return model
  }

  /// This model with golden leads.
  func with(goldenLeads: [GoldenLead]) -> LeadModel {
    var model = self
    model.goldenLeads = goldenLeads
    return model
  }
}

/// The form of a model's terms.
public enum ModelForm: String, Codable, Sendable {
  /// Straight lines, and an effect a level; coefficients are penalised.
  case linear

  /// Lines with smooth curves around them, and an effect a level; penalties are set by their evidence.
  case curves

  /// Curves, and tables of pairs of fields that say more together than alone.
  case pairs

  /// R's `glm`: numbers as they are, treatment coding, no penalty.
  case plain
}

extension ModelForm {
  /// Whether numbers are curves, and penalties set by their evidence.
  public var hasCurves: Bool { self == .curves || self == .pairs }
}

/// What a model learned from.
public struct TrainingData: Codable, Equatable, Sendable {
  /// The rows of the file.
  public let rows: Int

  /// The rows of each outcome.
  public let converted, lost, churned, open: Int

  /// The rows with an outcome that were left out, as their weight is 0 or a value is missing.
  public let dropped: Int

  /// The oldest and newest date of creation, as in 2026-11-23, if there is such a column.
  public let from, to: String?

  /// The SHA-256 of the file's bytes, in hexadecimal digits.
  public let sha256: String

  /// The rows that were in memory together, where those were a sample: they decided all but the coefficients, and all
  /// counts and measures beside these are of them.
  public let sampledRows: Int?

  /// Creates a description of data.
  public init(
    rows: Int, converted: Int, lost: Int, churned: Int, open: Int, dropped: Int, from: String?,
    to: String?, sha256: String, sampledRows: Int? = nil
  ) {
    self.sampledRows = sampledRows
    self.rows = rows
    self.converted = converted
    self.lost = lost
    self.churned = churned
    self.open = open
    self.dropped = dropped
    self.from = from
    self.to = to
    self.sha256 = sha256
  }

  /// The rows that a fit learned from.
  public var closed: Int { converted + lost + churned - dropped }
}

/// How strongly coefficients were held to 0.
public struct PenaltyRecord: Codable, Equatable, Sendable {
  /// `L` in: sum of losses + `L`/2 times the sum of squared coefficients; 0 for a plain fit.
  public let ridge: Double

  /// How it was chosen, in words.
  public let chosen: String

  /// The strengths tried, with their out-of-sample log loss.
  public let tried: [Candidate]

  /// The penalty of each part of each term, where each has its own; nil where all have `ridge`.
  public let terms: [TermPenalty]?

  /// What all coefficients but the intercept were multiplied with at last, where columns are many; nil for nothing.
  public let shrinkage: Double?

  /// A strength that was tried.
  public struct Candidate: Codable, Equatable, Sendable {
    /// The strength.
    public let ridge: Double

    /// The cross-validated log loss, in nats a lead.
    public let logLoss: Double

    /// Creates a candidate.
    public init(ridge: Double, logLoss: Double) {
      self.ridge = ridge
      self.logLoss = logLoss
    }
  }

  /// Creates a choice.
  public init(
    ridge: Double, chosen: String, tried: [Candidate] = [], terms: [TermPenalty]? = nil,
    shrinkage: Double? = nil
  ) {
    self.shrinkage = shrinkage
    self.terms = terms
    self.ridge = ridge
    self.chosen = chosen
    self.tried = tried
  }
}

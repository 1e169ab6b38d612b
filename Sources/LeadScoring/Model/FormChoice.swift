/// Why a model has the form it has, where the program chose it.
public struct FormChoice: Codable, Equatable, Sendable {
  /// The reason, in words.
  public let reason: String

  /// What the newest leads showed; nil where leads have no order of time.
  public let newest: Newest?

  /// Forms fitted on the older leads and judged on the newest.
  public struct Newest: Codable, Equatable, Sendable {
    /// Where the newest leads begin: a day, as in 2026-11-23, or a row, as in row 7201.
    public let from: String

    /// The newest leads, and the share of them that converted.
    public let leads, rate: Double

    /// The older leads, and the share of them that converted.
    public let olderLeads, olderRate: Double

    /// The older leads, in a sample of them, to which forms were fitted; nil is all.
    public let sampledLeads: Double?

    /// The forms, the simplest first.
    public let forms: [Candidate]
  }

  /// A form and what it says of the newest leads.
  public struct Candidate: Codable, Equatable, Sendable {
    public let form: ModelForm

    /// The mean log loss, in nats a lead.
    public let logLoss: Double

    /// By how much it is above the lowest, and the standard error of that (of the lead-wise differences).
    public let difference, standardError: Double
  }

  /// Creates a choice.
  public init(reason: String, newest: Newest? = nil) {
    self.reason = reason
    self.newest = newest
  }

  /// The reason where only one form can have the penalty that is given.
  static let penaltyReason = "the form that has one penalty, which is given"

  /// The reason where nothing tells which leads are the newest.
  static let timelessReason =
    "the richest form, as nothing tells which leads are the newest (--created or --ordered)"

  /// The reason where time tells nothing.
  static let untestedReason = "the richest form, as it cannot be tested by time"

  /// The reason where a fit of lines leaves nothing to richer forms.
  static let linesReason =
    "neither values of a field nor two fields together say more of older leads than lines do"

  /// Checks what a file says.
  func validate() throws(ModelError) {
    guard let newest else { return }
    let counts =
      [newest.leads, newest.olderLeads, newest.sampledLeads ?? 0]
      + newest.forms.map(\.standardError)
    guard counts.allSatisfy({ $0 >= 0 }) else {
      throw .invalid("\"formChoice\" has a negative number of leads or standard error")
    }
    guard [newest.rate, newest.olderRate].allSatisfy({ (0...1).contains($0) }) else {
      throw .invalid("\"formChoice\" has a rate that is not from 0 to 1")
    }
  }
}

extension ModelForm {
  /// The forms to choose from, the simplest first.
  public static let ladder: [ModelForm] = [.linear, .curves, .pairs]
}

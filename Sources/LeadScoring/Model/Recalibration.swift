/// How the intercept was moved so that the newest leads are foretold at the rate at which they converted.
public struct Recalibration: Codable, Equatable, Sendable {
  /// What was added to the intercept, in logits; the model's intercept has it.
  public let shift: Double

  /// Where the newest leads begin: a day, as in 2026-11-23, or a row, as in row 7201.
  public let from: String

  /// The newest leads.
  public let leads: Double

  /// The mean probability of the newest leads before, and the share of them that converted, which it is now.
  public let predictedRate, rate: Double

  /// What such a shift does for leads after those it was learned from; nil where halves cannot be made.
  public let check: Check?

  /// The same done to the leads before the later half of the newest: fitted, moved to the newest fifth of
  /// them, and judged on that half.
  public struct Check: Codable, Equatable, Sendable {
    /// Where the later half begins.
    public let from: String

    /// The leads of the later half.
    public let leads: Double

    /// The leads that were fitted, where they are a sample of those before; nil is all.
    public let sampledLeads: Double?

    /// The shift, in logits.
    public let shift: Double

    /// The log loss of the later half without and with the shift, in nats a lead.
    public let logLossBefore, logLossAfter: Double

    /// By how much the log loss changed, and the standard error of that (of the lead-wise differences).
    public let difference, standardError: Double
  }

  /// Checks what a file says.
  func validate() throws(ModelError) {
    let counts = [leads] + (check.map { [$0.leads, $0.sampledLeads ?? 0, $0.standardError] } ?? [])
    guard counts.allSatisfy({ $0 >= 0 }) else {
      throw .invalid("\"recalibration\" has a negative number of leads or standard error")
    }
    guard [predictedRate, rate].allSatisfy({ (0...1).contains($0) }) else {
      throw .invalid("\"recalibration\" has a rate that is not from 0 to 1")
    }
  }
}

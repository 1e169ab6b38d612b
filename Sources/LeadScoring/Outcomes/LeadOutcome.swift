/// How a lead ended, as far as it has.
public enum LeadOutcome: String, Codable, CaseIterable, Sendable {
  /// Became a customer, and stayed.
  case converted

  /// Did not become a customer.
  case lost

  /// Became a customer, and left: counts against a lead exactly as lost does.
  case churned

  /// Has no outcome yet: left out of a fit, and scored.
  case open
}

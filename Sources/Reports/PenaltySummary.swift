import LeadScoring

extension PenaltyRecord {
  /// The penalty in a line: its strength, or that each term has its own, and how it was chosen.
  var summary: String {
    guard let terms else { return "L = \(NumberText.significant(ridge, 4)), \(chosen)" }
    let effective = terms.reduce(0) { $0 + $1.effectiveParameters }
    return
      "\(chosen): \(terms.count) penalties, \(NumberText.fixed(effective, 1)) effective parameters"
      + (shrinkage.map { "; then all effects times \(NumberText.fixed($0, 3)), by leave-one-out" }
        ?? "")
  }
}

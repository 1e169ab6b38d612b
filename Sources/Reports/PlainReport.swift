import LeadScoring

/// A plain fit as R's `summary(glm(...))` shows it.
struct PlainReport {
  private let plain: PlainSummary
  private let model: LeadModel

  init(_ plain: PlainSummary, model: LeadModel) {
    self.plain = plain
    self.model = model
  }

  var lines: [String] {
    var table = TextTable([
      ("", .left), ("estimate", .right), ("std. error", .right), ("z", .right), ("p", .right),
      ("low 95 %", .right), ("high 95 %", .right), ("odds ratio", .right),
    ])
    for row in plain.coefficients {
      table.add([
        row.name, NumberText.significant(row.estimate, 7),
        NumberText.significant(row.standardError, 7),
        NumberText.fixed(row.z, 3), NumberText.pValue(row.p), NumberText.significant(row.low, 5),
        NumberText.significant(row.high, 5), NumberText.significant(odds(row.estimate), 5),
      ])
    }
    let outcome = model.outcome
    let title =
      "Logistic regression of \"\(TextTable.printable(outcome.column))\" = "
      + "\(outcome.converted.joined(separator: " or ")), no penalty"
    return Paragraph.lines("", title) + [
      "  \(NumberText.count(plain.rows)) rows; \(NumberText.count(plain.rowsDropped)) more left out for a missing value",
      "",
    ] + table.lines + [
      "",
      "  log-likelihood     \(NumberText.significant(plain.logLikelihood, 10))",
      "  null deviance      \(NumberText.significant(plain.nullDeviance, 10))",
      "  residual deviance  \(NumberText.significant(plain.residualDeviance, 10))",
      "  AIC                \(NumberText.significant(plain.aic, 10))",
    ]
      + model.leftOut.flatMap {
        Paragraph.lines("  left out: ", "\(TextTable.printable($0.name)): \($0.reason)")
      }
  }
}

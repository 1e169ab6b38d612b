import FeatureEncoding
import LeadScoring

/// What a training found, for the person who ran it.
public struct TrainReport {
  private let training: LeadTraining

  /// Creates a report of a training.
  public init(_ training: LeadTraining) { self.training = training }

  /// The lines of the report.
  public var lines: [String] {
    if let plain = training.plainSummary { return PlainReport(plain, model: training.model).lines }
    let model = training.model
    var lines = data(model) + [""]
    lines += ["Fields, by how much they move scores"] + strongest(model) + [""]
    if let choice = model.formChoice?.newest {
      lines += FormChoiceTable(choice).lines
    }
    if let recalibration = model.recalibration {
      lines += RecalibrationReport(recalibration).lines + [""]
    }
    if let validation = model.validation { lines += ValidationTable(validation).lines + [""] }
    lines += TierTable(model.tiers).lines
    return lines + remarks
  }

  /// What was read and how it was understood, with every guess.
  private func data(_ model: LeadModel) -> [String] {
    let data = model.data
    var lines = Paragraph.lines(
      "",
      "Learned from \(NumberText.count(data.closed)) leads: "
        + "\(NumberText.count(data.converted)) converted, \(NumberText.count(data.lost)) lost, "
        + "\(NumberText.count(data.churned)) churned"
        + (data.open > 0 ? "; \(NumberText.count(data.open)) open are left out" : "")
        + (data.dropped > 0 ? "; \(NumberText.count(data.dropped)) dropped" : ""))
    if let rows = data.sampledRows {
      lines += Paragraph.lines(
        "  sample    ",
        "\(NumberText.count(rows)) of \(NumberText.count(data.rows)) rows decided the form and are what is counted and measured "
          + "below; the coefficients come from all")
    }
    let outcome = model.outcome
    let words = [
      ("converted", outcome.converted), ("lost", outcome.lost), ("churned", outcome.churned),
      ("open", outcome.open),
    ].filter { !$0.1.isEmpty }.map {
      "\($0.0) = \($0.1.map { "\"\($0)\"" }.joined(separator: ", "))"
    }
    func column(_ name: String) -> String { "column \"\(TextTable.printable(name))\"" }
    lines += Paragraph.lines(
      "  outcome   ", "\(column(outcome.column)): \(words.joined(separator: "; "))")
    lines += Paragraph.lines(
      "  lead      ", model.roles.identifier.map(column) ?? "no column names it (--id)")
    if let created = model.roles.created {
      lines += Paragraph.lines(
        "  created   ", "\(column(created)), \(data.from ?? "?") to \(data.to ?? "?")")
    } else {
      lines.append(
        "  created   no column tells (--created)"
          + (training.isOrdered ? "" : ", nor the order of rows (--ordered); so no test by time"))
    }
    if training.isOrdered {
      lines.append("  order     rows are in order of time, the oldest first")
    }
    if let weight = model.roles.weight {
      lines += Paragraph.lines("  weight    ", column(weight))
    }
    lines += Paragraph.lines("  form      ", model.formSummary)
    lines += Paragraph.lines("  penalty   ", model.penalty.summary)
    let counts = ["numeric", "category", "words", "list", "flag", "date", "date part"].compactMap {
      kind -> String? in
      let count = model.terms.count { $0.kindName == kind }
      return count > 0 ? "\(count) \(kind)" : nil
    }
    let coefficients = model.terms.reduce(1) { $0 + $1.coefficients.count }
    lines.append(
      "  features  \(counts.joined(separator: ", ")): \(NumberText.count(coefficients)) coefficients"
    )
    if !model.pairs.isEmpty {
      lines += Paragraph.lines(
        "  pairs     ", model.pairs.map { TextTable.printable($0.name) }.joined(separator: ", "))
    } else if model.form == .pairs {
      lines.append("  pairs     none says more together than alone")
    }
    for column in model.leftOut {
      lines += Paragraph.lines(
        "  left out  ", "\(TextTable.printable(column.name)): \(column.reason)")
    }
    return lines
  }

  private func strongest(_ model: LeadModel) -> [String] {
    var table = TextTable([("", .left), ("logits", .right), ("", .left)])
    let all = model.sharesOfScores
    let shares = all.prefix(10)
    let largest = shares.first?.spread ?? 0
    for share in shares {
      let width = largest > 0 ? Int((share.spread / largest * 30).rounded()) : 0
      table.add([
        share.name, NumberText.fixed(share.spread, 3), String(repeating: "#", count: width),
      ])
    }
    let rest = all.count - shares.count
    return table.lines + (rest > 0 ? ["  and \(rest) more"] : [])
  }

  private var remarks: [String] {
    // The validation's own are beside its numbers.
    let shown = Set(training.model.validation?.remarks ?? [])
    let rest = training.remarks.filter { !shown.contains($0) }
    return rest.isEmpty ? [] : [""] + rest.flatMap { Paragraph.lines("note: ", $0) }
  }
}

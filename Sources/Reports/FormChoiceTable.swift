import LeadScoring

extension LeadModel {
  /// The form in a line, with the reason where it was chosen.
  var formSummary: String { form.rawValue + (formChoice.map { ": \($0.reason)" } ?? "") }
}

/// The forms that were tried on the newest leads, as lines for a terminal.
struct FormChoiceTable {
  private let newest: FormChoice.Newest

  init(_ newest: FormChoice.Newest) { self.newest = newest }

  /// The lines, with an empty one behind them; none of a form that was not compared with another.
  var lines: [String] {
    guard newest.forms.count > 1 else { return [] }
    var table = TextTable([
      ("form", .left), ("log loss", .right), ("above the best", .right), ("standard error", .right),
    ])
    for form in newest.forms {
      // The best form is 0 above itself, without an error.
      let isBest = form.difference == 0 && form.standardError == 0
      table.add([
        form.form.rawValue, NumberText.fixed(form.logLoss, 4),
        isBest ? "" : NumberText.fixed(form.difference, 4),
        isBest ? "" : NumberText.fixed(form.standardError, 4),
      ])
    }
    let sample = newest.sampledLeads.map { "a sample of \(NumberText.leads($0)) of " } ?? ""
    let title =
      "Forms fitted on \(sample)\(NumberText.leads(newest.olderLeads)) older leads (\(NumberText.percent(newest.olderRate)) "
      + "converted), judged on the \(NumberText.leads(newest.leads)) newest, from \(newest.from) "
      + "(\(NumberText.percent(newest.rate)))"
    return Paragraph.lines("", title) + table.lines + [""]
  }
}

/// What moving the intercept to the newest leads did, as lines for a terminal.
struct RecalibrationReport {
  private let recalibration: Recalibration

  init(_ recalibration: Recalibration) { self.recalibration = recalibration }

  var lines: [String] {
    let moved = recalibration
    var text =
      "Recalibrated: the intercept is moved by \(NumberText.signed(moved.shift, 3)) logits, so that the "
      + "\(NumberText.leads(moved.leads)) newest leads, from \(moved.from), are foretold at their rate, "
      + "\(NumberText.percent(moved.rate)) in place of \(NumberText.percent(moved.predictedRate)). "
      + "Measures below are of the fit before, tiers of the model after."
    if let check = moved.check {
      let fitted = check.sampledLeads.map { "a sample of \(NumberText.leads($0)) of " } ?? ""
      text +=
        " Done at \(check.from) with \(fitted)the leads before it (\(NumberText.signed(check.shift, 3)) logits), the log "
        + "loss of the \(NumberText.leads(check.leads)) leads from there on would have gone from "
        + "\(NumberText.fixed(check.logLossBefore, 4)) to \(NumberText.fixed(check.logLossAfter, 4)): "
        + "\(NumberText.signed(check.difference, 4)) with a standard error of "
        + "\(NumberText.fixed(check.standardError, 4))."
    }
    return Paragraph.lines("", text)
  }
}

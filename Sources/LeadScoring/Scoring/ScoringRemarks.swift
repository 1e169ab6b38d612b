import FeatureEncoding

extension LeadFileScoring.Summary {
  /// What somebody who acts on these scores should know, a sentence each.
  public func remarks(_ model: LeadModel) -> [String] {
    guard leads > 0 else { return ["there are no leads to score"] }
    var remarks: [String] = []
    for cells in stream.unreadable {
      remarks.append(
        "column \"\(cells.column)\": \(cells.count) cells could not be read and count as missing, the first "
          + "\"\(cells.firstText)\" in line \(cells.firstLine)")
    }
    for (term, counts) in zip(model.terms, counts) {
      let known = counts.leads - counts.missing
      let share = Double(known) / Double(counts.leads)
      let usual = term.presentShare
      if known == 0, usual > 0 {
        remarks.append(
          "column \"\(term.name)\" is empty in every row, but \(percent(usual)) of leads had it at training"
        )
      } else if share < usual - 0.2 {
        remarks.append(
          "column \"\(term.name)\" is known for \(percent(share)) of leads, for \(percent(usual)) at training"
        )
      }
      if known > 0, Double(counts.unseen) > max(0.05, 2 * term.otherShare) * Double(known) {
        remarks.append(
          "column \"\(term.name)\": \(percent(Double(counts.unseen) / Double(known))) of leads have a value "
            + "that the model does not name; they count as other")
      }
      if counts.farOutside > 0, Double(counts.farOutside) > 0.01 * Double(known) {
        remarks.append(
          "column \"\(term.name)\": \(counts.farOutside) values lie far outside the range of training "
            + "and count as its end")
      }
    }
    return remarks
  }

  private func percent(_ share: Double) -> String { shortest((share * 1000).rounded() / 10) + " %" }
}

extension ModelTerm {
  /// The share of training's leads that had a value.
  var presentShare: Double {
    let (present, missing): (Double, Double) =
      switch field.rule {
      case .numeric(let encoding), .date(let encoding):
        (encoding.presentLeads, encoding.missingLeads)
      case .curve(let encoding), .dateCurve(let encoding):
        (encoding.line.presentLeads, encoding.line.missingLeads)
      case .flag(let encoding): (encoding.trueLeads + encoding.falseLeads, encoding.missingLeads)
      case .datePart(let date):
        (
          date.category.leadsByCode.reduce(0, +) - date.category.missingLeads,
          date.category.missingLeads
        )
      case .list(let encoding): (encoding.presentLeads, encoding.missingLeads)
      case .words(let words):
        (
          words.category.leadsByCode.reduce(0, +) - words.category.missingLeads,
          words.category.missingLeads
        )
      case .category(let encoding):
        (encoding.leadsByCode.reduce(0, +) - encoding.missingLeads, encoding.missingLeads)
      }
    return present + missing > 0 ? present / (present + missing) : 0
  }

  /// The share of training's leads, of those with a value, that had a level too rare to be named.
  var otherShare: Double {
    let encoding: CategoryEncoding
    switch field.rule {
    case .category(let category): encoding = category
    case .words(let words): encoding = words.category
    case .list(let list):
      return list.presentLeads > 0 ? list.otherLeads / list.presentLeads : 0
    default: return 0
    }
    let present = encoding.leadsByCode.reduce(0, +) - encoding.missingLeads
    return present > 0 ? encoding.otherLeads / present : 0
  }
}

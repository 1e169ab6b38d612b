import FeatureEncoding
import LeadScoring

/// What a model knows, as tables for a terminal.
public struct InspectReport {
  private let model: LeadModel

  /// The most levels that are listed of one category, unless all are asked for.
  private let mostLevels: Int

  /// Creates a report; `mostLevels` nil lists all levels.
  public init(_ model: LeadModel, mostLevels: Int? = 12) {
    self.model = model
    self.mostLevels = mostLevels ?? .max
  }

  /// The lines of the report.
  public var lines: [String] {
    origin + [""] + TierTable(model.tiers).lines + [""]
      + (model.formChoice?.newest.map { FormChoiceTable($0).lines } ?? [])
      + (model.recalibration.map { RecalibrationReport($0).lines + [""] } ?? [])
      + (model.validation.map { ValidationTable($0).lines + [""] } ?? [])
      + importance + [""] + coefficients + pairs + penalties + leftOut
  }

  private var origin: [String] {
    let data = model.data
    let title =
      "Model \"\(TextTable.printable(model.name))\": \(model.form.rawValue) form, trained \(model.trained) by winnow "
      + model.program
    var lines =
      Paragraph.lines("", title)
      + Paragraph.lines(
        "  ",
        "learned from \(NumberText.count(data.closed)) leads: \(NumberText.count(data.converted)) converted, "
          + "\(NumberText.count(data.lost)) lost, \(NumberText.count(data.churned)) churned; "
          + "\(NumberText.count(data.open)) open and \(NumberText.count(data.dropped)) dropped")
    if let rows = data.sampledRows {
      lines += Paragraph.lines(
        "  ",
        "\(NumberText.count(rows)) of \(NumberText.count(data.rows)) rows decided the form and are what is counted and measured "
          + "below; the coefficients come from all")
    }
    if let from = data.from, let to = data.to { lines.append("  created from \(from) to \(to)") }
    lines.append("  outcome in column \"\(TextTable.printable(model.outcome.column))\"")
    if model.formChoice != nil { lines += Paragraph.lines("  form ", model.formSummary) }
    lines.append(
      "  penalty \(model.penalty.summary)")
    lines.append(
      "  the average lead has the logit \(NumberText.signed(model.baseline, 3)) "
        + "(\(NumberText.percent(probability(ofLogit: model.baseline))))")
    return lines
  }

  private var importance: [String] {
    var table = TextTable([
      ("field", .left), ("kind", .left), ("coefficients", .right), ("spread (logits)", .right),
    ])
    for share in model.sharesOfScores {
      table.add([
        share.name, share.kind, "\(share.coefficients)", NumberText.fixed(share.spread, 3),
      ])
    }
    return ["Fields, by how much they move scores (standard deviation over leads)"] + table.lines
  }

  private var coefficients: [String] {
    var table = TextTable([
      ("field", .left), ("value", .left), ("leads", .right), ("logits", .right),
      ("95 % interval", .left), ("odds x", .right),
    ])
    for term in model.terms {
      let rows = term.rows
      let points = term.points
      let chosen = shown(term, rows, points: points)
      for index in chosen {
        let row = rows[index]
        let interval = row.coefficient.interval
        table.add([
          term.name, row.label, points.contains(index) ? "" : NumberText.leads(row.leads),
          NumberText.signed(row.coefficient.value, 3),
          "[\(NumberText.signed(interval.low, 3)), \(NumberText.signed(interval.high, 3))]",
          NumberText.significant(odds(row.coefficient.value), 3),
        ])
      }
      let hidden = rows.count - chosen.count
      if hidden > 0 {
        let what = points.isEmpty ? "levels" : "points and values"
        table.add([term.name, "... \(hidden) more \(what) (--all)", "", "", "", ""])
      }
    }
    return ["Coefficients"] + table.lines
  }

  /// The rows of a term that are listed, in the order of the model: the levels that matter most if there are many; of
  /// a curve the points that draw it best, and a few values.
  private func shown(
    _ term: ModelTerm, _ rows: [ModelTerm.Row], points: Range<Int>
  ) -> [Int] {
    guard rows.count > mostLevels else { return Array(rows.indices) }
    func strongest(_ indices: [Int], _ most: Int) -> [Int] {
      let weight = { (index: Int) in
        abs(rows[index].coefficient.value - term.origin) * rows[index].leads.squareRoot()
      }
      return Array(indices.sorted { (weight($0), $1) > (weight($1), $0) }.prefix(most))
    }
    guard let places = term.places else {
      return strongest(Array(rows.indices), mostLevels).sorted()
    }
    let outline = CurveOutline.indices(
      places: places, values: points.map { rows[$0].coefficient.value }, most: mostLevels)
    return Array(0..<points.lowerBound) + outline.map { points.lowerBound + $0 }
      + strongest(Array(points.upperBound..<rows.count), mostLevels / 3).sorted()
  }

  /// What each pair says beyond its fields, the pair that moves scores most first.
  private var pairs: [String] {
    guard !model.pairs.isEmpty else { return [] }
    var lines = ["", "Pairs, in what they say beyond their fields alone"]
    for pair in model.pairs.sorted(by: { $0.spread > $1.spread }) {
      var table = TextTable([
        (pair.first.field, .left), (pair.second.field, .left), ("leads", .right),
        ("logits", .right), ("95 % interval", .left),
      ])
      let cells = pair.cells
      for cell in strongest(cells) {
        let interval = cell.coefficient.interval
        table.add([
          cell.first, cell.second, NumberText.leads(cell.leads),
          NumberText.signed(cell.coefficient.value, 3),
          "[\(NumberText.signed(interval.low, 3)), \(NumberText.signed(interval.high, 3))]",
        ])
      }
      if cells.count > mostLevels {
        table.add(["... \(cells.count - mostLevels) more cells (--all)", "", "", "", ""])
      }
      lines += table.lines
    }
    return lines
  }

  /// The cells that matter most if there are many; in the order of the table.
  private func strongest(_ cells: [PairTerm.Cell]) -> [PairTerm.Cell] {
    let weights = cells.map { abs($0.coefficient.value) * $0.leads.squareRoot() }
    return cells.indices.sorted { (weights[$0], $1) > (weights[$1], $0) }.prefix(mostLevels)
      .sorted()
      .map { cells[$0] }
  }

  /// How much each part of each term was held back, where each has its own penalty.
  private var penalties: [String] {
    guard let terms = model.penalty.terms else { return [] }
    // Cells of pairs are held to 0, and to their neighbors.
    let hasDifferences = terms.contains { $0.differences != nil }
    var table = TextTable(
      [("field", .left), ("part", .left), ("penalty", .right)]
        + (hasDifferences ? [("of differences", .right)] : [])
        + [("effective parameters", .right)])
    for term in terms {
      table.add(
        [term.field, term.part.rawValue, NumberText.significant(term.strength, 3)]
          + (hasDifferences
            ? [term.differences.map { NumberText.significant($0, 3) } ?? ""] : [])
          + [NumberText.fixed(term.effectiveParameters, 2)])
    }
    return ["", "Penalties, as the history set them"] + table.lines
  }

  private var leftOut: [String] {
    guard !model.leftOut.isEmpty else { return [] }
    return ["", "Columns that are no features"]
      + model.leftOut.flatMap {
        Paragraph.lines("  ", "\(TextTable.printable($0.name)): \($0.reason)")
      }
  }
}

extension ModelTerm {
  /// Where a curve's points are; nil for other terms.
  fileprivate var places: [Double]? {
    switch field.rule {
    case .curve(let encoding), .dateCurve(let encoding): encoding.knots
    default: nil
    }
  }

  /// Which rows are points of a curve.
  fileprivate var points: Range<Int> {
    switch field.rule {
    case .curve(let encoding), .dateCurve(let encoding):
      let first = encoding.line.hasMissing ? 1 : 0
      return first..<first + encoding.knots.count
    default: return 0..<0
    }
  }
}

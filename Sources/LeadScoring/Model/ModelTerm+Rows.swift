import FeatureEncoding

extension ModelTerm {
  /// A coefficient with the cell it belongs to, as a person reads it.
  public struct Row: Equatable, Sendable {
    /// What has the coefficient: a level, `(missing)`, `(other)`, `per sd of log(1 + x)`.
    public let label: String

    /// The leads of training that it concerns.
    public let leads: Double

    /// The coefficient, in logits.
    public let coefficient: Coefficient
  }

  /// The coefficients with their labels, in order.
  public var rows: [Row] {
    zip(labels, coefficients).map { Row(label: $0.label, leads: $0.leads, coefficient: $1) }
  }

  private var labels: [(label: String, leads: Double)] {
    switch field.rule {
    case .numeric(let encoding), .date(let encoding):
      let unit = field.kind == .date ? "days" : "x"
      let name = encoding.transform == .log1p ? "log(1 + \(unit))" : unit
      return (encoding.varies ? [("per sd of \(name)", encoding.presentLeads)] : [])
        + (encoding.hasMissing ? [("(missing)", encoding.missingLeads)] : [])
    case .curve(let encoding), .dateCurve(let encoding):
      return (encoding.line.hasMissing ? [("(missing)", encoding.line.missingLeads)] : [])
        + encoding.knots.enumerated().map { place, knot in
          // The second of two points at one place is what counts above it.
          let isAbove = place > 0 && encoding.knots[place - 1] == knot
          return ((isAbove ? "above " : "at ") + shortest(knot), encoding.line.presentLeads)
        }
        + encoding.levels.map { ("exactly \(shortest($0.value))", $0.leads) }
    case .flag(let encoding):
      return (encoding.varies ? [(encoding.trueWord, encoding.trueLeads)] : [])
        + (encoding.hasMissing ? [("(missing)", encoding.missingLeads)] : [])
    case .category(let encoding): return Self.labels(encoding)
    case .datePart(let encoding): return Self.labels(encoding.category)
    case .words(let encoding):
      return Self.labels(encoding.category) + encoding.words.map { ("(word) " + $0.text, $0.leads) }
    case .list(let encoding):
      return encoding.entries.map { ($0.name, $0.leads) }
        + Self.labels(other: encoding.otherLeads, missing: encoding.missingLeads)
    }
  }

  private static func labels(_ encoding: CategoryEncoding) -> [(label: String, leads: Double)] {
    encoding.levels.map { ($0.name, $0.leads) }
      + labels(other: encoding.otherLeads, missing: encoding.missingLeads)
  }

  private static func labels(
    other: Double, missing: Double
  ) -> [(label: String, leads: Double)] {
    (other > 0 ? [("(other)", other)] : []) + (missing > 0 ? [("(missing)", missing)] : [])
  }

  /// The standard deviation of the term over the leads of training, in logits: how much it matters.
  public var spread: Double {
    if let storedSpread { return storedSpread }
    let all = rows
    var squares = 0.0
    var total = 0.0
    switch field.rule {
    case .numeric(let encoding), .date(let encoding):
      total = encoding.presentLeads + encoding.missingLeads
      if encoding.varies { squares += encoding.presentLeads * square(all[0].coefficient.value) }
      // The mean over present leads is 0; what is missing has its own share.
      if encoding.hasMissing {
        squares += encoding.missingLeads * square(all[all.count - 1].coefficient.value)
      }
    case .curve, .dateCurve, .words, .list: return 0
    case .flag(let encoding):
      total = encoding.trueLeads + encoding.falseLeads + encoding.missingLeads
      squares = all.reduce(0) { $0 + $1.leads * square($1.coefficient.value) }
    case .datePart(let encoding):
      total = encoding.category.leadsByCode.reduce(0, +)
      squares = all.reduce(0) { $0 + $1.leads * square($1.coefficient.value) }
    case .category(let encoding):
      total = encoding.leadsByCode.reduce(0, +)
      squares = all.reduce(0) { $0 + $1.leads * square($1.coefficient.value) }
    }
    return total > 0 ? max(0, squares / total - square(average)).squareRoot() : 0
  }
}

private func square(_ number: Double) -> Double { number * number }

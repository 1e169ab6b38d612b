import FeatureEncoding
import Tables

/// One column's part in a model: how its cells become numbers, and what these weigh.
public struct ModelTerm: Equatable, Sendable {
  /// The encoding of the column.
  public let field: FieldEncoding

  /// The coefficients, in the field's order: the line or levels, then missing.
  public let coefficients: [Coefficient]

  /// The standard deviation of the term over the leads of training, where the coefficients do not tell it.
  let storedSpread: Double?

  /// The mean of the term over the leads of training, in logits: the part of the average lead.
  public let average: Double

  /// Creates a term; the field says how many coefficients there are.
  public init(field: FieldEncoding, coefficients: [Coefficient]) {
    precondition(
      coefficients.count == field.coefficientCount, "a coefficient a column of the field")
    self.field = field
    self.coefficients = coefficients
    storedSpread = nil
    average = Self.average(field, coefficients.map(\.value))
  }

  /// Creates a term as a file holds it, with its average.
  init(
    field: FieldEncoding, coefficients: [Coefficient], average: Double, spread: Double? = nil
  ) {
    self.field = field
    storedSpread = spread
    self.coefficients = coefficients
    self.average = average
  }

  /// Whether the term is a table of points.
  var isCurve: Bool {
    switch field.rule {
    case .curve, .dateCurve: true
    default: false
    }
  }

  /// This term with its standard deviation over leads.
  func with(spread: Double) -> ModelTerm {
    ModelTerm(field: field, coefficients: coefficients, average: average, spread: spread)
  }

  /// The column that the term reads.
  public var name: String { field.name }

  private static func average(_ field: FieldEncoding, _ values: [Double]) -> Double {
    switch field.rule {
    case .numeric(let encoding), .date(let encoding):
      // Standardised values have the mean 0, and missing ones are 0.
      let leads = encoding.presentLeads + encoding.missingLeads
      return encoding.hasMissing && leads > 0
        ? values[values.count - 1] * encoding.missingLeads / leads : 0
    case .curve, .dateCurve: return 0
    case .words(let encoding): return Self.average(encoding, values)
    case .datePart(let encoding):
      return average(
        FieldEncoding(name: encoding.name, rule: .category(encoding.category)), values)
    case .list(let encoding): return Self.average(encoding, values)
    case .flag(let encoding):
      let leads = encoding.trueLeads + encoding.falseLeads + encoding.missingLeads
      guard leads > 0 else { return 0 }
      return
        ((encoding.varies ? values[0] * encoding.trueLeads : 0)
        + (encoding.hasMissing ? values[values.count - 1] * encoding.missingLeads : 0)) / leads
    case .category(let encoding):
      let leads = encoding.leadsByCode
      let total = leads.reduce(0, +)
      return total > 0 ? zip(values, leads).reduce(0) { $0 + $1.0 * $1.1 } / total : 0
    }
  }
}

/// What training learned of one column: how its cells become numbers.
public struct FieldEncoding: Equatable, Sendable {
  /// The name of the column.
  public let name: String

  /// How its cells become numbers.
  public let rule: Rule

  /// Creates the encoding of a column.
  public init(name: String, rule: Rule) {
    self.name = name
    self.rule = rule
  }

  /// How cells become numbers, by kind of column.
  public enum Rule: Equatable, Sendable {
    case numeric(NumericEncoding)
    case category(CategoryEncoding)
    case flag(FlagEncoding)

    /// A date, as the days from it to the reference date of its lead.
    case date(NumericEncoding)

    /// A number as a line, a curve and own levels.
    case curve(CurveEncoding)

    /// A date likewise, by the days from it to the reference date of its lead.
    case dateCurve(CurveEncoding)
  }

  /// The number of coefficients that the column gets.
  public var coefficientCount: Int {
    switch rule {
    case .numeric(let encoding), .date(let encoding):
      (encoding.varies ? 1 : 0) + (encoding.hasMissing ? 1 : 0)
    case .flag(let encoding): (encoding.varies ? 1 : 0) + (encoding.hasMissing ? 1 : 0)
    case .category(let encoding): encoding.coefficientCount
    case .curve(let encoding), .dateCurve(let encoding): encoding.coefficientCount
    }
  }

  /// Whether the column can tell leads apart.
  public var isInformative: Bool {
    switch rule {
    case .numeric(let encoding), .date(let encoding):
      encoding.varies || (encoding.hasMissing && encoding.presentLeads > 0)
    case .flag(let encoding):
      encoding.varies || (encoding.hasMissing && encoding.trueLeads + encoding.falseLeads > 0)
    case .category(let encoding): encoding.varies
    case .curve(let encoding), .dateCurve(let encoding):
      encoding.line.varies || !encoding.knots.isEmpty
        || (encoding.line.hasMissing && encoding.line.presentLeads > 0)
    }
  }
}

/// From which day a date column counts.
public enum DateReference: Equatable, Sendable {
  /// The date in this column, the lead's own.
  case column(String)

  /// One day for all leads, in days since 1970-01-01: the newest in the history at training, the day
  /// of scoring after.
  case day(Double)
}

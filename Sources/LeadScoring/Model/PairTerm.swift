import FeatureEncoding

/// What two fields say together, beyond what each says alone: a table of cells.
public struct PairTerm: Equatable, Sendable {
  /// One of the two fields, and the groups that its cells fall into.
  public struct Axis: Equatable, Sendable {
    /// The column.
    public let field: String
    /// The groups: rows or columns of the table.
    public let groups: CoarseEncoding
  }

  /// The field of the table's rows.
  public let first: Axis
  /// The field of the table's columns.
  public let second: Axis
  /// The coefficient of each cell, row after row.
  public let coefficients: [Coefficient]
  /// The leads of each cell at training, row after row; 0 where fewer than ten had it.
  public let leads: [Double]
  /// The standard deviation of the term over the leads of training, in logits.
  public let spread: Double

  /// Creates a term.
  ///
  /// - Precondition: the table has as many cells as coefficients and leads.
  init(
    first: Axis, second: Axis, coefficients: [Coefficient], leads: [Double], spread: Double
  ) {
    precondition(
      coefficients.count == first.groups.groupCount * second.groups.groupCount
        && leads.count == coefficients.count, "a coefficient a cell")
    self.first = first
    self.second = second
    self.coefficients = coefficients
    self.leads = leads
    self.spread = spread
  }

  /// What reasons and reports call it.
  public var name: String { Self.name(first.field, second.field) }

  /// What two fields together are called.
  static func name(_ first: String, _ second: String) -> String { "\(first) & \(second)" }

  /// The axes, that of the rows first.
  var axes: [Axis] { [first, second] }

  /// A cell with its labels, as a person reads it.
  public struct Cell: Equatable, Sendable {
    /// The groups, as in `country = Germany & employees above 50 to 200`.
    public let first, second: String
    /// The leads of training; 0 where fewer than ten had it.
    public let leads: Double
    /// The coefficient, in logits.
    public let coefficient: Coefficient
  }

  /// The cells that ten leads or more had, row after row.
  public var cells: [Cell] {
    let width = second.groups.groupCount
    let (rows, columns) = (first.labels, second.labels)
    return coefficients.indices.filter { leads[$0] > 0 }.map { cell in
      Cell(
        first: rows[cell / width], second: columns[cell % width], leads: leads[cell],
        coefficient: coefficients[cell])
    }
  }
}

extension PairTerm.Axis {
  /// What the groups are called, in their order.
  public var labels: [String] {
    switch groups.groups {
    case .cuts(let cuts):
      let texts = cuts.map { shortest($0) }
      return ["up to \(texts[0])"] + zip(texts, texts.dropFirst()).map { "\($0) to \($1)" }
        + ["above \(texts[texts.count - 1])", "(missing)"]
    case .levels(let names, let hasMissing):
      return names + (hasMissing ? ["(missing)"] : []) + ["(other)"]
    case .flag(let falseWord, let trueWord): return [falseWord, trueWord, "(missing)"]
    }
  }
}

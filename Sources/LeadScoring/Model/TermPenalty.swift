/// The penalty of one part of a term, as its evidence set it.
public struct TermPenalty: Codable, Equatable, Sendable {
  /// A part of a term that has a penalty of its own.
  public enum Part: String, Codable, Sendable {
    /// A straight line, or a flag's effect.
    case line
    /// The knots of a curve; what is penalized are differences of neighbors.
    case curve
    /// Levels of a category, or values of a number with an effect of their own.
    case levels
    /// The effect of a missing value.
    case missing
    /// The cells of a pair of fields; what is penalized are squares, and differences of neighbors along numbers.
    case pair
  }

  /// The column.
  public let field: String
  /// The part.
  public let part: Part
  /// The strength lambda: 1 over the variance of its coefficients, or differences, in squared logits.
  public let strength: Double
  /// The strength for differences of neighbors, where the part has one for squares too.
  public let differences: Double?
  /// How many free coefficients the part is worth.
  public let effectiveParameters: Double

  /// Creates a record.
  public init(
    field: String, part: Part, strength: Double, differences: Double? = nil,
    effectiveParameters: Double
  ) {
    self.differences = differences
    self.field = field
    self.part = part
    self.strength = strength
    self.effectiveParameters = effectiveParameters
  }
}

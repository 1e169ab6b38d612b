/// How a two-valued column becomes 0 and 1.
public struct FlagEncoding: Equatable, Sendable {
  /// How training's file spelled false.
  public let falseWord: String

  /// How training's file spelled true.
  public let trueWord: String

  /// The leads (sum of weights) that had true.
  public let trueLeads: Double

  /// The leads that had false.
  public let falseLeads: Double

  /// The leads that had neither.
  public let missingLeads: Double

  /// Creates an encoding.
  public init(
    falseWord: String, trueWord: String, trueLeads: Double, falseLeads: Double, missingLeads: Double
  ) {
    self.falseWord = falseWord
    self.trueWord = trueWord
    self.trueLeads = trueLeads
    self.falseLeads = falseLeads
    self.missingLeads = missingLeads
  }

  /// Whether true and false both occur.
  public var varies: Bool { trueLeads > 0 && falseLeads > 0 }

  /// Whether training saw leads without a value.
  public var hasMissing: Bool { missingLeads > 0 }
}

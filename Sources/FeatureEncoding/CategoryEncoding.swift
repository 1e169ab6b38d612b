import Tables

/// How a category becomes codes: frequent levels by name, the rest together.
public struct CategoryEncoding: Equatable, Sendable {
  /// A level that enough leads share to be named.
  public struct Level: Equatable, Sendable {
    /// The cell's text.
    public let name: String

    /// The leads (sum of weights) that had it at training.
    public let leads: Double

    /// Creates a level.
    public init(name: String, leads: Double) {
      self.name = name
      self.leads = leads
    }
  }

  /// The named levels, sorted by name.
  public let levels: [Level]

  /// The leads that had a level too rare to be named.
  public let otherLeads: Double

  /// The leads that had none.
  public let missingLeads: Double

  /// The fewest leads that a level must have to be named in a model: a privacy rule as much as a
  /// statistical one.
  public static let fewestLeads = 10.0

  /// Creates an encoding; levels are in the order given.
  public init(levels: [Level], otherLeads: Double, missingLeads: Double) {
    self.levels = levels
    self.otherLeads = otherLeads
    self.missingLeads = missingLeads
  }

  /// Learns from the leads (sum of weights) of each of a table's levels.
  ///
  /// Levels that are the same characters in other bytes, as a composed and a decomposed letter, are one.
  init(tableLevels: [String], leads: [Double], missingLeads: Double) {
    let distinct = DistinctLevels(tableLevels)
    var sums = [Double](repeating: 0, count: distinct.names.count)
    for (place, share) in zip(distinct.places, leads) { sums[place] += share }
    let counts = zip(distinct.names, sums).filter { $0.1 > 0 }.sorted { precedes($0.0, $1.0) }
    levels = counts.filter { $0.1 >= Self.fewestLeads }.map { Level(name: $0.0, leads: $0.1) }
    otherLeads = counts.reduce(0) { $1.1 < Self.fewestLeads ? $0 + $1.1 : $0 }
    self.missingLeads = missingLeads
  }

  /// The number of coefficients: one a named level, one for the others, one for missing.
  public var coefficientCount: Int {
    levels.count + (otherLeads > 0 ? 1 : 0) + (missingLeads > 0 ? 1 : 0)
  }

  /// The code of leads with a rare or unseen level; 0, without a coefficient, if training had none.
  public var otherCode: UInt32 { otherLeads > 0 ? UInt32(levels.count + 1) : 0 }

  /// The code of leads without a level; 0, without a coefficient, if training had none.
  public var missingCode: UInt32 { missingLeads > 0 ? UInt32(coefficientCount) : 0 }

  /// The leads of each coefficient, in the order of the codes.
  public var leadsByCode: [Double] {
    levels.map(\.leads) + (otherLeads > 0 ? [otherLeads] : [])
      + (missingLeads > 0 ? [missingLeads] : [])
  }

  /// Whether it tells leads apart.
  public var varies: Bool { coefficientCount > 1 }

  /// From codes of a table's levels (0 missing) to codes of this encoding (0 without coefficient).
  ///
  /// - Returns: one more element than `levels`; the first is for missing.
  public func recoding(_ tableLevels: [String]) -> [UInt32] {
    var codes: [String: UInt32] = [:]
    for (index, level) in levels.enumerated() { codes[level.name] = UInt32(index + 1) }
    return [missingCode] + tableLevels.map { codes[$0] ?? otherCode }
  }
}

/// Whether a name sorts before another, by bytes: the same on every machine and in every language.
public func precedes(_ first: String, _ second: String) -> Bool {
  first.utf8.lexicographicallyPrecedes(second.utf8)
}

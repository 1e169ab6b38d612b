/// What each special column of a history is for.
public struct ColumnRoles: Codable, Equatable, Sendable {
  /// The column that names a lead, if any; never a feature.
  public let identifier: String?

  /// The column of the date on which a lead was created, if any.
  public let created: String?

  /// The column of case weights, if any: a weight of two counts as the lead twice.
  public let weight: String?

  /// Creates roles.
  public init(identifier: String?, created: String?, weight: String? = nil) {
    self.identifier = identifier
    self.created = created
    self.weight = weight
  }
}

/// A column that is not a feature, and why.
public struct LeftOutColumn: Codable, Equatable, Sendable {
  /// The name of the column.
  public let name: String

  /// Why it is left out, in words.
  public let reason: String

  /// Creates a record of a column left out.
  public init(name: String, reason: String) {
    self.name = name
    self.reason = reason
  }
}

/// Why columns cannot have the roles asked for.
public enum RoleError: Error, Equatable, CustomStringConvertible {
  case unknownColumn(String, option: String, found: [String])
  case twoRoles(column: String, first: String, second: String)
  case notDates(column: String, found: String)
  case notWeights(column: String, row: Int, found: String)
  case notNumbers(column: String, found: String)
  /// A column that an option names is no feature, or not of the kind that the option is for.
  case noFeature(String, option: String, reason: String)

  public var description: String {
    switch self {
    case .unknownColumn(let name, let option, let found):
      "there is no column \"\(name)\" for \(option)\(suggestion(for: name, among: found)); found: "
        + listed(found)
    case .twoRoles(let column, let first, let second):
      "column \"\(column)\" is named for both \(first) and \(second); it can have one role"
    case .notDates(let column, let found):
      "column \"\(column)\" is to hold the date a lead was created, but holds \(found) values"
    case .notWeights(let column, let row, let found):
      "the weight of data row \(row) in column \"\(column)\" is \(found); a weight is a number, 0 or more"
    case .noFeature(let name, let option, let reason):
      "column \"\(name)\" of \(option) cannot be used there: \(reason)"
    case .notNumbers(let column, let found):
      "column \"\(column)\" is to hold weights, but holds \(found) values"
    }
  }
}

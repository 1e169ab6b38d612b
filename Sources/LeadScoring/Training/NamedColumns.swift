import Tables

extension TrainingOptions {
  /// Checks that columns which options name are features of the table.
  ///
  /// - Throws: `unknownColumn` for a name that no column has; `noFeature` for a column that is none, or none with a
  ///   curve where one is held to a direction.
  func checkNamedColumns(
    in table: Table, features: [String], leftOut: [LeftOutColumn]
  ) throws(RoleError) {
    let named =
      interactions.flatMap { [($0.first, "--interaction"), ($0.second, "--interaction")] }
      + withoutInteraction.map { ($0, "--no-interaction") }
      + directions.keys.sorted().map { ($0, "--monotone") }
    for (name, option) in named {
      guard let column = table[name] else {
        throw .unknownColumn(name, option: option, found: table.columnNames)
      }
      guard features.contains(name) else {
        throw .noFeature(
          name, option: option,
          reason: leftOut.first { $0.name == name }?.reason ?? "it holds the outcome")
      }
      if option == "--monotone", column.kind != .numeric, column.kind != .date {
        throw .noFeature(
          name, option: option, reason: "it is a \(column.kind.rawValue); numbers have curves")
      }
    }
  }
}

/// Named, typed columns over the same rows.
public struct Table: Sendable {
  /// The columns, in the order of the file.
  public let columns: [Column]

  /// The number of rows.
  public let rowCount: Int

  /// Where each column is, by name.
  private let positions: [String: Int]

  /// Creates a table.
  ///
  /// - Throws: `TableError` where two columns share a name or differ in length.
  public init(columns: [Column]) throws(TableError) {
    var positions: [String: Int] = [:]
    for (index, column) in columns.enumerated() {
      guard positions.updateValue(index, forKey: column.name) == nil else {
        throw .duplicateColumn(column.name)
      }
      guard column.count == columns[0].count else {
        throw .unequalLength(
          column: column.name, rows: column.count, other: columns[0].name,
          otherRows: columns[0].count)
      }
    }
    self.columns = columns
    self.positions = positions
    rowCount = columns.first?.count ?? 0
  }

  /// The names of the columns, in order.
  public var columnNames: [String] { columns.map(\.name) }

  /// The column of a name, if there is one.
  public subscript(name: String) -> Column? { positions[name].map { columns[$0] } }
}

/// Why columns do not make a table.
public enum TableError: Error, Equatable, CustomStringConvertible {
  case duplicateColumn(String)
  case unequalLength(column: String, rows: Int, other: String, otherRows: Int)

  public var description: String {
    switch self {
    case .duplicateColumn(let name):
      "two columns are named \"\(name)\"; names must be unique"
    case .unequalLength(let column, let rows, let other, let otherRows):
      "column \"\(column)\" has \(rows) rows, but \"\(other)\" has \(otherRows)"
    }
  }
}

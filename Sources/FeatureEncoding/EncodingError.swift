/// Why a table cannot be encoded.
public enum EncodingError: Error, Equatable, CustomStringConvertible {
  /// The table lacks a column that training had.
  case missingColumn(String, found: [String])

  /// A column holds another kind of values than at training.
  case differentKind(column: String, expected: String, found: String)

  /// Every row lacks a value in some column; the one that lacks most is named.
  case noCompleteRow(column: String, missing: Int, rows: Int)

  /// No column can tell leads apart.
  case noFeatures

  public var description: String {
    switch self {
    case .missingColumn(let name, let found):
      "there is no column \"\(name)\", which the model reads; found: \(found.joined(separator: ", "))"
    case .differentKind(let column, let expected, let found):
      "column \"\(column)\" holds \(found) values, but the model was trained on \(expected) values"
    case .noCompleteRow(let column, let missing, let rows):
      "no row has a value in every column, and rows that lack one are left out; column \"\(column)\" "
        + "lacks most (\(missing) of \(rows)): exclude it"
    case .noFeatures:
      "no column is left to learn from: all are constant, identifiers, excluded or have other roles"
    }
  }
}

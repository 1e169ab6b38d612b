/// Why a model without penalty has no estimates; columns go by their names.
public enum MaximumLikelihoodError: Error, Equatable, CustomStringConvertible {
  /// The data are no objective.
  case invalid(ObjectiveError)
  /// A value is not a finite number; rows count from 0.
  case notFinite(column: String, row: Int)
  /// All outcomes are the same.
  case oneClass(outcome: Double)
  /// There are not as many rows as coefficients.
  case tooFewRows(rows: Int, coefficients: Int)
  /// A column has one value only, as the intercept has.
  case constant(column: String)
  /// A column follows from others, which leaves their coefficients open.
  case collinear(column: String, dependsOn: [String])
  /// The columns foretell outcomes without error: their coefficients grow without end.
  case separated(columns: [String])
  /// The solver found no minimum.
  case notConverged(FitError)

  public var description: String {
    switch self {
    case .invalid(let error): "\(error)"
    case .notFinite(let column, let row):
      "column \"\(column)\" has no finite number in row \(row + 1); fill the value in or leave it out"
    case .oneClass(let outcome): FitError.oneClass(outcome: outcome).description
    case .tooFewRows(let rows, let coefficients):
      """
      \(rows) rows cannot determine \(coefficients) coefficients; take more rows, fewer columns, \
      or a penalty
      """
    case .constant(let column):
      "column \"\(column)\" has the same value in every row; leave it out"
    case .collinear(let column, let others):
      """
      column \"\(column)\" follows from \(others.isEmpty ? "the intercept" : Self.list(others)), so \
      that their coefficients are not determined; leave one of them out
      """
    case .separated(let columns):
      """
      \(columns.count == 1 ? "column" : "columns") \(Self.list(columns)) \
      \(columns.count == 1 ? "foretells" : "together foretell") outcomes without error (separation), \
      so that no finite coefficient fits best; leave out what became known with the outcome, join \
      rare levels, or use a penalty
      """
    case .notConverged(let error): "\(error)"
    }
  }

  private static func list(_ names: [String]) -> String {
    names.map { "\"\($0)\"" }.joined(separator: ", ")
  }
}

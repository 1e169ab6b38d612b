/// Why data and penalties make no objective.
public enum ObjectiveError: Error, Equatable, CustomStringConvertible {
  /// There are no rows, or all have a weight of 0.
  case noRows
  /// A list has another length than the design.
  case wrongCount(of: String, found: Int, expected: Int)
  /// An outcome is not in 0...1; rows count from 0.
  case outcomeOutOfRange(row: Int, value: Double)
  /// A weight is negative or not finite; rows count from 0.
  case badWeight(row: Int, value: Double)
  /// A penalty is negative or not finite; columns count from 0.
  case badPenalty(column: Int, value: Double)

  public var description: String {
    switch self {
    case .noRows: "there is nothing to fit: no row has a weight above 0"
    case .wrongCount(let subject, let found, let expected):
      "the number of \(subject) is \(found) and should be \(expected), one for each in the design"
    case .outcomeOutOfRange(let row, let value):
      "the outcome of row \(row + 1) is \(value) and should be 0, 1 or a share between"
    case .badWeight(let row, let value):
      "the weight of row \(row + 1) is \(value) and should be a finite number that is not negative"
    case .badPenalty(let column, let value):
      "the penalty of column \(column + 1) is \(value) and should be a finite number, 0 or more"
    }
  }
}

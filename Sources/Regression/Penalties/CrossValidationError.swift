/// Why a cross-validation has no result.
public enum CrossValidationError: Error, Equatable, CustomStringConvertible {
  /// All rows are in one fold.
  case tooFewFolds
  /// No row is in a fold; folds count from 0.
  case emptyFold(Int)
  /// There is not one fold number for each row.
  case wrongCount(found: Int, expected: Int)
  /// The data or penalties are no objective.
  case invalid(ObjectiveError)
  /// The fit to all rows has no result.
  case fit(FitError)
  /// The fit to the rows outside of a fold has no result.
  case foldFit(fold: Int, FitError)
  /// The rows outside of a fold have no weight.
  case emptyComplement(fold: Int)

  public var description: String {
    switch self {
    case .tooFewFolds: "a cross-validation needs two folds or more; all rows are in one"
    case .emptyFold(let fold): "fold \(fold + 1) holds no row; number the folds without gaps"
    case .wrongCount(let found, let expected):
      "there are \(found) fold numbers for \(expected) rows; each row needs one"
    case .invalid(let error): "\(error)"
    case .fit(let error): "\(error)"
    case .foldFit(let fold, let error): "without fold \(fold + 1), \(error)"
    case .emptyComplement(let fold):
      "without fold \(fold + 1) no row has a weight above 0; use other folds"
    }
  }
}

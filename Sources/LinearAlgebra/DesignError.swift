/// Why blocks do not make a design matrix.
public enum DesignError: Error, Equatable, CustomStringConvertible {
  /// A block has more or fewer rows than the others.
  case rowCountDiffers(block: Int, found: Int, expected: Int)
  /// A dense block holds a number that is infinite or missing, or too large for its precision.
  case notFinite(block: Int, row: Int, column: Int)

  public var description: String {
    switch self {
    case .rowCountDiffers(let block, let found, let expected):
      "block \(block) of the design has \(found) rows; every block must have \(expected)"
    case .notFinite(let block, let row, let column):
      """
      block \(block) of the design holds no finite number in row \(row), column \(column); \
      missing values must be replaced before a fit
      """
    }
  }
}

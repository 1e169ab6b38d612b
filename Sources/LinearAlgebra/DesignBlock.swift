/// Columns of a design matrix that are stored and multiplied in one way.
public enum DesignBlock: Sendable {
  /// A column of ones.
  case intercept
  /// Numeric columns.
  case dense(DenseBlock)
  /// A column of codes, one coefficient a level.
  case levels(LevelBlock)
  /// A number on knots, one coefficient a knot.
  case hats(HatBlock)
  /// Any number of codes a row, one coefficient a code.
  case sets(SetBlock)

  /// The number of coefficients.
  public var columnCount: Int {
    switch self {
    case .intercept: 1
    case .dense(let block): block.columnCount
    case .levels(let block): block.levelCount
    case .hats(let block): block.knotCount
    case .sets(let block): block.codeCount
    }
  }

  /// The number of rows, or nil where any number fits.
  public var rowCount: Int? {
    switch self {
    case .intercept: nil
    case .dense(let block): block.columnCount == 0 ? nil : block.rowCount
    case .levels(let block): block.rowCount
    case .hats(let block): block.rowCount
    case .sets(let block): block.rowCount
    }
  }

  /// The rows of the given numbers, in their order.
  public func rows(_ indices: [Int]) -> DesignBlock {
    switch self {
    case .intercept: .intercept
    case .dense(let block): .dense(block.rows(indices))
    case .levels(let block): .levels(block.rows(indices))
    case .hats(let block): .hats(block.rows(indices))
    case .sets(let block): .sets(block.rows(indices))
    }
  }

  /// What a Gram matrix's plan knows of the block.
  var shape: GramPlan.Shape {
    switch self {
    case .intercept: .intercept
    case .dense(let block): .dense(columnCount: block.columnCount)
    case .levels(let block):
      .levels(codeCount: block.codeCount, hasNeighbors: block.hasNeighbors)
    case .hats(let block): .hats(codeCount: block.codeCount)
    case .sets(let block): block.shape
    }
  }

  /// The codes of a level block, or the numbers of a block of sets; nil for another one.
  var codes: LevelBlock? {
    switch self {
    case .levels(let block): block
    case .sets(let block): block.numbers
    case .intercept, .dense, .hats: nil
    }
  }

  /// One column, of as many rows as `rowCount` says.
  func column(_ column: Int, rowCount: Int) -> [Double] {
    (0..<rowCount).map { row in
      switch self {
      case .intercept: 1
      case .dense(let block): block[row, column]
      case .levels(let block): block[row] == column + 1 ? 1 : 0
      case .hats(let block): block[row, column]
      case .sets(let block): block[row, column]
      }
    }
  }
}

import COpenBLAS

/// A weighted Gram matrix X' diag(w) X (p x p, symmetric), plus penalties: a Hessian.
///
/// The levels of the largest categorical block never meet in a row, so that their part is diagonal.
/// It is kept as such (D, k), beside their products with the other q = p - k columns (the border)
/// and those of the other columns among themselves (the core): k (1 + q) + q^2 numbers, not p^2.
public struct GramMatrix: Sendable {
  /// The columns whose part is diagonal; empty where no block is worth it.
  public let eliminated: Range<Int>
  /// The diagonal of the eliminated columns (k).
  var levels: [Double]
  /// Products of the other columns (rows, q) with the eliminated ones (columns, k).
  var border: Matrix
  /// Products of the other columns (q x q), both sides of its diagonal filled.
  var core: Matrix

  /// The number of columns, p.
  public var columnCount: Int { levels.count + core.rows }

  init(eliminated: Range<Int>, levels: [Double], border: Matrix, core: Matrix) {
    precondition(
      levels.count == eliminated.count && border.columns == levels.count
        && border.rows == core.rows && core.rows == core.columns)
    self.eliminated = eliminated
    self.levels = levels
    self.border = border
    self.core = core
  }

  /// Creates a Gram matrix from all of its elements, both sides of the diagonal.
  public init(_ matrix: Matrix) {
    precondition(matrix.rows == matrix.columns, "a Gram matrix is square")
    self.init(
      eliminated: 0..<0, levels: [], border: Matrix(rows: matrix.rows, columns: 0), core: matrix)
  }

  /// Where column `column` is among those of the core.
  ///
  /// - Precondition: it is none of the eliminated columns.
  func coreIndex(_ column: Int) -> Int {
    column < eliminated.lowerBound ? column : column - eliminated.count
  }

  /// The design matrix's column of a column of the core.
  func column(ofCore index: Int) -> Int {
    index < eliminated.lowerBound ? index : index + eliminated.count
  }

  /// The diagonal (p).
  public var diagonal: [Double] { joined(levels: levels, core: core.diagonal) }

  /// Adds the Gram matrix of other rows of the same columns.
  public mutating func add(_ other: GramMatrix) {
    precondition(
      other.eliminated == eliminated && other.core.rows == core.rows, "rows of other columns")
    for k in levels.indices { levels[k] += other.levels[k] }
    for i in border.elements.indices { border.elements[i] += other.border.elements[i] }
    for i in core.elements.indices { core.elements[i] += other.core.elements[i] }
  }

  /// The sum of this matrix and a diagonal one: a ridge penalty for each column.
  public consuming func addingDiagonal(_ penalties: [Double]) -> GramMatrix {
    precondition(penalties.count == columnCount, "\(columnCount) penalties are needed")
    var result = self
    let (levelPart, corePart) = result.split(penalties)
    for (k, penalty) in levelPart.enumerated() { result.levels[k] += penalty }
    for (j, penalty) in corePart.enumerated() { result.core[j, j] += penalty }
    return result
  }

  /// The product of the matrix and a vector (p).
  public func times(_ vector: [Double]) -> [Double] {
    precondition(vector.count == columnCount, "\(columnCount) elements are needed")
    let (levelPart, corePart) = split(vector)
    var levelResult = border.transposedTimes(corePart)
    for k in levels.indices { levelResult[k] += levels[k] * levelPart[k] }
    var coreResult = core.times(corePart)
    for (j, value) in border.times(levelPart).enumerated() { coreResult[j] += value }
    return joined(levels: levelResult, core: coreResult)
  }

  /// All elements (p x p): for small matrices and for tests.
  public func dense() -> Matrix {
    var result = Matrix(rows: columnCount, columns: columnCount)
    for j in 0..<core.columns {
      let column = column(ofCore: j)
      for i in 0..<core.rows { result[self.column(ofCore: i), column] = core[i, j] }
      for k in levels.indices {
        result[eliminated.lowerBound + k, column] = border[j, k]
        result[column, eliminated.lowerBound + k] = border[j, k]
      }
    }
    for k in levels.indices {
      result[eliminated.lowerBound + k, eliminated.lowerBound + k] = levels[k]
    }
    return result
  }

  /// The Cholesky factor, with the diagonal part eliminated first; takes k q^2 + q^3 / 3 operations.
  ///
  /// - Throws: `notPositiveDefinite` with a column of the design matrix.
  public consuming func factored(
    pivotTolerance: Double = Cholesky.defaultPivotTolerance
  ) throws(FactorizationError) -> GramFactor {
    try GramFactor(self, pivotTolerance: pivotTolerance)
  }

  /// The parts of a vector (p) that belong to the eliminated columns and to the core.
  func split(_ vector: [Double]) -> (levels: [Double], core: [Double]) {
    (
      Array(vector[eliminated]),
      Array(vector[..<eliminated.lowerBound]) + Array(vector[eliminated.upperBound...])
    )
  }

  /// The vector (p) of two parts.
  func joined(levels: [Double], core: [Double]) -> [Double] {
    let front = eliminated.lowerBound
    return Array(core[..<front]) + levels + Array(core[front...])
  }
}

import LinearAlgebra

/// What of a pair's table its two fields could say alone, as linear maps of the table's coefficients.
///
/// A table G is parted into `u_a + v_b + rest`, where u and v are the weighted least squares fit of row and column
/// effects with the leads of the cells as weights: the rest then has the mean 0 over the leads of each row
/// and of each column, and is what the pair alone says.
public struct PairCentering: Sendable {
  /// Row effects u (rows x coefficients).
  public let rowEffects: Matrix
  /// Column effects v (columns x coefficients).
  public let columnEffects: Matrix
  /// The mean of the row effects over leads, and of the column effects (coefficients).
  public let rowMean: [Double]
  public let columnMean: [Double]
  /// The rest of each cell (cells x coefficients), row after row of the table; 0 in rows and columns of the
  /// table that no lead is in.
  public let rest: Matrix

  /// The share of each group's leads by which its effect is held to 0.
  private static let ridge = 1e-8

  /// Parts the table of a pair.
  public init(_ pair: PairEncoding) {
    let (rowCount, width) = (pair.rows.groupCount, pair.columns.groupCount)
    let size = rowCount + width
    var normal = Matrix(rows: size, columns: size)
    let total = pair.leads.reduce(0, +)
    for (cell, leads) in pair.leads.enumerated() {
      let (a, b) = (cell / width, rowCount + cell % width)
      normal[a, a] += leads
      normal[b, b] += leads
      normal[a, b] += leads
      normal[b, a] += leads
    }
    let leadsOfGroup = normal.diagonal
    // A constant may move between rows and columns; a hair on the diagonal keeps it where it is least.
    var ridged = normal
    for j in 0..<size {
      ridged[j, j] = leadsOfGroup[j] > 0 ? leadsOfGroup[j] * (1 + Self.ridge) : 1
    }
    let count = pair.coefficientCount
    var sums = [[Double]](repeating: [Double](repeating: 0, count: size), count: count)
    for (cell, code) in pair.codes.enumerated() where code > 0 {
      sums[code - 1][cell / width] += pair.leads[cell]
      sums[code - 1][rowCount + cell % width] += pair.leads[cell]
    }
    var rows = Matrix(rows: rowCount, columns: count)
    var columns = Matrix(rows: width, columns: count)
    do {
      let factor = try Cholesky(factoring: ridged)
      for j in 0..<count {
        var effects = factor.solve(sums[j])
        // Once more for what the ridge has held back, so that the rest's means are 0 to rounding.
        let left = zip(sums[j], normal.times(effects)).map { $0 - $1 }
        for (i, change) in factor.solve(left).enumerated() { effects[i] += change }
        for i in 0..<rowCount { rows[i, j] = effects[i] }
        for i in 0..<width { columns[i, j] = effects[rowCount + i] }
      }
    } catch {
      preconditionFailure("leads with a ridge make a positive matrix: \(error)")
    }
    var rest = Matrix(rows: pair.leads.count, columns: count)
    for (cell, code) in pair.codes.enumerated()
    where leadsOfGroup[cell / width] > 0 && leadsOfGroup[rowCount + cell % width] > 0 {
      for j in 0..<count {
        rest[cell, j] =
          (code == j + 1 ? 1 : 0) - rows[cell / width, j] - columns[cell % width, j]
      }
    }
    rowMean = rows.transposedTimes(leadsOfGroup.prefix(rowCount).map { $0 / total })
    columnMean = columns.transposedTimes(leadsOfGroup.suffix(width).map { $0 / total })
    rowEffects = rows
    columnEffects = columns
    self.rest = rest
  }
}

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
    for j in 0..<size { normal[j, j] += 1e-10 * max(1, total) }
    let inverse: Matrix
    do {
      inverse = try Cholesky(factoring: normal).inverse()
    } catch {
      preconditionFailure("leads with a ridge make a positive matrix: \(error)")
    }
    let count = pair.coefficientCount
    var rows = Matrix(rows: rowCount, columns: count)
    var columns = Matrix(rows: width, columns: count)
    for (cell, code) in pair.codes.enumerated() where code > 0 {
      let (a, b) = (cell / width, rowCount + cell % width)
      for i in 0..<size where leadsOfGroup[i] > 0 {
        let effect = pair.leads[cell] * (inverse[i, a] + inverse[i, b])
        if i < rowCount {
          rows[i, code - 1] += effect
        } else {
          columns[i - rowCount, code - 1] += effect
        }
      }
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

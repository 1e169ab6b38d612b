import CKernels
import LinearAlgebra
import Parallelism

/// Columns made orthogonal, so that a fit on them loses no digits to their scales and correlations.
///
/// `[1 X] = Q R` with a first column of ones, `Q'WQ` the sum of weights times the identity and R upper
/// triangular, by the Gram-Schmidt process, done again where a column lost much (Daniel, Gragg, Kaufman and
/// Stewart, *Reorthogonalization and stable algorithms for updating the Gram-Schmidt QR
/// factorization*, 1976).
struct OrthogonalColumns {
  /// What keeps a column from being one of its own; columns count from 0, without the ones.
  enum Fault: Error, Equatable {
    case constant(column: Int)
    case dependent(column: Int, on: [Int])
  }

  /// The part of a column's spread that must be its own; less is what rounding leaves.
  static let independence = 1e-10
  /// The spread, as a part of the largest value, below which a column is constant.
  private static let constancy = 1e-13
  /// The part of a column's norm below which a second pass makes the rest orthogonal again.
  private static let littleLeft = 0.7
  private static let maximumPasses = 3
  /// The part of a column's spread that a column must account for to be named.
  private static let materialShare = 1e-6

  /// Q (p + 1 columns of n), the ones first.
  private(set) var columns: [[Double]]
  /// R (p + 1 x p + 1).
  private(set) var triangle: Matrix

  /// Makes columns (p of n) orthogonal to a column of ones and to each other.
  init(_ source: [[Double]], weights: [Double]?, rows: Int) throws(Fault) {
    let total = weights?.reduce(0, +) ?? Double(rows)
    columns = [[Double](repeating: 1, count: rows)]
    triangle = Matrix(rows: source.count + 1, columns: source.count + 1)
    triangle[0, 0] = 1
    for (index, column) in source.enumerated() {
      let size = column.reduce(0) { max($0, abs($1)) }
      var rest = column
      let spread = remove(0..<1, from: &rest, column: index + 1, weights, total)
      guard spread > Self.constancy * size else { throw .constant(column: index) }
      let own = remove(0..<index + 1, from: &rest, column: index + 1, weights, total)
      guard own > Self.independence * spread else {
        throw .dependent(column: index, on: supports(of: index, spread: spread))
      }
      triangle[index + 1, index + 1] = own
      for i in rest.indices { rest[i] /= own }
      columns.append(rest)
    }
  }

  /// The coefficients b on the columns as they were, `R b = c`, from those on the orthogonal ones.
  func original(_ coefficients: [Double]) -> [Double] {
    solve(coefficients, size: coefficients.count)
  }

  /// The covariance of the columns' coefficients, `R^-1 C R^-T`, from that on the orthogonal ones.
  func original(covariance: Matrix) -> Matrix {
    let size = triangle.rows
    var half = Matrix(rows: size, columns: size)
    for j in 0..<size {
      for (i, value) in solve((0..<size).map { covariance[$0, j] }, size: size).enumerated() {
        half[j, i] = value
      }
    }
    var result = Matrix(rows: size, columns: size)
    for j in 0..<size {
      for (i, value) in solve((0..<size).map { half[$0, j] }, size: size).enumerated() {
        result[i, j] = value
      }
    }
    return result
  }

  /// The spread of a column (p, without the ones) about its mean: the norm of its part of R.
  func spread(ofColumn column: Int) -> Double {
    var sum = 0.0
    for k in 1...column + 1 { sum += triangle[k, column + 1] * triangle[k, column + 1] }
    return sum.squareRoot()
  }

  /// Takes from a column what the given orthogonal columns tell, adds it to R, and returns the norm of
  /// the rest: again where little was left, for that is then in part rounding.
  private mutating func remove(
    _ range: Range<Int>, from column: inout [Double], column index: Int, _ weights: [Double]?,
    _ total: Double
  ) -> Double {
    var before = norm(column, weights, total)
    for _ in 0..<Self.maximumPasses {
      removeProjection(onto: range, from: &column, column: index, weights, total)
      let after = norm(column, weights, total)
      guard after < Self.littleLeft * before else { return after }
      before = after
    }
    return before
  }

  /// Takes from a column what the given orthogonal columns tell, and adds it to R.
  private mutating func removeProjection(
    onto range: Range<Int>, from column: inout [Double], column index: Int, _ weights: [Double]?,
    _ total: Double
  ) {
    let rows = column.count
    let jobs = LogisticLoss.jobs(rows)
    let known = columns
    let target = column
    let parts = Parallel.map(jobs) { job in
      let (first, count) = LogisticLoss.rows(of: job, in: rows)
      return range.map { unsafe winnow_weighted_dot(first, count, weights, known[$0], target) }
    }
    var sums = [Double](repeating: 0, count: range.count)
    for part in parts { add(1, part, to: &sums) }
    for k in sums.indices { sums[k] /= total }
    unsafe column.withUnsafeMutableBufferPointer { buffer in
      let target = unsafe DisjointRows(buffer)
      Parallel.forEach(jobs) { [sums] job in
        let (first, count) = LogisticLoss.rows(of: job, in: rows)
        for (sum, k) in zip(sums, range) {
          unsafe winnow_add_multiple(first, count, -sum, known[k], target.base)
        }
      }
    }
    for (sum, k) in zip(sums, range) { triangle[k, index] += sum }
  }

  private func norm(_ column: [Double], _ weights: [Double]?, _ total: Double) -> Double {
    let jobs = LogisticLoss.jobs(column.count)
    let parts = Parallel.map(jobs) { job in
      let (first, count) = LogisticLoss.rows(of: job, in: column.count)
      return unsafe winnow_weighted_dot(first, count, weights, column, column)
    }
    return (parts.reduce(0, +) / total).squareRoot()
  }

  /// The columns that a dependent one is made of: it regressed on those before it.
  private func supports(of column: Int, spread: Double) -> [Int] {
    let shares = solve((0...column).map { triangle[$0, column + 1] }, size: column + 1)
    return (0..<column).filter {
      abs(shares[$0 + 1]) * self.spread(ofColumn: $0) > Self.materialShare * spread
    }
  }

  /// Solves with the leading part of R, from the last row up.
  private func solve(_ right: [Double], size: Int) -> [Double] {
    var result = right
    for i in stride(from: size - 1, through: 0, by: -1) {
      for j in i + 1..<size { result[i] -= triangle[i, j] * result[j] }
      result[i] /= triangle[i, i]
    }
    return result
  }
}

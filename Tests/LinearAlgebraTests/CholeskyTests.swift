import LinearAlgebra
import Parallelism
import TestSupport
import Testing

@Suite("Cholesky factor")
struct CholeskyTests {
  /// The Hilbert matrix, whose inverse holds integers (Choi, "Tricks or treats with the Hilbert
  /// matrix", 1983).
  func hilbert(_ n: Int) -> Matrix {
    var result = Matrix(rows: n, columns: n)
    for i in 0..<n { for j in 0..<n { result[i, j] = 1 / Double(i + j + 1) } }
    return result
  }

  @Test("solves, inverts and takes the determinant of a matrix worked out by hand")
  func byHand() throws {
    // L = [2 0 0; 6 1 0; -8 5 3].
    let matrix = Matrix(rows: 3, columns: 3, elements: [4, 12, -16, 12, 37, -43, -16, -43, 98])
    let factor = try Cholesky(factoring: matrix)
    expectAgreement(factor.solve([-20, -43, 192]), [1, 2, 3], relativeTolerance: 1e-12)
    // det A = det(L)^2 = 36, whose natural logarithm is 3.58351893845611.
    expectAgreement([factor.logDeterminant], [3.58351893845611], relativeTolerance: 1e-14)
    let adjugate: [Double] = [1777, -488, 76, -488, 136, -20, 76, -20, 4]
    expectAgreement(
      factor.inverse().elements, adjugate.map { $0 / 36 }, relativeTolerance: 1e-12)
  }

  @Test("inverts the Hilbert matrix of order 5 to integers")
  func hilbertInverse() throws {
    let inverse = try Cholesky(factoring: hilbert(5)).inverse()
    expectAgreement(
      inverse.elements,
      [
        25, -300, 1050, -1400, 630, -300, 4800, -18900, 26880, -12600, 1050, -18900, 79380,
        -117_600, 56700, -1400, 26880, -117_600, 179_200, -88200, 630, -12600, 56700, -88200, 44100,
      ], relativeTolerance: 1e-10)
  }

  @Test("of an empty matrix solves the empty system")
  func empty() throws {
    let factor = try Cholesky(factoring: Matrix(rows: 0, columns: 0))
    #expect(factor.solve([]).isEmpty)
    #expect(factor.inverse().elements.isEmpty)
    #expect(factor.logDeterminant == 0)
  }

  @Test("names the first column that depends on others, where rounding would let it pass")
  func dependent() {
    // Column 3 is 0.1 column 0 + 0.7 column 2, columns 4 and 5 are independent again.
    var generator = SeededGenerator(seed: 3)
    var columns = (0..<6).map { _ in generator.vector(50) }
    columns[3] = zip(columns[0], columns[2]).map { 0.1 * $0 + 0.7 * $1 }
    let x = Matrix(rows: 50, columns: 6, elements: columns.flatMap { $0 })
    let gram = x.transposed.multiplied(by: x)
    #expect(throws: FactorizationError.notPositiveDefinite(column: 3)) {
      _ = try Cholesky(factoring: gram).count
    }
  }

  @Test("names a column of zeros, of a negative pivot and of a number that is none")
  func refused() {
    for (diagonal, column) in [([1, 0, 1], 1), ([1, 1, -2], 2), ([.nan, 1, 1], 0)] {
      #expect(throws: FactorizationError.notPositiveDefinite(column: column)) {
        _ = try Cholesky(factoring: Matrix(diagonal: diagonal)).count
      }
    }
  }

  /// A positive matrix of random numbers.
  private func positive(_ count: Int) -> Matrix {
    var generator = SeededGenerator(seed: UInt64(count))
    let x = Matrix(
      rows: count, columns: count, elements: generator.vector(count * count))
    var gram = x.transposed.multiplied(by: x)
    for j in 0..<count { gram[j, j] += 1 }
    return gram
  }

  @Test(
    "in tiles solves, inverts and names a failing column as the library alone does",
    arguments: [384, 400, 513, 640])
  func tiles(count: Int) throws {
    let matrix = positive(count)
    let factor = try Cholesky(factoring: matrix)
    let inverse = factor.inverse()
    let product = matrix.multiplied(by: inverse)
    var worst = 0.0
    for j in 0..<count {
      for i in 0..<count { worst = max(worst, abs(product[i, j] - (i == j ? 1 : 0))) }
    }
    #expect(worst < 1e-9)
    #expect(inverse == inverse.transposed)
    var generator = SeededGenerator(seed: 4)
    let b = generator.vector(count)
    #expect(largestDifference(matrix.times(factor.solve(b)), b) < 1e-9)
    var dependent = matrix
    dependent[300, 300] = -1
    #expect(throws: FactorizationError.notPositiveDefinite(column: 300)) {
      _ = try Cholesky(factoring: dependent).count
    }
  }

  @Test("in tiles has the same digits on one thread as on several")
  func threads() throws {
    let matrix = positive(700)
    let several = try Cholesky(factoring: matrix).inverse()
    let before = Parallel.threads
    Parallel.threads = 1
    defer { Parallel.threads = before }
    #expect(try Cholesky(factoring: matrix).inverse() == several)
  }

  @Test("accepts columns of very different scale")
  func scales() throws {
    let factor = try Cholesky(factoring: Matrix(diagonal: [1e-200, 1e200, 1]))
    expectAgreement(factor.solve([1, 1, 1]), [1e200, 1e-200, 1], relativeTolerance: 1e-15)
  }
}

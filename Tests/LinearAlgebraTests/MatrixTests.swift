import LinearAlgebra
import TestSupport
import Testing

@Suite("Matrix")
struct MatrixTests {
  let matrix = Matrix(rows: 2, columns: 3, elements: [1, 4, 2, 5, 3, 6])

  @Test("is stored column after column")
  func order() {
    #expect(matrix[0, 2] == 3)
    #expect(matrix[1, 0] == 4)
    #expect(matrix.transposed == Matrix(rows: 3, columns: 2, elements: [1, 2, 3, 4, 5, 6]))
    #expect(matrix.diagonal == [1, 5])
  }

  @Test("multiplies vectors from both sides")
  func vectors() {
    #expect(matrix.times([1, 10, 100]) == [321, 654])
    #expect(matrix.transposedTimes([1, 10]) == [41, 52, 63])
  }

  @Test("multiplies a matrix as plain loops do", arguments: [(1, 1, 1), (7, 5, 9), (40, 33, 65)])
  func product(m: Int, n: Int, k: Int) {
    var generator = SeededGenerator(seed: 1)
    let a = Matrix(rows: m, columns: k, elements: generator.vector(m * k))
    let b = Matrix(rows: k, columns: n, elements: generator.vector(k * n))
    let found = a.multiplied(by: b)
    for i in 0..<m {
      for j in 0..<n {
        let expected = (0..<k).reduce(0) { $0 + a[i, $1] * b[$1, j] }
        #expect(abs(found[i, j] - expected) < 1e-13)
      }
    }
  }

  @Test("without rows or columns gives products of zeros, or empty ones")
  func empty() {
    #expect(Matrix(rows: 2, columns: 0).times([]) == [0, 0])
    #expect(Matrix(rows: 0, columns: 2).transposedTimes([]) == [0, 0])
    let none = Matrix(rows: 2, columns: 0).multiplied(by: Matrix(rows: 0, columns: 2))
    #expect(none == Matrix(rows: 2, columns: 2))
  }
}

import LinearAlgebra
import Testing

@Suite("Factor of a Gram matrix")
struct GramFactorTests {
  /// A penalized Gram matrix of a mix.
  func gram(_ mix: Int, seed: UInt64) throws -> GramMatrix {
    let design = try PlainDesign(mixes[mix], rows: 400, seed: seed).design
    var generator = SeededGenerator(seed: seed)
    return design.gram(weights: generator.vector(400, in: 0...1))
      .addingDiagonal(generator.vector(design.columnCount, in: 0.5...1))
  }

  @Test("solves as the factor of the dense form does", arguments: mixes.indices)
  func solve(mix: Int) throws {
    let gram = try gram(mix, seed: 1)
    let factor = try gram.factored()
    let dense = try GramMatrix(gram.dense()).factored()
    var generator = SeededGenerator(seed: 8)
    let b = generator.vector(gram.columnCount)
    let x = factor.solve(b)
    #expect(largestDifference(x, dense.solve(b)) < 1e-12)
    #expect(largestDifference(gram.times(x), b) < 1e-12)
    #expect(abs(factor.logDeterminant - dense.logDeterminant) < 1e-10)
  }

  @Test(
    "its inverse undoes the matrix, and the inverse's diagonal is that diagonal",
    arguments: mixes.indices)
  func inverse(mix: Int) throws {
    let gram = try gram(mix, seed: 2)
    let factor = try gram.factored()
    let inverse = factor.inverse()
    let identity = Matrix(diagonal: .init(repeating: 1, count: gram.columnCount))
    let product = gram.dense().multiplied(by: inverse)
    #expect(largestDifference(product.elements, identity.elements) < 1e-12)
    #expect(largestDifference(factor.inverseDiagonal(), inverse.diagonal) < 1e-12)
  }
}

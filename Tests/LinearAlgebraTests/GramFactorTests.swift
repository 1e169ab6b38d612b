import LinearAlgebra
import Parallelism
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

  @Test(
    "one penalty after another has the factor that each has by itself, and its inverse",
    arguments: mixes.indices)
  func elimination(mix: Int) throws {
    let gram = try gram(mix, seed: 3)
    var elimination = GramElimination(gram)
    var generator = SeededGenerator(seed: 9)
    let b = generator.vector(gram.columnCount)
    var squares = generator.vector(gram.columnCount, in: 0.5...1)
    for change in 0..<4 {
      // The levels' own penalties stay, change and stay.
      let held = Array(squares[gram.eliminated])
      squares = generator.vector(gram.columnCount, in: 0.5...2)
      if change != 2 { squares.replaceSubrange(gram.eliminated, with: held) }
      let penalty = QuadraticPenalty(squares: squares)
      let factor = try elimination.factored(under: penalty)
      let alone = try gram.adding(penalty).factored()
      #expect(largestDifference(factor.solve(b), alone.solve(b)) < 1e-12)
      let (all, core) = (
        factor.partialInverse(), factor.partialInverse(knowsEliminated: false)
      )
      #expect(largestDifference(all.diagonal, alone.inverseDiagonal()) < 1e-12)
      for j in all.diagonal.indices {
        #expect(
          gram.eliminated.contains(j)
            ? core.diagonal[j].isNaN : core.diagonal[j] == all.diagonal[j])
      }
    }
    #expect(elimination.gram.diagonal == gram.diagonal)
  }

  @Test("an inverse that is wanted within blocks is the whole one there", arguments: [40, 700])
  func blocks(columns: Int) throws {
    var generator = SeededGenerator(seed: 12)
    let rows = 2000
    let design = try DesignMatrix(
      blocks: [
        .intercept, .dense(DenseBlock(columns: (0..<3).map { _ in generator.vector(rows) })),
        .levels(
          LevelBlock(
            codes: (0..<rows).map { UInt32($0 % (columns + 200)) }, levelCount: columns + 200)),
        .levels(
          LevelBlock(codes: (0..<rows).map { UInt32($0 * 7 % (columns + 1)) }, levelCount: columns)),
      ], rowCount: rows)
    let gram = design.gram(weights: generator.vector(rows, in: 0.5...1))
    let factor = try gram.addingDiagonal(.init(repeating: 1, count: gram.columnCount)).factored()
    let whole = factor.partialInverse()
    let own = gram.eliminated.upperBound..<gram.columnCount
    let wanted = [1..<4, gram.eliminated, own.lowerBound..<own.lowerBound + 20, own.suffix(5)]
    let part = factor.partialInverse(within: wanted)
    for block in wanted where !block.overlaps(gram.eliminated) {
      for i in block { for j in block { #expect(part[i, j] == whole[i, j]) } }
      #expect(part.block(Array(block)) == whole.block(Array(block)))
    }
    for j in gram.eliminated { #expect(part.diagonal[j] == whole.diagonal[j]) }
    #expect(whole[own.lowerBound, 2] == whole[2, own.lowerBound])
  }

  @Test("a large core is eliminated in tiles, with the same result on any number of threads")
  func largeCore() throws {
    var generator = SeededGenerator(seed: 11)
    let rows = 6_000
    let codes = [1100, 1300].map { count in
      (0..<rows).map { _ in UInt32(generator.next() % UInt64(count)) + 1 }
    }
    let design = try DesignMatrix(
      blocks: [
        .intercept, .levels(LevelBlock(codes: codes[0], levelCount: 1100)),
        .levels(LevelBlock(codes: codes[1], levelCount: 1300)),
      ], rowCount: rows)
    let gram = design.gram(weights: generator.vector(rows, in: 0...1))
      .addingDiagonal([Double](repeating: 1, count: design.columnCount))
    #expect(gram.eliminated == 1101..<2401)
    let b = generator.vector(gram.columnCount)
    let x = try gram.factored().solve(b)
    #expect(largestDifference(gram.times(x), b) < 1e-10)
    let dense = try GramMatrix(gram.dense()).factored()
    #expect(largestDifference(x, dense.solve(b)) < 1e-10)
    let before = Parallel.threads
    defer { Parallel.threads = before }
    Parallel.threads = before == 1 ? 2 : 1
    #expect(try gram.factored().solve(b) == x)
  }

  @Test("is refused at the design's own column where a column depends on others")
  func collinear() throws {
    var generator = SeededGenerator(seed: 10)
    let n = 20_000
    let a = generator.vector(n)
    let b = generator.vector(n)
    let codes = (0..<n).map { UInt32($0 % 90 + 1) }
    let levels = DesignBlock.levels(LevelBlock(codes: codes, levelCount: 90))
    let dependent = zip(a, b).map { 3 * $0 - 0.3 * $1 }
    let dense = DesignBlock.dense(DenseBlock(columns: [a, b, dependent]))
    let short = DesignBlock.levels(LevelBlock(codes: codes.map { $0 % 3 }, levelCount: 2))
    let weights = generator.vector(n, in: 0.1...1)
    // The dependent column before, after and without an eliminated block; an intercept beside all
    // levels; a block that tells no more than the levels do.
    let cases: [([DesignBlock], Int)] = [
      ([.intercept, dense], 3), ([dense, levels], 2), ([levels, dense], 92),
      ([levels, .intercept], 90), ([levels, short], 90), ([.intercept, levels], 0),
    ]
    for (blocks, column) in cases {
      let gram = try DesignMatrix(blocks: blocks, rowCount: n).gram(weights: weights)
      #expect(throws: FactorizationError.notPositiveDefinite(column: column)) {
        try gram.factored()
      }
      let penalties = [Double](repeating: 1e-6 * Double(n), count: gram.columnCount)
      #expect(throws: Never.self) { try gram.addingDiagonal(penalties).factored() }
    }
  }

  @Test("is refused at a level that has neither weight nor penalty")
  func emptyLevel() throws {
    let codes = (0..<200).map { UInt32($0 % 80) }
    let design = try DesignMatrix(
      blocks: [
        .dense(DenseBlock(columns: [(0..<200).map { Double($0 % 7) }])),
        .levels(LevelBlock(codes: codes, levelCount: 81)),
      ], rowCount: 200)
    let weights = codes.map { $0 == 5 ? 0.0 : 1 }
    #expect(throws: FactorizationError.notPositiveDefinite(column: 5)) {
      try design.gram(weights: weights).factored()
    }
  }

  @Test("of a large block needs no p x p numbers: 200,000 levels take a fraction of a second")
  func manyLevels() throws {
    let n = 60_000
    var generator = SeededGenerator(seed: 11)
    let codes = (0..<n).map { _ in UInt32.random(in: 0...200_000, using: &generator) }
    let design = try DesignMatrix(
      blocks: [
        .intercept, .dense(DenseBlock(columns: [generator.vector(n)])),
        .levels(LevelBlock(codes: codes, levelCount: 200_000)),
      ], rowCount: n)
    let gram = design.gram(weights: generator.vector(n, in: 0...1))
      .addingDiagonal(.init(repeating: 0.1, count: design.columnCount))
    let b = generator.vector(design.columnCount)
    #expect(largestDifference(gram.times(try gram.factored().solve(b)), b) < 1e-11)
  }
}

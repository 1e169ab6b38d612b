import LinearAlgebra
import Testing

@Suite("Gram matrix")
struct GramMatrixTests {
  @Test("is that of a plain loop, for weights of any sign", arguments: mixes.indices)
  func gram(mix: Int) throws {
    for (n, range) in [(0, 0...1.0), (1, 0...1), (257, 0...2), (700, -1...1)] {
      let plain = try PlainDesign(mixes[mix], rows: n, seed: UInt64(n))
      var generator = SeededGenerator(seed: 5)
      var weights = generator.vector(n, in: range)
      for i in stride(from: 0, to: n, by: 3) { weights[i] = 0 }
      let found = plain.design.gram(weights: weights).dense()
      let expected = plain.gram(weights)
      #expect(found.rows == expected.rows)
      #expect(largestDifference(found.elements, expected.elements) < 1e-13)
    }
  }

  @Test("eliminates the largest level block from 64 levels on")
  func elimination() throws {
    let small = try PlainDesign([.intercept, .levels(63)], rows: 10, seed: 1).design
    let large = try PlainDesign([.levels(64), .intercept, .levels(90)], rows: 10, seed: 1).design
    let weights = [Double](repeating: 1, count: 10)
    #expect(small.gram(weights: weights).eliminated.isEmpty)
    #expect(large.gram(weights: weights).eliminated == 65..<155)
  }

  @Test("never eliminates a block whose levels may be joined, and tells products of two large ones")
  func neighbors() throws {
    var generator = SeededGenerator(seed: 21)
    func codes(_ count: Int) -> [UInt32] {
      (0..<900).map { _ in UInt32.random(in: 0...UInt32(count), using: &generator) }
    }
    let (first, second, third) = (codes(150), codes(120), codes(80))
    let blocks: [DesignBlock] = [
      .intercept, .levels(LevelBlock(codes: first, levelCount: 150, hasNeighbors: true)),
      .levels(LevelBlock(codes: third, levelCount: 80)),
    ]
    let design = try DesignMatrix(blocks: blocks, rowCount: 900)
      .appending([LevelBlock(codes: second, levelCount: 120, hasNeighbors: true)])
    let gram = design.gram(weights: .init(repeating: 1, count: 900))
    #expect(gram.eliminated == 151..<231)
    let dense = gram.dense()
    for (a, b) in [(5, 9), (150, 1), (77, 120)] {
      let both = zip(first, second).count { Int($0) == a && Int($1) == b }
      #expect(dense[a, 230 + b] == Double(both))
      #expect(dense[230 + b, a] == Double(both))
    }
    let half = design.rows(Array(0..<450)).gram(weights: .init(repeating: 1, count: 450))
    #expect(half.eliminated == 151..<231)
  }

  @Test(
    "multiplies, adds penalties and shows its diagonal as its dense form does",
    arguments: mixes.indices)
  func verbs(mix: Int) throws {
    let design = try PlainDesign(mixes[mix], rows: 200, seed: 6).design
    var generator = SeededGenerator(seed: 7)
    let gram = design.gram(weights: generator.vector(200, in: 0...1))
    let penalties = generator.vector(design.columnCount, in: 0...1)
    let penalized = gram.addingDiagonal(penalties)
    var dense = gram.dense()
    for j in 0..<dense.rows { dense[j, j] += penalties[j] }
    #expect(penalized.dense() == dense)
    #expect(penalized.diagonal == dense.diagonal)
    let v = generator.vector(design.columnCount)
    #expect(largestDifference(penalized.times(v), dense.times(v)) < 1e-13)
  }

  @Test("has elements of its columns where a level occurs in no row or has no weight")
  func emptyLevels() throws {
    let levels = LevelBlock(codes: [1, 1, 3, 0], levelCount: 100)
    let design = try DesignMatrix(blocks: [.intercept, .levels(levels)], rowCount: 4)
    let gram = design.gram(weights: [2, 3, 0, 7])
    #expect(gram.diagonal == [12, 5] + [Double](repeating: 0, count: 99))
    #expect(gram.dense()[0, 1] == 5)
    #expect(gram.dense()[0, 3] == 0)
  }

  @Test("counts exactly: a weight of two is a row given twice, to the last bit")
  func exactCounts() throws {
    let design = try PlainDesign(mixes[5], rows: 300, seed: 9).design
    let indices = (0..<300).flatMap { Array(repeating: $0, count: $0 % 3) }
    let weighted = design.gram(weights: (0..<300).map { Double($0 % 3) })
    let repeated = design.rows(indices).gram(weights: .init(repeating: 1, count: indices.count))
    #expect(weighted.dense().elements.prefix(70) == repeated.dense().elements.prefix(70))
    #expect(
      largestDifference(weighted.dense().elements, repeated.dense().elements) < 1e-15)
  }
}

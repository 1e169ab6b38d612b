import LinearAlgebra
import Parallelism
import Testing

/// Rows enough for several chunks.
private let rowCount = 20_000

@Suite("Many rows and threads", .serialized)
struct ThreadsTests {
  @Test(
    "the number of threads changes no bit of any result", arguments: [5, 6, 7, 10, 13, 14, 17, 18])
  func sameBits(mix: Int) throws {
    let design = try PlainDesign(mixes[mix], rows: rowCount, seed: 1).design
    var generator = SeededGenerator(seed: 2)
    let weights = generator.vector(rowCount, in: 0...1)
    let vector = generator.vector(design.columnCount)
    let penalties = [Double](repeating: 1, count: design.columnCount)
    let before = Parallel.threads
    defer { Parallel.threads = before }
    var results: [[Double]] = []
    for threads in [1, 2, 5] {
      Parallel.threads = threads
      let gram = design.gram(weights: weights)
      let factor = try gram.addingDiagonal(penalties).factored()
      results.append(
        design.times(vector) + design.transposedTimes(weights) + gram.dense().elements
          + factor.solve(vector) + factor.inverseDiagonal())
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test(
    "the Gram matrix of all rows is the sum of those of its parts",
    arguments: [5, 6, 7, 10, 13, 14, 17, 18])
  func parts(mix: Int) throws {
    let design = try PlainDesign(mixes[mix], rows: rowCount, seed: 3).design
    var generator = SeededGenerator(seed: 4)
    let weights = generator.vector(rowCount, in: 0...1)
    var sum = [Double](repeating: 0, count: design.columnCount * design.columnCount)
    for start in stride(from: 0, to: rowCount, by: 5000) {
      let rows = Array(start..<min(start + 5000, rowCount))
      let part = design.rows(rows).gram(weights: rows.map { weights[$0] }).dense()
      for i in sum.indices { sum[i] += part.elements[i] }
    }
    #expect(largestDifference(design.gram(weights: weights).dense().elements, sum) < 1e-14)
  }

  @Test("the three verbs agree with each other: X'(w (X v)) is (X'WX) v", arguments: mixes.indices)
  func verbsAgree(mix: Int) throws {
    let design = try PlainDesign(mixes[mix], rows: rowCount, seed: 5).design
    var generator = SeededGenerator(seed: 6)
    let weights = generator.vector(rowCount)
    let vector = generator.vector(design.columnCount)
    let weighted = zip(design.times(vector), weights).map { $0 * $1 }
    #expect(
      largestDifference(
        design.gram(weights: weights).times(vector), design.transposedTimes(weighted)) < 1e-13)
  }
}

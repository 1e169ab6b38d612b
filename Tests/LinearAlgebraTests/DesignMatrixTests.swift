import LinearAlgebra
import Synchronization
import Testing

@Suite("Design matrix")
struct DesignMatrixTests {
  @Test("its product with coefficients is that of a plain loop", arguments: mixes.indices)
  func times(mix: Int) throws {
    for n in [0, 1, 2, 257, 1500] {
      let plain = try PlainDesign(mixes[mix], rows: n, seed: UInt64(n))
      var generator = SeededGenerator(seed: 1)
      let v = generator.vector(plain.design.columnCount)
      #expect(largestDifference(plain.design.times(v), plain.times(v)) < 1e-14)
    }
  }

  @Test("its transposed product with residuals is that of a plain loop", arguments: mixes.indices)
  func transposedTimes(mix: Int) throws {
    for n in [0, 1, 2, 257, 1500] {
      let plain = try PlainDesign(mixes[mix], rows: n, seed: UInt64(n))
      var generator = SeededGenerator(seed: 2)
      let r = generator.vector(n)
      #expect(largestDifference(plain.design.transposedTimes(r), plain.transposedTimes(r)) < 1e-13)
    }
  }

  @Test("there and back in one pass is each alone, to the digit", arguments: mixes.indices)
  func timesAndBack(mix: Int) throws {
    for n in [0, 1, 2, 257, 1500, 20_000] {
      let design = try PlainDesign(mixes[mix], rows: n, seed: UInt64(n)).design
      var generator = SeededGenerator(seed: 3)
      let v = generator.vector(design.columnCount)
      let products = design.times(v)
      let (first, second) = (products.map { 1 - $0 * $0 }, products.map { 2 * $0 })
      let sums = design.timesAndBack(v, backs: 2) { tile, products, back in
        for row in 0..<tile.count {
          unsafe back[row] = 1 - products[row] * products[row]
          unsafe back[DesignMatrix.passRows + row] = 2 * products[row]
        }
      }
      #expect(sums == [design.transposedTimes(first), design.transposedTimes(second)])
      let alone = design.transposedTimes(backs: 1) { tile, back in
        for (index, row) in tile.enumerated() { unsafe back[index] = first[row] }
      }
      #expect(alone == [design.transposedTimes(first)])
    }
  }

  @Test("eight vectors go there and back as each does alone", arguments: mixes.indices)
  func eights(mix: Int) throws {
    for (n, count) in [(0, 8), (1, 1), (257, 8), (1500, 5), (20_000, 3)] {
      let design = try PlainDesign(mixes[mix], rows: n, seed: UInt64(n)).design
      var generator = SeededGenerator(seed: 6)
      let vectors = (0..<count).map { _ in generator.vector(design.columnCount) }
      let alone = vectors.map { design.times($0) }
      // What goes back is another function of each product.
      let back = alone.enumerated().map { place, products in products.map { 1 - Double(place) * $0 }
      }
      let sums = design.timesAndBack(eight: vectors) { tile, products in
        for k in 0..<8 * tile.count { unsafe products[k] = 1 - Double(k % 8) * products[k] }
      }
      #expect(sums.count == count)
      for place in 0..<count {
        #expect(
          largestDifference(sums[place], design.transposedTimes(back[place])) < 1e-9 * Double(n + 1)
        )
      }
      let spread = design.transposedTimes(eight: { tile, elements in
        for k in 0..<8 * tile.count {
          unsafe elements[k] = k % 8 < count ? back[k % 8][tile.lowerBound + k / 8] : 0
        }
      })
      for place in 0..<count { #expect(largestDifference(spread[place], sums[place]) < 1e-9) }
      let found = Products(count: count, rows: n)
      design.times(eight: vectors) { tile, products in
        found.take(tile, (0..<8 * tile.count).map { unsafe products[$0] })
      }
      for place in 0..<count {
        #expect(largestDifference(found.all[place], alone[place]) < 1e-13)
      }
    }
  }

  /// Products of eight vectors as they come.
  private final class Products: Sendable {
    private let kept: Mutex<[[Double]]>
    init(count: Int, rows: Int) {
      kept = Mutex([[Double]](repeating: .init(repeating: .nan, count: rows), count: count))
    }
    var all: [[Double]] { kept.withLock { $0 } }
    func take(_ tile: Range<Int>, _ products: [Double]) {
      kept.withLock { kept in
        for place in kept.indices {
          for (index, row) in tile.enumerated() { kept[place][row] = products[8 * index + place] }
        }
      }
    }
  }

  @Test(
    "wide rows go there and back in smaller tiles, to the same digits", arguments: [false, true])
  func wideRows(single: Bool) throws {
    var generator = SeededGenerator(seed: 4)
    let columns = (0..<300).map { _ in generator.vector(3000) }
    let design = try DesignMatrix(
      blocks: [
        .intercept, .dense(DenseBlock(columns: columns, precision: single ? .single : .double)),
      ], rowCount: 3000)
    let v = generator.vector(301)
    let residuals = generator.vector(3000)
    let products = design.times(v)
    let sums = design.timesAndBack(v) { tile, found, back in
      for (index, row) in tile.enumerated() {
        // Nothing of a product that is another one goes back.
        unsafe back[index] = found[index] == products[row] ? residuals[row] : .nan
      }
    }
    #expect(sums == [design.transposedTimes(residuals)])
  }

  @Test("columns come back as numbers, in the order of the blocks", arguments: mixes.indices)
  func columns(mix: Int) throws {
    let plain = try PlainDesign(mixes[mix], rows: 40, seed: 3)
    let columns = plain.columns
    #expect(plain.design.columnCount == columns.count)
    for j in columns.indices { #expect(plain.design.column(j) == columns[j]) }
  }

  @Test("a subset has the rows asked for, in that order, and repeatedly if asked so")
  func rows() throws {
    let plain = try PlainDesign(mixes[6], rows: 300, seed: 4)
    let indices = [299, 0, 17, 17, 3]
    let part = plain.design.rows(indices)
    #expect(part.rowCount == 5)
    let columns = plain.columns
    for j in columns.indices { #expect(part.column(j) == indices.map { columns[j][$0] }) }
  }

  @Test("blocks of different length are refused, with the block")
  func ragged() {
    #expect(throws: DesignError.rowCountDiffers(block: 2, found: 2, expected: 3)) {
      try DesignMatrix(
        blocks: [
          .intercept, .dense(DenseBlock(columns: [[1, 2, 3]])),
          .levels(LevelBlock(codes: [1, 0], levelCount: 1)),
        ], rowCount: 3)
    }
  }

  @Test("a number that is not finite is refused, with its place", arguments: [false, true])
  func notFinite(single: Bool) {
    let large = single ? 1e39 : Double.nan
    #expect(throws: DesignError.notFinite(block: 1, row: 2, column: 1)) {
      try DesignMatrix(
        blocks: [
          .intercept,
          .dense(
            DenseBlock(
              columns: [[1, 2, 3], [4, 5, large]], precision: single ? .single : .double)),
        ], rowCount: 3)
    }
  }

  @Test("a dense block of functions is that of their columns", arguments: [1, 256, 257, 70_000])
  func functions(rows: Int) {
    var generator = SeededGenerator(seed: 5)
    let columns = (0..<5).map { _ in generator.vector(rows) }
    for precision in [DenseBlock.Precision.single, .double] {
      let plain = DenseBlock(columns: columns, precision: precision)
      let filled = DenseBlock(
        rowCount: rows,
        columns: columns.map { column in
          { places, values in
            for (index, place) in places.enumerated() { values[index] = column[place] }
          }
        }, precision: precision)
      for row in Swift.stride(from: 0, to: rows, by: 17) {
        for column in columns.indices { #expect(filled[row, column] == plain[row, column]) }
      }
    }
  }

  @Test("codes are translated as one by one", arguments: [3, 300, 70_000])
  func translated(levelCount: Int) {
    let recoding = (0...200).map { UInt32($0 * 7919 % (levelCount + 1)) }
    let codes = (0..<1000).map { UInt32($0 * 31 % 201) }
    let rows = Array((0..<1000).reversed()) + [5, 5]
    let found = LevelBlock(recoding: recoding, codes: codes, rows: rows, levelCount: levelCount)
    let plain = LevelBlock(
      codes: rows.map { recoding[Int(codes[$0])] }, levelCount: levelCount)
    #expect(found.rowCount == plain.rowCount && found.levelCount == plain.levelCount)
    let narrow = LevelBlock(
      recoding: recoding, codes: codes.map { UInt16($0) }, rows: rows, levelCount: levelCount)
    for row in rows.indices { #expect(found[row] == plain[row] && narrow[row] == plain[row]) }
  }
}

import CKernels

extension DesignMatrix {
  /// The vectors that go through the rows together.
  public static let eight = 8

  /// The products of the matrix and up to eight vectors, and of the transposed matrix with what is made of them, in one
  /// pass: a row's codes and values are brought from memory once, and a table is looked up once for all vectors. Eight take
  /// little longer than one (a million rows of 24 columns: 20 ns a row against 14).
  ///
  /// - Parameters:
  ///   - vectors: p each.
  ///   - body: Is given the products of a tile's rows, eight a row, and leaves there what is to go back. A tile begins at
  ///     a multiple of `passUnit`, and is no longer.
  /// - Returns: For each vector the sums over rows of each column times what was left (p).
  public func timesAndBack(
    eight vectors: [[Double]],
    _ body: @Sendable (_ tile: Range<Int>, _ products: UnsafeMutablePointer<Double>) -> Void
  ) -> [[Double]] {
    let rows = EightVectors(self, vectors)
    let sums = RowChunks(rowCount: rowCount, sums: rows.sumCount).sum(rows.sumCount) {
      range, sums in
      let products = AlignedBuffer(count: Self.eight * Self.passUnit)
      unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.passUnit) { codes in
        guard let codes = codes.baseAddress else { return }
        for tile in RowChunks.tiles(range, of: Self.passUnit) {
          unsafe rows.write(tile, codes: codes, to: products.base)
          unsafe body(tile, products.base)
          unsafe rows.add(tile, products.base, codes: codes, to: sums)
        }
      }
    }
    return vectors.indices.map { rows.columns(sums, ofVector: $0) }
  }
}

/// Up to eight vectors (p) made ready to be multiplied with rows of a design matrix, and where sums of rows go.
///
/// What belongs to one column, or to what a row may have, is eight numbers side by side.
private struct EightVectors: Sendable {
  private let intercepts: [Double]
  private let factors: [(block: DesignBlock, values: AlignedBuffer)]
  /// Where each block's sums begin.
  private let tables: [(block: DesignBlock, offset: Int)]
  /// The sums that a job needs room for.
  let sumCount: Int

  init(_ design: DesignMatrix, _ vectors: [[Double]]) {
    precondition(vectors.count <= DesignMatrix.eight, "no more than eight vectors")
    let products = vectors.map { RowProducts(design, $0) }
    intercepts = (0..<DesignMatrix.eight).map { $0 < products.count ? products[$0].start : 0 }
    factors = (products.first?.factors.indices ?? 0..<0).map { index in
      let (block, values) = products[0].factors[index]
      let table = AlignedBuffer(count: DesignMatrix.eight * values.count)
      for (place, product) in products.enumerated() {
        for (entry, value) in product.factors[index].values.enumerated() {
          unsafe table.base[DesignMatrix.eight * entry + place] = value
        }
      }
      return (block, table)
    }
    var tables: [(DesignBlock, Int)] = []
    var count = 0
    for block in design.blocks {
      tables.append((block, count))
      count += DesignMatrix.eight * block.sumCount
    }
    self.tables = tables
    sumCount = count
  }

  /// Writes the products of a tile's rows.
  @unsafe func write(
    _ tile: Range<Int>, codes: UnsafeMutablePointer<UInt32>, to target: UnsafeMutablePointer<Double>
  ) {
    for row in 0..<tile.count {
      let place = DesignMatrix.eight * row
      for vector in intercepts.indices { unsafe target[place + vector] = intercepts[vector] }
    }
    for (block, values) in factors {
      let table = unsafe values.base
      switch block {
      case .intercept: break
      case .dense(let dense): unsafe dense.addProducts(tile, eight: table, to: target)
      case .levels(let levels):
        unsafe levels.widen(tile, to: codes)
        unsafe winnow_eight_cell_values(codes, tile.count, table, target)
      case .hats(let hats):
        unsafe hats.widen(tile, to: codes)
        unsafe winnow_eight_hat_values(
          codes, hats.fractions, tile.lowerBound, tile.count, table, target)
      case .sets(let sets):
        unsafe sets.numbers.widen(tile, to: codes)
        unsafe winnow_eight_cell_values(codes, tile.count, table, target)
      }
    }
  }

  /// Adds a tile's rows.
  ///
  /// - Parameter vectors: The elements of the tile's rows, eight a row.
  @unsafe func add(
    _ tile: Range<Int>, _ vectors: UnsafePointer<Double>, codes: UnsafeMutablePointer<UInt32>,
    to sums: AlignedBuffer
  ) {
    for (block, offset) in tables {
      let target = unsafe sums.base + offset
      switch block {
      case .intercept:
        for place in 0..<tile.count * DesignMatrix.eight {
          unsafe target[place % DesignMatrix.eight] += vectors[place]
        }
      case .dense(let dense): unsafe dense.addSums(tile, eight: vectors, to: target)
      case .levels(let levels):
        unsafe levels.widen(tile, to: codes)
        unsafe winnow_eight_cell_sums(codes, vectors, tile.count, target)
      case .hats(let hats):
        unsafe hats.widen(tile, to: codes)
        unsafe winnow_eight_hat_sums(
          codes, hats.fractions, vectors, tile.lowerBound, tile.count, target)
      case .sets(let sets):
        unsafe sets.numbers.widen(tile, to: codes)
        unsafe winnow_eight_cell_sums(codes, vectors, tile.count, target)
      }
    }
  }

  /// The sums by column (p) that belong to one vector.
  func columns(_ sums: [Double], ofVector vector: Int) -> [Double] {
    tables.flatMap { block, offset in
      block.columnSums(
        (0..<block.sumCount).map { sums[offset + DesignMatrix.eight * $0 + vector] })
    }
  }
}

import CKernels

extension DesignMatrix {
  /// The vectors that go through the rows together.
  public static let eight = 8

  /// The products of the matrix and up to eight vectors, and of the transposed matrix with what is made of them.
  ///
  /// In one pass a row's codes and values are brought from memory once, and a table is looked up once for all vectors: a
  /// million rows of 24 dense columns and 8 fields of levels take 33 ms for eight, and 11 ms for one (2 threads).
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
    let (sums, rows) = unsafe pass(eight: vectors) { rows, tile, products, sums in
      unsafe rows.write(tile, to: products)
      unsafe body(tile, products)
      unsafe rows.add(tile, products, to: sums)
    }
    return vectors.indices.map { rows.columns(sums, ofVector: $0) }
  }

  /// The products of the matrix and up to eight vectors.
  ///
  /// - Parameters:
  ///   - vectors: p each.
  ///   - body: Is given the products of a tile's rows, eight a row.
  public func times(
    eight vectors: [[Double]],
    _ body: @Sendable (_ tile: Range<Int>, _ products: UnsafePointer<Double>) -> Void
  ) {
    _ = unsafe pass(eight: vectors) { rows, tile, products, _ in
      unsafe rows.write(tile, to: products)
      unsafe body(tile, products)
    }
  }

  /// The products of the transposed matrix and eight vectors (n).
  ///
  /// - Parameter body: Writes the elements of a tile's rows, eight a row.
  /// - Returns: p for each of the vectors.
  public func transposedTimes(
    eight body: @Sendable (_ tile: Range<Int>, _ elements: UnsafeMutablePointer<Double>) -> Void
  ) -> [[Double]] {
    let none = [Double](repeating: 0, count: columnCount)
    let (sums, rows) = unsafe pass(eight: [none]) { rows, tile, elements, sums in
      unsafe body(tile, elements)
      unsafe rows.add(tile, elements, to: sums)
    }
    return (0..<Self.eight).map { rows.columns(sums, ofVector: $0) }
  }

  /// Goes through the rows a tile at a time, in jobs with sums of their own.
  private func pass(
    eight vectors: [[Double]],
    _ body:
      @Sendable (
        _ rows: EightVectors, _ tile: Range<Int>, _ products: UnsafeMutablePointer<Double>,
        _ sums: UnsafeMutablePointer<Double>
      ) -> Void
  ) -> (sums: [Double], rows: EightVectors) {
    withAddresses(of: blocks) { addresses in
      let rows = EightVectors(self, vectors, addresses)
      let chunks = RowChunks(rowCount: rowCount, sums: rows.sumCount)
      let sums = chunks.sum(rows.sumCount) { range, sums in
        let products = AlignedBuffer(uninitialized: Self.eight * Self.passUnit)
        for tile in RowChunks.tiles(range, of: Self.passUnit) {
          unsafe body(rows, tile, products.base, sums.base)
        }
      }
      return (sums, rows)
    }
  }
}

/// Up to eight vectors (p) made ready to be multiplied with rows of a design matrix, and where sums of rows go.
///
/// What belongs to one column, or to what a row may have, is eight numbers side by side.
private final class EightVectors: Sendable {
  @safe private struct Step: @unchecked Sendable, BitwiseCopyable {
    let address: BlockAddress
    /// What a row may have times the vectors.
    let table: UnsafePointer<Double>
    /// Where the block's sums begin.
    let offset: Int
  }

  private let blocks: [DesignBlock]
  /// What every row has, then all tables, one after another.
  private let values: AlignedBuffer
  private let steps: SharedList<Step>
  /// The sums that a job needs room for.
  let sumCount: Int

  init(_ design: DesignMatrix, _ vectors: [[Double]], _ addresses: [BlockAddress]) {
    let eight = DesignMatrix.eight
    precondition(!vectors.isEmpty && vectors.count <= eight, "one to eight vectors")
    let parts = DesignMatrix.parts(design.blocks, offsets: design.offsets)
    let products = vectors.map { RowProducts.tables(parts, columnCount: design.columnCount, $0) }
    let sizes = products[0].tables.map(\.count)
    values = AlignedBuffer(count: eight * (1 + sizes.reduce(0, +)))
    blocks = design.blocks
    var steps: [Step] = []
    var next = unsafe values.base + eight
    var offset = 0
    for (index, (block, address)) in zip(design.blocks, addresses).enumerated() {
      unsafe steps.append(Step(address: address, table: UnsafePointer(next), offset: offset))
      for (place, product) in products.enumerated() {
        for (entry, value) in product.tables[index].enumerated() {
          unsafe next[eight * entry + place] = value
        }
      }
      unsafe next += eight * sizes[index]
      offset += eight * block.sumCount
    }
    for (place, product) in products.enumerated() { unsafe values.base[place] = product.start }
    self.steps = SharedList(steps)
    sumCount = offset
  }

  /// Writes the products of a tile's rows.
  @unsafe func write(_ tile: Range<Int>, to target: UnsafeMutablePointer<Double>) {
    let (first, count) = (tile.lowerBound, tile.count)
    unsafe winnow_eight_fill(values.base, count, target)
    for index in 0..<steps.count {
      let step = steps[index]
      let table = unsafe step.table
      switch step.address {
      case .intercept, .empty: break
      case .single(let x, let columns):
        unsafe winnow_eight_dense_values_32(x + first * columns, count, columns, table, target)
      case .double(let x, let columns):
        unsafe winnow_eight_dense_values_64(x + first * columns, count, columns, table, target)
      case .codes(.bytes(let codes)):
        unsafe winnow_eight_cell_values_8(codes + first, count, table, target)
      case .codes(.shorts(let codes)):
        unsafe winnow_eight_cell_values_16(codes + first, count, table, target)
      case .codes(.words(let codes)):
        unsafe winnow_eight_cell_values_32(codes + first, count, table, target)
      case .hats(.bytes(let codes), let fractions):
        unsafe winnow_eight_hat_values_8(codes + first, fractions, first, count, table, target)
      case .hats(.shorts(let codes), let fractions):
        unsafe winnow_eight_hat_values_16(codes + first, fractions, first, count, table, target)
      }
    }
  }

  /// Adds a tile's rows.
  ///
  /// - Parameter vectors: The elements of the tile's rows, eight a row.
  @unsafe func add(
    _ tile: Range<Int>, _ vectors: UnsafePointer<Double>, to sums: UnsafeMutablePointer<Double>
  ) {
    let (first, count) = (tile.lowerBound, tile.count)
    for index in 0..<steps.count {
      let step = steps[index]
      let target = unsafe sums + step.offset
      switch step.address {
      case .intercept: unsafe winnow_eight_sums(vectors, count, target)
      case .empty: break
      case .single(let x, let columns):
        unsafe winnow_eight_dense_sums_32(x + first * columns, vectors, count, columns, target)
      case .double(let x, let columns):
        unsafe winnow_eight_dense_sums_64(x + first * columns, vectors, count, columns, target)
      case .codes(.bytes(let codes)):
        unsafe winnow_eight_cell_sums_8(codes + first, vectors, count, target)
      case .codes(.shorts(let codes)):
        unsafe winnow_eight_cell_sums_16(codes + first, vectors, count, target)
      case .codes(.words(let codes)):
        unsafe winnow_eight_cell_sums_32(codes + first, vectors, count, target)
      case .hats(.bytes(let codes), let fractions):
        unsafe winnow_eight_hat_sums_8(codes + first, fractions, vectors, first, count, target)
      case .hats(.shorts(let codes), let fractions):
        unsafe winnow_eight_hat_sums_16(codes + first, fractions, vectors, first, count, target)
      }
    }
  }

  /// The sums by column (p) that belong to one vector.
  func columns(_ sums: [Double], ofVector vector: Int) -> [Double] {
    var offset = vector
    return blocks.flatMap { block in
      let own = (0..<block.sumCount).map { sums[offset + DesignMatrix.eight * $0] }
      offset += DesignMatrix.eight * block.sumCount
      return block.columnSums(own)
    }
  }
}

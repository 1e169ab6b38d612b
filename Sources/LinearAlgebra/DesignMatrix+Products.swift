import Parallelism

extension DesignMatrix {
  /// The product X v of the matrix and a vector (p): the linear predictors, if v holds coefficients.
  public func times(_ vector: [Double]) -> [Double] {
    withAddresses(of: passParts.map(\.block)) { addresses in
      let products = RowProducts(passParts, columnCount: columnCount, vector, addresses)
      return unsafe filled(rowCount, unit: RowChunks.tile, chunk: 16_384) { rows, target in
        for tile in RowChunks.tiles(rows) {
          unsafe products.write(tile, to: target + (tile.lowerBound - rows.lowerBound))
        }
      }
    }
  }

  /// The product X' r of the transposed matrix and a vector (n): a gradient, if r holds residuals.
  public func transposedTimes(_ vector: [Double]) -> [Double] {
    precondition(vector.count == rowCount, "\(rowCount) elements are needed")
    return withAddresses(of: passParts.map(\.block)) { addresses in
      let columns = ColumnSums(passParts, columnCount: columnCount, addresses)
      return unsafe vector.withUnsafeBufferPointer { vector in
        // Each job reads alone.
        nonisolated(unsafe) let vector = vector.baseAddress
        let sums = RowChunks(rowCount: rowCount, sums: columns.count).sum(columns.count) {
          rows, sums in
          guard let vector = unsafe vector else { return }
          for tile in RowChunks.tiles(rows) {
            unsafe columns.add(tile, vector + tile.lowerBound, to: sums.base)
          }
        }
        return columns.columns(sums[...])
      }
    }
  }

  /// The products X v, and X' r for what is made of them row by row, both in one pass over the matrix.
  ///
  /// What takes the time of large ones is to bring them from memory. Neither X v nor r is kept for all rows, which would
  /// take as much again (a fit of 200 dense columns took 0.38 s in place of 0.27).
  ///
  /// - Parameters:
  ///   - backs: The vectors r that are made.
  ///   - body: Is given the products of a tile's rows, and writes the elements of r, those of each further r `passRows`
  ///     after the last. A tile begins at a multiple of `passUnit`, and is no longer than `passRows`.
  /// - Returns: X' r (p) for each r, digit by digit as `transposedTimes`.
  public func timesAndBack(
    _ vector: [Double], backs: Int = 1,
    _ body:
      @Sendable (
        _ tile: Range<Int>, _ products: UnsafePointer<Double>, _ back: UnsafeMutablePointer<Double>
      ) -> Void
  ) -> [[Double]] {
    unsafe pass(vector, backs: backs, body)
  }

  /// The products X' r for vectors r that are made row by row.
  ///
  /// - Parameters: As for `timesAndBack`.
  public func transposedTimes(
    backs: Int,
    _ body: @Sendable (_ tile: Range<Int>, _ back: UnsafeMutablePointer<Double>) -> Void
  ) -> [[Double]] {
    unsafe pass(nil, backs: backs) { tile, _, back in unsafe body(tile, back) }
  }

  /// - Parameter vector: Nil where no products are wanted.
  private func pass(
    _ vector: [Double]?, backs: Int,
    _ body:
      @Sendable (
        _ tile: Range<Int>, _ products: UnsafePointer<Double>, _ back: UnsafeMutablePointer<Double>
      ) -> Void
  ) -> [[Double]] {
    withAddresses(of: passParts.map(\.block)) { addresses in
      let factors = vector.map { RowProducts(passParts, columnCount: columnCount, $0, addresses) }
      let columns = ColumnSums(passParts, columnCount: columnCount, addresses)
      let tileRows = passTile
      let chunks = RowChunks(rowCount: rowCount, sums: backs * columns.count)
      let sums = chunks.sum(backs * columns.count) { rows, sums in
        let room = AlignedBuffer(uninitialized: (1 + backs) * Self.passRows)
        let (products, back) = unsafe (room.base, room.base + Self.passRows)
        for tile in RowChunks.tiles(rows, of: tileRows) {
          unsafe factors?.write(tile, to: products)
          unsafe body(tile, products, back)
          for place in 0..<backs {
            unsafe columns.add(
              tile, back + place * Self.passRows, to: sums.base + place * columns.count)
          }
        }
      }
      return (0..<backs).map {
        columns.columns(sums[$0 * columns.count..<($0 + 1) * columns.count])
      }
    }
  }

  /// The most rows of a tile of a pass.
  public static let passRows = RowChunks.tile

  /// The rows of which the tiles of `timesAndBack` are multiples.
  public static let passUnit = 256

  /// The rows that stay in a core's cache between the two halves of a pass: fewer where they are wide.
  private var passTile: Int {
    let bytes = blocks.reduce(0) { bytes, block in
      guard case .dense(let dense) = block else { return bytes + 2 }
      return bytes + dense.columnCount * (dense.precision == .single ? 4 : 8)
    }
    var tile = RowChunks.tile
    while tile > Self.passUnit, tile * bytes > 1 << 18 { tile /= 2 }
    return tile
  }
}

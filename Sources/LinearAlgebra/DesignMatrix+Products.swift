import Parallelism

extension DesignMatrix {
  /// The product X v of the matrix and a vector (p): the linear predictors, if v holds coefficients.
  public func times(_ vector: [Double]) -> [Double] {
    withAddresses { addresses in
      let products = RowProducts(self, vector, addresses)
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
    return withAddresses { addresses in
      let columns = ColumnSums(self, addresses)
      let chunks = RowChunks(rowCount: rowCount, sums: columns.count)
      let sums = chunks.sum(columns.count) { rows, sums in
        for tile in RowChunks.tiles(rows) { unsafe columns.add(tile, vector, to: sums.base) }
      }
      return columns.columns(sums)
    }
  }

  /// The products X v and X' r, where r is made of the first one row by row: both in one pass over the matrix, for what
  /// takes the time of large ones is to bring them from memory.
  ///
  /// - Parameters:
  ///   - products: Room for X v (n).
  ///   - residuals: Room for r (n).
  ///   - body: Fills the residuals of a tile's rows, whose products are there. A tile begins at a multiple of `passUnit`.
  /// - Returns: X' r (p), digit by digit as `transposedTimes`.
  public func timesAndBack(
    _ vector: [Double], products: inout [Double], residuals: inout [Double],
    _ body:
      @Sendable (
        _ tile: Range<Int>, _ products: UnsafePointer<Double>,
        _ residuals: UnsafeMutablePointer<Double>
      ) -> Void
  ) -> [Double] {
    precondition(products.count == rowCount && residuals.count == rowCount, "room for all rows")
    return withAddresses { addresses in
      let factors = RowProducts(self, vector, addresses)
      let columns = ColumnSums(self, addresses)
      let chunks = RowChunks(rowCount: rowCount, sums: columns.count)
      let tile = passTile
      let sums = unsafe products.withUnsafeMutableBufferPointer { products in
        unsafe residuals.withUnsafeMutableBufferPointer { residuals in
          // Each job has rows of its own.
          nonisolated(unsafe) let (products, residuals) = (
            products.baseAddress, residuals.baseAddress
          )
          return chunks.sum(columns.count) { rows, sums in
            guard let products = unsafe products, let residuals = unsafe residuals else { return }
            for tile in RowChunks.tiles(rows, of: tile) {
              unsafe factors.write(tile, to: products + tile.lowerBound)
              unsafe body(tile, products, residuals)
              unsafe columns.add(tile, residuals, to: sums.base)
            }
          }
        }
      }
      return columns.columns(sums)
    }
  }

  /// The rows of which the tiles of `timesAndBack` are multiples.
  public static let passUnit = 256

  /// The rows that stay in a core's cache between the two halves of a pass: fewer where they are wide.
  private var passTile: Int {
    let bytes = blocks.reduce(0) { bytes, block in
      guard case .dense(let dense) = block else { return bytes + 2 }
      return bytes + dense.stride * (dense.precision == .single ? 4 : 8)
    }
    var tile = RowChunks.tile
    while tile > Self.passUnit, tile * bytes > 1 << 18 { tile /= 2 }
    return tile
  }
}

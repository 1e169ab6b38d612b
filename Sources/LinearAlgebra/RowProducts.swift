import CKernels

/// A vector (p) made ready to be multiplied with rows of a design matrix, some at a time.
struct RowProducts: Sendable {
  /// What every row has: the intercept's coefficient.
  private(set) var start = 0.0
  /// The blocks that tell rows apart, with what a row of each may have times the vector.
  private(set) var factors: [(block: DesignBlock, values: [Double])] = []

  init(_ design: DesignMatrix, _ vector: [Double]) {
    precondition(vector.count == design.columnCount, "\(design.columnCount) elements are needed")
    for (block, offset) in zip(design.blocks, design.offsets) {
      let part = vector[offset..<offset + block.columnCount]
      switch block {
      case .intercept: start += vector[offset]
      case .dense(let dense):
        let padding = [Double](repeating: 0, count: dense.stride - dense.columnCount)
        factors.append((block, part + padding))
      case .levels: factors.append((block, [0] + part))
      case .hats: factors.append((block, HatBlock.table(part)))
      case .sets(let sets): factors.append((block, sets.table(part)))
      }
    }
  }

  /// Writes the products of a tile's rows.
  ///
  /// - Parameters:
  ///   - codes: Room for the codes of a tile.
  ///   - target: Where the product of the tile's first row goes.
  @unsafe func write(
    _ tile: Range<Int>, codes: UnsafeMutablePointer<UInt32>, to target: UnsafeMutablePointer<Double>
  ) {
    unsafe target.update(repeating: start, count: tile.count)
    for (block, values) in factors {
      switch block {
      case .intercept: break
      case .dense(let dense): unsafe dense.addProducts(tile, values, to: target)
      case .levels(let levels):
        unsafe levels.widen(tile, to: codes)
        unsafe winnow_cell_values(codes, tile.count, values, target)
      case .hats(let hats):
        unsafe hats.widen(tile, to: codes)
        unsafe winnow_hat_values(codes, hats.fractions, tile.lowerBound, tile.count, values, target)
      case .sets(let sets):
        unsafe sets.numbers.widen(tile, to: codes)
        unsafe winnow_cell_values(codes, tile.count, values, target)
      }
    }
  }
}

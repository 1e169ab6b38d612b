import CKernels

/// A vector (p) made ready to be multiplied with rows of a design matrix, some at a time.
struct RowProducts: Sendable {
  /// What every row has: the intercept's coefficient.
  private var start = 0.0
  private var factors: [(block: DesignBlock, values: [Double])] = []

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

/// The sums X' r of a design matrix and a vector (n), gathered some rows at a time.
struct ColumnSums: Sendable {
  private var tables: [(block: DesignBlock, table: SumTable)] = []
  /// The sums that a job needs room for.
  private(set) var count = 0

  init(_ design: DesignMatrix) {
    for block in design.blocks {
      let table =
        switch block {
        case .intercept: SumTable(at: count, width: 1)
        case .dense(let dense): SumTable(at: count, width: dense.stride)
        case .levels(let levels): SumTable(at: count, cells: levels.codeCount)
        case .hats(let hats): SumTable(at: count, width: 2 * hats.codeCount)
        case .sets(let sets): SumTable(at: count, cells: sets.setCount)
        }
      tables.append((block, table))
      count += table.count
    }
  }

  /// Adds a tile's rows.
  ///
  /// - Parameters:
  ///   - vector: The elements of all rows.
  ///   - codes: Room for the codes of a tile.
  @unsafe func add(
    _ tile: Range<Int>, _ vector: UnsafePointer<Double>, codes: UnsafeMutablePointer<UInt32>,
    to sums: AlignedBuffer
  ) {
    for (block, table) in tables {
      let target = unsafe sums.base + table.offset
      switch block {
      case .intercept: for i in tile { unsafe target.pointee += vector[i] }
      case .dense(let dense): unsafe dense.addSums(tile, vector, to: target)
      case .levels(let levels):
        unsafe levels.widen(tile, to: codes)
        unsafe winnow_cell_sums(codes, vector, tile.lowerBound, tile.count, table.apart, target)
      case .hats(let hats):
        unsafe hats.widen(tile, to: codes)
        unsafe winnow_hat_sums(
          codes, hats.fractions, vector, tile.lowerBound, tile.count, target)
      case .sets(let sets):
        unsafe sets.numbers.widen(tile, to: codes)
        unsafe winnow_cell_sums(codes, vector, tile.lowerBound, tile.count, table.apart, target)
      }
    }
  }

  /// The sums by column (p) of those of all jobs.
  func columns(_ sums: [Double]) -> [Double] {
    tables.flatMap { block, table in
      switch block {
      case .intercept, .dense: Array(table.read(sums).prefix(block.columnCount))
      case .levels: Array(table.read(sums).dropFirst())
      case .hats(let hats): HatBlock.knots(table.read(sums), knotCount: hats.knotCount)
      case .sets(let sets): sets.codeSums(table.read(sums))
      }
    }
  }
}

import CKernels

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

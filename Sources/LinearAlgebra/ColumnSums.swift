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
        case .intercept, .dense, .hats: SumTable(at: count, width: block.sumCount)
        case .levels, .sets: SumTable(at: count, cells: block.sumCount)
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
    tables.flatMap { block, table in block.columnSums(table.read(sums)) }
  }
}

extension DesignBlock {
  /// The sums that rows are added to: one a column, or one for each of what a row may have.
  var sumCount: Int {
    switch self {
    case .intercept: 1
    case .dense(let dense): dense.stride
    case .levels(let levels): levels.codeCount
    case .hats(let hats): 2 * hats.codeCount
    case .sets(let sets): sets.setCount
    }
  }

  /// Such sums by column.
  func columnSums(_ sums: [Double]) -> [Double] {
    switch self {
    case .intercept, .dense: Array(sums.prefix(columnCount))
    case .levels: Array(sums.dropFirst())
    case .hats(let hats): HatBlock.knots(sums, knotCount: hats.knotCount)
    case .sets(let sets): sets.codeSums(sums)
    }
  }
}

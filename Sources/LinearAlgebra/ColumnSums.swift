import CKernels

/// The sums X' r of a design matrix and a vector (n), gathered some rows at a time.
final class ColumnSums: Sendable {
  private let tables: [(part: DesignPart, table: SumTable)]
  private let columnCount: Int
  /// The sums that a job needs room for.
  let count: Int

  private struct Step: BitwiseCopyable, Sendable {
    let address: BlockAddress
    let table: SumTable
  }

  private let steps: SharedList<Step>

  /// - Parameters:
  ///   - parts: All of the matrix.
  ///   - addresses: Those of the parts' blocks, which hold as long as rows are added.
  init(_ parts: [DesignPart], columnCount: Int, _ addresses: [BlockAddress]) {
    var tables: [(DesignPart, SumTable)] = []
    var steps: [Step] = []
    var count = 0
    for (part, address) in zip(parts, addresses) {
      let sumCount = part.block.sumCount
      let table =
        switch part.block {
        case .intercept, .dense, .hats: SumTable(at: count, width: sumCount)
        case .levels, .sets: SumTable(at: count, cells: sumCount)
        }
      tables.append((part, table))
      steps.append(Step(address: address, table: table))
      count += table.count
    }
    self.tables = tables
    self.columnCount = columnCount
    self.count = count
    self.steps = SharedList(steps)
  }

  /// Adds a tile's rows.
  ///
  /// - Parameter vector: The elements of the tile's rows.
  @unsafe func add(
    _ tile: Range<Int>, _ vector: UnsafePointer<Double>, to sums: UnsafeMutablePointer<Double>
  ) {
    let (first, count) = (tile.lowerBound, tile.count)
    for index in 0..<steps.count {
      let step = steps[index]
      let table = step.table
      let target = unsafe sums + table.offset
      switch step.address {
      case .intercept: unsafe winnow_lane_sums(vector, count, target)
      case .empty: break
      case .single(let x, let columns):
        unsafe winnow_dense_sums_32(x + first * columns, vector, count, columns, target)
      case .double(let x, let columns):
        unsafe winnow_dense_sums_64(x + first * columns, vector, count, columns, target)
      case .codes(.bytes(let codes)):
        unsafe winnow_cell_sums_8(
          codes + first, vector, 0, count, table.copies, table.width, target)
      case .codes(.shorts(let codes)):
        unsafe winnow_cell_sums_16(
          codes + first, vector, 0, count, table.copies, table.width, target)
      case .codes(.words(let codes)):
        unsafe winnow_cell_sums_32(
          codes + first, vector, 0, count, table.copies, table.width, target)
      case .hats(.bytes(let codes), let fractions):
        unsafe winnow_hat_sums_8(codes + first, fractions + first, vector, 0, count, target)
      case .hats(.shorts(let codes), let fractions):
        unsafe winnow_hat_sums_16(codes + first, fractions + first, vector, 0, count, target)
      }
    }
  }

  /// The sums by column (p) of those of all jobs.
  func columns(_ sums: ArraySlice<Double>) -> [Double] {
    let sums = Array(sums)
    var result = [Double](repeating: 0, count: columnCount)
    for (part, table) in tables {
      var own = part.block.columnSums(table.read(sums))[...]
      for columns in part.columns {
        result.replaceSubrange(columns, with: own.prefix(columns.count))
        own = own.dropFirst(columns.count)
      }
    }
    return result
  }
}

extension DesignBlock {
  /// The sums that rows are added to: one a column, or one for each of what a row may have; those of an intercept in turn.
  var sumCount: Int {
    switch self {
    case .intercept: 8
    case .dense(let dense): dense.columnCount
    case .levels(let levels): levels.codeCount
    case .hats(let hats): 2 * hats.codeCount
    case .sets(let sets): sets.setCount
    }
  }

  /// Such sums by column.
  func columnSums(_ sums: [Double]) -> [Double] {
    switch self {
    case .intercept: [sums.reduce(0, +)]
    case .dense: sums
    case .levels: Array(sums.dropFirst())
    case .hats(let hats): HatBlock.knots(sums, knotCount: hats.knotCount)
    case .sets(let sets): sets.codeSums(sums)
    }
  }
}

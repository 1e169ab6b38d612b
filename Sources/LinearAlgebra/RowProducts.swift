import CKernels

/// A vector (p) made ready to be multiplied with rows of a design matrix, some at a time.
final class RowProducts: Sendable {
  /// What every row has: the intercept's coefficient.
  let start: Double

  @safe private struct Step: @unchecked Sendable, BitwiseCopyable {
    let address: BlockAddress
    let table: UnsafePointer<Double>
  }

  /// All tables, one after another.
  private let values: AlignedBuffer
  private let steps: SharedList<Step>

  /// - Parameter addresses: Those of the matrix's blocks, which hold as long as rows are multiplied.
  init(_ design: DesignMatrix, _ vector: [Double], _ addresses: [BlockAddress]) {
    let (start, tables) = Self.tables(design, vector)
    self.start = start
    values = AlignedBuffer(uninitialized: tables.reduce(0) { $0 + $1.count })
    var steps: [Step] = []
    var next = unsafe values.base
    for (address, table) in zip(addresses, tables) {
      unsafe next.initialize(from: table, count: table.count)
      unsafe steps.append(Step(address: address, table: UnsafePointer(next)))
      unsafe next += table.count
    }
    self.steps = SharedList(steps)
  }

  /// What a row has by the intercept, and for each block what a row of it may have times the vector.
  static func tables(
    _ design: DesignMatrix, _ vector: [Double]
  ) -> (start: Double, tables: [[Double]]) {
    precondition(vector.count == design.columnCount, "\(design.columnCount) elements are needed")
    var start = 0.0
    let tables = zip(design.blocks, design.offsets).map { block, offset -> [Double] in
      let part = vector[offset..<offset + block.columnCount]
      switch block {
      case .intercept:
        start += vector[offset]
        return []
      case .dense(let dense):
        return part + [Double](repeating: 0, count: dense.stride - dense.columnCount)
      case .levels: return [0] + part
      case .hats: return HatBlock.table(part)
      case .sets(let sets): return sets.table(part)
      }
    }
    return (start, tables)
  }

  /// Writes the products of a tile's rows.
  ///
  /// - Parameter target: Where the product of the tile's first row goes.
  @unsafe func write(_ tile: Range<Int>, to target: UnsafeMutablePointer<Double>) {
    let (first, count) = (tile.lowerBound, tile.count)
    unsafe target.update(repeating: start, count: count)
    for index in 0..<steps.count {
      let step = steps[index]
      let table = unsafe step.table
      switch step.address {
      case .intercept, .empty: break
      case .single(let x, let stride):
        unsafe winnow_dense_times_32(x, first, count, stride, table, target)
      case .double(let x, let stride):
        unsafe winnow_dense_times_64(x, first, count, stride, table, target)
      case .codes(.bytes(let codes)):
        unsafe winnow_cell_values_8(codes + first, count, table, target)
      case .codes(.shorts(let codes)):
        unsafe winnow_cell_values_16(codes + first, count, table, target)
      case .codes(.words(let codes)):
        unsafe winnow_cell_values_32(codes + first, count, table, target)
      case .hats(.bytes(let codes), let fractions):
        unsafe winnow_hat_values_8(codes + first, fractions, first, count, table, target)
      case .hats(.shorts(let codes), let fractions):
        unsafe winnow_hat_values_16(codes + first, fractions, first, count, table, target)
      }
    }
  }
}

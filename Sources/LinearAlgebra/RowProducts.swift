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

  /// A column of codes that are bytes.
  @safe private struct Bytes: @unchecked Sendable, BitwiseCopyable {
    let codes: UnsafePointer<UInt8>
    let table: UnsafePointer<Double>
  }

  /// Such columns that are looked up four at a time.
  private let fours: SharedList<Bytes>

  /// - Parameter addresses: Those of the matrix's blocks, which hold as long as rows are multiplied.
  init(_ design: DesignMatrix, _ vector: [Double], _ addresses: [BlockAddress]) {
    let (start, tables) = Self.tables(design, vector)
    self.start = start
    values = AlignedBuffer(uninitialized: tables.reduce(0) { $0 + $1.count })
    var steps: [Step] = []
    var fours: [Bytes] = []
    let byteColumns = addresses.count { if case .codes(.bytes) = $0 { true } else { false } }
    var next = unsafe values.base
    for (address, table) in zip(addresses, tables) {
      unsafe next.initialize(from: table, count: table.count)
      if case .codes(.bytes(let codes)) = address, fours.count < byteColumns / 4 * 4 {
        unsafe fours.append(Bytes(codes: codes, table: UnsafePointer(next)))
      } else {
        unsafe steps.append(Step(address: address, table: UnsafePointer(next)))
      }
      unsafe next += table.count
    }
    self.steps = SharedList(steps)
    self.fours = SharedList(fours)
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
    for index in stride(from: 0, to: fours.count, by: 4) {
      let (a, b, c, d) = (fours[index], fours[index + 1], fours[index + 2], fours[index + 3])
      unsafe winnow_four_cell_values_8(
        a.codes + first, a.table, b.codes + first, b.table, c.codes + first, c.table,
        d.codes + first, d.table, count, target)
    }
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

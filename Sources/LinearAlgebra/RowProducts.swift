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

  /// A column of codes.
  @safe private struct Codes<Code: Sendable>: @unchecked Sendable, BitwiseCopyable {
    let codes: UnsafePointer<Code>
    let table: UnsafePointer<Double>
  }

  /// Columns that are looked up four at a time.
  private let bytes: SharedList<Codes<UInt8>>
  private let shorts: SharedList<Codes<UInt16>>

  /// - Parameters:
  ///   - parts: All of the matrix.
  ///   - addresses: Those of the parts' blocks, which hold as long as rows are multiplied.
  init(
    _ parts: [DesignPart], columnCount: Int, _ vector: [Double], _ addresses: [BlockAddress]
  ) {
    let (start, tables) = Self.tables(parts, columnCount: columnCount, vector)
    self.start = start
    values = AlignedBuffer(uninitialized: tables.reduce(0) { $0 + $1.count })
    var steps: [Step] = []
    var bytes: [Codes<UInt8>] = []
    var shorts: [Codes<UInt16>] = []
    let byteColumns = addresses.count { if case .codes(.bytes) = $0 { true } else { false } }
    let shortColumns = addresses.count { if case .codes(.shorts) = $0 { true } else { false } }
    var next = unsafe values.base
    for (address, table) in zip(addresses, tables) {
      unsafe next.initialize(from: table, count: table.count)
      let place = unsafe UnsafePointer(next)
      switch address {
      case .codes(.bytes(let codes)) where bytes.count < byteColumns / 4 * 4:
        unsafe bytes.append(Codes(codes: codes, table: place))
      case .codes(.shorts(let codes)) where shorts.count < shortColumns / 4 * 4:
        unsafe shorts.append(Codes(codes: codes, table: place))
      default: unsafe steps.append(Step(address: address, table: place))
      }
      unsafe next += table.count
    }
    self.steps = SharedList(steps)
    self.bytes = SharedList(bytes)
    self.shorts = SharedList(shorts)
  }

  /// What a row has by the intercept, and for each part what a row of it may have times the vector.
  static func tables(
    _ parts: [DesignPart], columnCount: Int, _ vector: [Double]
  ) -> (start: Double, tables: [[Double]]) {
    precondition(vector.count == columnCount, "\(columnCount) elements are needed")
    var start = 0.0
    let tables = parts.map { own -> [Double] in
      let part = own.elements(of: vector)
      switch own.block {
      case .intercept:
        start += part.reduce(0, +)
        return []
      case .dense: return Array(part)
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
    for index in stride(from: 0, to: bytes.count, by: 4) {
      let (a, b, c, d) = (bytes[index], bytes[index + 1], bytes[index + 2], bytes[index + 3])
      unsafe winnow_four_cell_values_8(
        a.codes + first, a.table, b.codes + first, b.table, c.codes + first, c.table,
        d.codes + first, d.table, count, target)
    }
    for index in stride(from: 0, to: shorts.count, by: 4) {
      let (a, b, c, d) = (shorts[index], shorts[index + 1], shorts[index + 2], shorts[index + 3])
      unsafe winnow_four_cell_values_16(
        a.codes + first, a.table, b.codes + first, b.table, c.codes + first, c.table,
        d.codes + first, d.table, count, target)
    }
    for index in 0..<steps.count {
      let step = steps[index]
      let table = unsafe step.table
      switch step.address {
      case .intercept, .empty: break
      case .single(let x, let columns):
        unsafe winnow_dense_times_32(x + first * columns, count, columns, table, target)
      case .double(let x, let columns):
        unsafe winnow_dense_times_64(x + first * columns, count, columns, table, target)
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

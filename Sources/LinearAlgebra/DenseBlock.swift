import CKernels
import Parallelism
import Synchronization

/// Numeric columns of a design matrix, stored in 32 or 64 bits.
///
/// Rows lie in groups of eight: first the values that a group's rows have in the first column, side by side, then those in
/// the second. One instruction takes eight rows of a column, and a column has no more room than its values: of a million
/// rows of nine columns a pass there and back takes 3.2 ns a row, where rows that were filled up to twelve values took 4.9.
///
/// Sums over them are always in 64 bits. 32 bits keep 7 digits of a value, which is more than most
/// measurements have, and halve the memory that every pass reads.
public struct DenseBlock: Sendable {
  /// How many bits a value is kept in.
  public enum Precision: Sendable { case single, double }

  /// The values of row i and column j at `8 * columnCount * (i / 8) + 8 * j + i % 8`; the last group is filled up, with zeros.
  enum Storage: Sendable {
    case single([Float])
    case double([Double])
  }

  /// The number of rows.
  public let rowCount: Int
  /// The number of columns.
  public let columnCount: Int
  let storage: Storage
  /// Where the first value is that is not finite, if there is one.
  let firstNotFinite: (row: Int, column: Int)?

  /// How many bits a value is kept in.
  public var precision: Precision {
    switch storage {
    case .single: .single
    case .double: .double
    }
  }

  /// Writes the values of a column in some rows over an array of as many.
  public typealias Fill = @Sendable (_ rows: Range<Int>, _ values: inout [Double]) -> Void

  /// Creates a block from its columns.
  ///
  /// - Precondition: the columns are equally long.
  public init(columns: [[Double]], precision: Precision = .double) {
    let rowCount = columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == rowCount }, "columns of different length")
    self.init(
      rowCount: rowCount,
      columns: columns.map { column in
        { rows, values in
          for (index, row) in rows.enumerated() { values[index] = column[row] }
        }
      }, precision: precision)
  }

  /// Creates a block from functions that give its columns, some rows at a time and in any order.
  public init(rowCount: Int, columns: [Fill], precision: Precision = .double) {
    self.rowCount = rowCount
    columnCount = columns.count
    let faulty = Atomic<Bool>(false)
    switch precision {
    case .single:
      storage = unsafe .single(
        DenseBlock.grouped(columns, rowCount, faulty) { values, column, target in
          unsafe winnow_dense_place_32(values, values.count, columns.count, column, target) != 0
        })
    case .double:
      storage = unsafe .double(
        DenseBlock.grouped(columns, rowCount, faulty) { values, column, target in
          unsafe winnow_dense_place_64(values, values.count, columns.count, column, target) != 0
        })
    }
    firstNotFinite =
      faulty.load(ordering: .relaxed)
      ? DenseBlock.firstNotFinite(columns, rowCount, precision) : nil
  }

  /// Takes stored rows over, all finite, which are those of a block like another.
  init(_ storage: Storage, rowCount: Int, like block: DenseBlock) {
    self.storage = storage
    self.rowCount = rowCount
    columnCount = block.columnCount
    firstNotFinite = nil
  }

  /// The value of a row and column.
  public subscript(row: Int, column: Int) -> Double {
    precondition(row < rowCount && column < columnCount, "no value \(row), \(column)")
    return switch storage {
    case .single(let values): Double(values[place(row, column)])
    case .double(let values): values[place(row, column)]
    }
  }

  /// The rows that lie together.
  static let group = 8

  /// Where the value of a row and column is.
  func place(_ row: Int, _ column: Int) -> Int {
    Self.group * (row / Self.group * columnCount + column) + row % Self.group
  }

  /// The values that so many rows take, with those that fill the last group up.
  static func valueCount(rowCount: Int, columnCount: Int) -> Int {
    (rowCount + group - 1) / group * group * columnCount
  }

  /// The columns filled up to panels of four, in which they are multiplied with each other.
  var panelWidth: Int { Self.panelWidth(columnCount) }

  static func panelWidth(_ columnCount: Int) -> Int { (columnCount + 3) / 4 * 4 }

  /// The rows of the given numbers, in their order.
  public func rows(_ indices: [Int]) -> DenseBlock {
    switch storage {
    case .single(let values):
      .init(.single(gather(indices, from: values)), rowCount: indices.count, like: self)
    case .double(let values):
      .init(.double(gather(indices, from: values)), rowCount: indices.count, like: self)
    }
  }

  private func gather<Value: BinaryFloatingPoint & Sendable>(
    _ indices: [Int], from values: [Value]
  ) -> [Value] {
    unsafe Self.grouped(indices.count, columnCount) { rows, target in
      unsafe values.withUnsafeBufferPointer { values in
        for (index, row) in rows.enumerated() {
          let (source, own) = (place(indices[row], 0), place(index, 0))
          for j in 0..<columnCount {
            unsafe target[own + Self.group * j] = values[source + Self.group * j]
          }
        }
      }
    }
  }

  /// The rows of columns, by a function that places some values of one and says if all are finite.
  private static func grouped<Value: BinaryFloatingPoint & Sendable>(
    _ columns: [Fill], _ rowCount: Int, _ faulty: borrowing Atomic<Bool>,
    _ place: @Sendable ([Double], _ column: Int, UnsafeMutablePointer<Value>) -> Bool
  ) -> [Value] {
    unsafe grouped(rowCount, columns.count) { rows, target in
      var values: [Double] = []
      for tile in RowChunks.tiles(rows, of: tile) {
        let start = unsafe target + (tile.lowerBound - rows.lowerBound) * columns.count
        if values.count != tile.count { values = [Double](repeating: 0, count: tile.count) }
        for (index, column) in columns.enumerated() {
          column(tile, &values)
          if unsafe !place(values, index, start) { faulty.store(true, ordering: .relaxed) }
        }
      }
    }
  }

  /// The rows of a tile, which stay in the cache until every column has been there.
  private static let tile = 256

  /// Values that jobs write, some rows each.
  ///
  /// - Parameter body: Writes all values of some rows; its pointer is to the group of the first of them.
  private static func grouped<Value: BinaryFloatingPoint & Sendable>(
    _ rowCount: Int, _ columnCount: Int,
    _ body: @Sendable (_ rows: Range<Int>, _ target: UnsafeMutablePointer<Value>) -> Void
  ) -> [Value] {
    let groupSize = group * columnCount
    guard groupSize > 0 else { return [] }
    let count = valueCount(rowCount: rowCount, columnCount: columnCount)
    return unsafe filled(count, unit: groupSize) { range, target in
      let rows = range.lowerBound / columnCount..<min(range.upperBound / columnCount, rowCount)
      if rows.count % group > 0 {
        // The last group is filled up.
        let last = unsafe target + rows.count / group * groupSize
        unsafe last.initialize(repeating: 0, count: groupSize)
      }
      unsafe body(rows, target)
    }
  }

  private static func firstNotFinite(
    _ columns: [Fill], _ rowCount: Int, _ precision: Precision
  ) -> (row: Int, column: Int)? {
    var value = [0.0]
    for row in 0..<rowCount {
      for (index, column) in columns.enumerated() {
        column(row..<row + 1, &value)
        let isFinite = precision == .single ? Float(value[0]).isFinite : value[0].isFinite
        if !isFinite { return (row, index) }
      }
    }
    return nil
  }
}

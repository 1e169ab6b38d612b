import CKernels
import Parallelism
import Synchronization

/// Numeric columns of a design matrix, stored row after row in 32 or 64 bits.
///
/// Sums over them are always in 64 bits. 32 bits keep 7 digits of a value, which is more than most
/// measurements have, and halve the memory that every pass reads.
public struct DenseBlock: Sendable {
  /// How many bits a value is kept in.
  public enum Precision: Sendable { case single, double }

  /// The values, row after row; each row is filled up with zeros to `stride`.
  enum Storage: Sendable {
    case single([Float])
    case double([Double])
  }

  /// The number of rows.
  public let rowCount: Int
  /// The number of columns.
  public let columnCount: Int
  let storage: Storage
  /// Values from one row to the next: a multiple of 4, for vector instructions.
  let stride: Int
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
    let stride = DenseBlock.stride(of: columns.count)
    self.rowCount = rowCount
    columnCount = columns.count
    self.stride = stride
    let faulty = Atomic<Bool>(false)
    switch precision {
    case .single:
      storage = unsafe .single(
        DenseBlock.interleaved(columns, rowCount, stride, faulty) {
          unsafe winnow_place_32($0, 0, $0.count, $1, $2) != 0
        })
    case .double:
      storage = unsafe .double(
        DenseBlock.interleaved(columns, rowCount, stride, faulty) {
          unsafe winnow_place_64($0, 0, $0.count, $1, $2) != 0
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
    stride = block.stride
    firstNotFinite = nil
  }

  /// The value of a row and column.
  public subscript(row: Int, column: Int) -> Double {
    precondition(row < rowCount && column < columnCount, "no value \(row), \(column)")
    return switch storage {
    case .single(let values): Double(values[row * stride + column])
    case .double(let values): values[row * stride + column]
    }
  }

  /// The rows of the given numbers, in their order.
  public func rows(_ indices: [Int]) -> DenseBlock {
    switch storage {
    case .single(let values):
      .init(.single(gather(indices, from: values)), rowCount: indices.count, like: self)
    case .double(let values):
      .init(.double(gather(indices, from: values)), rowCount: indices.count, like: self)
    }
  }

  private func gather<Value: Sendable>(_ indices: [Int], from values: [Value]) -> [Value] {
    unsafe filled(indices.count * stride, unit: max(1, stride)) { range, target in
      unsafe values.withUnsafeBufferPointer { values in
        guard let base = values.baseAddress else { return }
        for (place, row) in (range.lowerBound / stride..<range.upperBound / stride).enumerated() {
          unsafe (target + place * stride)
            .initialize(from: base + indices[row] * stride, count: stride)
        }
      }
    }
  }

  static func stride(of columnCount: Int) -> Int { (columnCount + 3) / 4 * 4 }

  /// The rows of a tile, which stay in the cache until every column has been there.
  private static let tile = 256

  /// The rows of columns, by a function that places some values of one and says if all are finite.
  private static func interleaved<Value: BinaryFloatingPoint & Sendable>(
    _ columns: [Fill], _ rowCount: Int, _ stride: Int, _ faulty: borrowing Atomic<Bool>,
    _ place: @Sendable ([Double], UnsafeMutablePointer<Value>, Int) -> Bool
  ) -> [Value] {
    unsafe filled(rowCount * stride, unit: max(1, stride)) { range, target in
      let rows = range.lowerBound / stride..<range.upperBound / stride
      var values: [Double] = []
      for first in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: tile) {
        let tile = first..<min(first + tile, rows.upperBound)
        let start = unsafe target + (first - rows.lowerBound) * stride
        if values.count != tile.count { values = [Double](repeating: 0, count: tile.count) }
        for (j, column) in columns.enumerated() {
          column(tile, &values)
          if unsafe !place(values, start + j, stride) { faulty.store(true, ordering: .relaxed) }
        }
        for j in columns.count..<stride {
          for i in 0..<tile.count { unsafe start[i * stride + j] = 0 }
        }
      }
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

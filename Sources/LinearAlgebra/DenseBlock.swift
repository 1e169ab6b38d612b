import CKernels
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

  /// Creates a block from its columns.
  ///
  /// - Precondition: the columns are equally long.
  public init(columns: [[Double]], precision: Precision = .double) {
    let rowCount = columns.first?.count ?? 0
    precondition(columns.allSatisfy { $0.count == rowCount }, "columns of different length")
    let stride = DenseBlock.stride(of: columns.count)
    self.rowCount = rowCount
    columnCount = columns.count
    self.stride = stride
    let faulty = Atomic<Bool>(false)
    switch precision {
    case .single:
      storage = unsafe .single(
        DenseBlock.interleaved(columns, rowCount, stride, faulty) {
          unsafe winnow_place_32($0, $1.lowerBound, $1.count, $2, $3) != 0
        })
    case .double:
      storage = unsafe .double(
        DenseBlock.interleaved(columns, rowCount, stride, faulty) {
          unsafe winnow_place_64($0, $1.lowerBound, $1.count, $2, $3) != 0
        })
    }
    firstNotFinite =
      faulty.load(ordering: .relaxed)
      ? DenseBlock.firstNotFinite(columns, rowCount, precision) : nil
  }

  private init(_ storage: Storage, rowCount: Int, like block: DenseBlock) {
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

  /// The rows of columns, by a function that places some rows of one and says if all are finite.
  private static func interleaved<Value: BinaryFloatingPoint & Sendable>(
    _ columns: [[Double]], _ rowCount: Int, _ stride: Int, _ faulty: borrowing Atomic<Bool>,
    _ place: @Sendable ([Double], Range<Int>, UnsafeMutablePointer<Value>, Int) -> Bool
  ) -> [Value] {
    unsafe filled(rowCount * stride, unit: max(1, stride)) { range, target in
      let rows = range.lowerBound / stride..<range.upperBound / stride
      // In tiles of rows that stay in the cache until every column has been there.
      for first in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: 256) {
        let tile = first..<min(first + 256, rows.upperBound)
        let start = unsafe target + (first - rows.lowerBound) * stride
        for (j, column) in columns.enumerated() where unsafe !place(column, tile, start + j, stride)
        {
          faulty.store(true, ordering: .relaxed)
        }
        for j in columns.count..<stride {
          for i in 0..<tile.count { unsafe start[i * stride + j] = 0 }
        }
      }
    }
  }

  private static func firstNotFinite(
    _ columns: [[Double]], _ rowCount: Int, _ precision: Precision
  ) -> (row: Int, column: Int)? {
    for row in 0..<rowCount {
      for (column, values) in columns.enumerated() {
        let isFinite = precision == .single ? Float(values[row]).isFinite : values[row].isFinite
        if !isFinite { return (row, column) }
      }
    }
    return nil
  }
}

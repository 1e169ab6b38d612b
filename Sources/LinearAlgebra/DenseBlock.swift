import Parallelism

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
    switch precision {
    case .single:
      let values = DenseBlock.interleaved(
        columns, rowCount: rowCount, stride: stride, as: Float.self)
      storage = .single(values)
      firstNotFinite = DenseBlock.firstNotFinite(values, stride: stride)
    case .double:
      let values = DenseBlock.interleaved(
        columns, rowCount: rowCount, stride: stride, as: Double.self)
      storage = .double(values)
      firstNotFinite = DenseBlock.firstNotFinite(values, stride: stride)
    }
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
      for (place, row) in (range.lowerBound / stride..<range.upperBound / stride).enumerated() {
        let start = indices[row] * stride
        for j in 0..<stride { unsafe target[place * stride + j] = values[start + j] }
      }
    }
  }

  static func stride(of columnCount: Int) -> Int { (columnCount + 3) / 4 * 4 }

  private static func interleaved<Value: BinaryFloatingPoint & Sendable>(
    _ columns: [[Double]], rowCount: Int, stride: Int, as: Value.Type
  ) -> [Value] {
    unsafe filled(rowCount * stride, unit: max(1, stride)) { range, target in
      let first = range.lowerBound / stride
      let count = range.count / stride
      // In tiles of rows that stay in the cache until every column has been there.
      for tile in Swift.stride(from: 0, to: count, by: 256) {
        let end = min(count, tile + 256)
        for (j, column) in columns.enumerated() {
          for i in tile..<end { unsafe target[i * stride + j] = Value(column[first + i]) }
        }
        for j in columns.count..<stride {
          for i in tile..<end { unsafe target[i * stride + j] = 0 }
        }
      }
    }
  }

  private static func firstNotFinite<Value: BinaryFloatingPoint & SIMDScalar & Sendable>(
    _ values: [Value], stride: Int
  ) -> (row: Int, column: Int)? {
    guard stride > 0 else { return nil }
    let chunk = 1 << 18
    let faults = Parallel.map((values.count + chunk - 1) / chunk) { job -> Int? in
      let range = job * chunk..<min(values.count, (job + 1) * chunk)
      // A product with zero is zero unless the number is not finite: a few sums tell of all.
      var sums = SIMD4<Value>.zero
      for i in Swift.stride(from: range.lowerBound, to: range.upperBound, by: 4) {
        sums += SIMD4(values[i], values[i + 1], values[i + 2], values[i + 3]) * 0
      }
      return sums == .zero ? nil : range.first { !values[$0].isFinite }
    }
    return faults.lazy.compactMap { $0 }.first.map { ($0 / stride, $0 % stride) }
  }
}

import LinearAlgebra
import Parallelism

/// Columns of 0 and 1 of a design matrix, flags and marks of missing values: a few of them together as bits of a byte.
///
/// A pass over rows then looks a byte up in place of several numbers. Very many take a dense block, as their bytes would be
/// tabulated with each other.
struct MarkBlocks {
  /// The bytes of some rows, and the bit that says whether a row has a mark.
  @safe struct Bits {
    let bytes: UnsafeMutablePointer<UInt8>
    let bit: UInt8
  }

  /// Sets the bit of those of some rows that have a mark.
  typealias Mark = @Sendable (_ rows: Range<Int>, _ bits: Bits) -> Void

  let blocks: [DesignBlock]

  /// The columns up to which they are bits.
  static let mostBits = 60

  /// The rows whose bytes stay in the cache until every column has been there.
  private static let tile = 4096

  init(_ marks: [Mark], rowCount: Int, precision: DenseBlock.Precision) {
    guard marks.count <= Self.mostBits else {
      blocks = [
        .dense(
          DenseBlock(rowCount: rowCount, columns: marks.map(Self.fill), precision: precision))
      ]
      return
    }
    let width = SetBlock.patternColumns
    blocks = stride(from: 0, to: marks.count, by: width).map { first in
      let some = Array(marks[first..<min(first + width, marks.count)])
      return .sets(
        SetBlock(patterns: Self.patterns(some, rowCount: rowCount), columnCount: some.count))
    }
  }

  private static func patterns(_ marks: [Mark], rowCount: Int) -> [UInt8] {
    unsafe filled(rowCount) { range, target in
      unsafe target.initialize(repeating: 0, count: range.count)
      for first in stride(from: range.lowerBound, to: range.upperBound, by: tile) {
        let rows = first..<min(first + tile, range.upperBound)
        for (bit, mark) in marks.enumerated() {
          mark(rows, unsafe Bits(bytes: target + (first - range.lowerBound), bit: UInt8(bit)))
        }
      }
    }
  }

  /// A mark as numbers.
  private static func fill(_ mark: @escaping Mark) -> DenseBlock.Fill {
    { rows, values in
      unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: rows.count) { bytes in
        unsafe bytes.initialize(repeating: 0)
        guard let base = bytes.baseAddress else { return }
        mark(rows, unsafe Bits(bytes: base, bit: 0))
        for index in 0..<rows.count { values[index] = unsafe Double(bytes[index]) }
      }
    }
  }
}

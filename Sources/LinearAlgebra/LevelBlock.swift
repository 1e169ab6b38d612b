import Parallelism

/// A categorical column of a design matrix: one code a row, one coefficient a level.
///
/// Code 0 stands for a row without a coefficient (a reference level, or one that training never
/// saw); code k is the level of coefficient k - 1.
public struct LevelBlock: Sendable {
  /// The codes, in the narrowest type that holds them.
  enum Storage: Sendable {
    case bytes([UInt8])
    case shorts([UInt16])
    case words([UInt32])

    /// The number of rows.
    var count: Int {
      switch self {
      case .bytes(let codes): codes.count
      case .shorts(let codes): codes.count
      case .words(let codes): codes.count
      }
    }
  }

  /// The number of rows.
  public let rowCount: Int
  /// The number of levels, and of coefficients.
  public let levelCount: Int
  /// Whether a penalty may join levels: such a block's part of a Gram matrix is never eliminated.
  public let hasNeighbors: Bool
  let storage: Storage

  /// Creates a block from a code for each row.
  ///
  /// - Parameter hasNeighbors: Whether a penalty may join levels, as cells of a table.
  /// - Precondition: no code is above `levelCount`.
  public init(codes: [UInt32], levelCount: Int, hasNeighbors: Bool = false) {
    precondition(
      levelCount >= 0 && codes.allSatisfy { $0 <= levelCount },
      "a code is above the \(levelCount) levels")
    rowCount = codes.count
    self.levelCount = levelCount
    self.hasNeighbors = hasNeighbors
    storage =
      switch levelCount {
      case 0...255: .bytes(codes.map { UInt8(truncatingIfNeeded: $0) })
      case 256...65_535: .shorts(codes.map { UInt16(truncatingIfNeeded: $0) })
      default: .words(codes)
      }
  }

  /// Creates a block from codes of some rows of a table, each translated.
  ///
  /// - Parameters:
  ///   - recoding: The code of this block for each code of the table.
  ///   - rows: The rows of the table, in the order of this block.
  /// - Precondition: no translated code is above `levelCount`.
  public init(recoding: [UInt32], codes: [UInt16], rows: [Int], levelCount: Int) {
    self.init(recoding, any: codes, rows, levelCount)
  }

  /// The same of wide codes.
  public init(recoding: [UInt32], codes: [UInt32], rows: [Int], levelCount: Int) {
    self.init(recoding, any: codes, rows, levelCount)
  }

  private init(
    _ recoding: [UInt32], any codes: [some FixedWidthInteger & Sendable], _ rows: [Int],
    _ levelCount: Int
  ) {
    precondition(
      levelCount >= 0 && recoding.allSatisfy { $0 <= levelCount },
      "a code is above the \(levelCount) levels")
    rowCount = rows.count
    self.levelCount = levelCount
    hasNeighbors = false
    // Narrowed on the way: an array of wide codes would take 4 times the memory of most blocks.
    switch levelCount {
    case 0...255:
      let narrow = recoding.map { UInt8(truncatingIfNeeded: $0) }
      storage = .bytes(LevelBlock.translated(codes, of: rows, by: narrow))
    case 256...65_535:
      let narrow = recoding.map { UInt16(truncatingIfNeeded: $0) }
      storage = .shorts(LevelBlock.translated(codes, of: rows, by: narrow))
    default: storage = .words(LevelBlock.translated(codes, of: rows, by: recoding))
    }
  }

  private static func translated<Code: Sendable>(
    _ codes: [some FixedWidthInteger & Sendable], of rows: [Int], by recoding: [Code]
  ) -> [Code] {
    unsafe filled(rows.count) { range, target in
      for (place, row) in rows[range].enumerated() {
        unsafe (target + place).initialize(to: recoding[Int(codes[row])])
      }
    }
  }

  /// Takes stored codes over, which are those of a block like another.
  init(_ storage: Storage, rowCount: Int, like block: LevelBlock) {
    self.storage = storage
    self.rowCount = rowCount
    levelCount = block.levelCount
    hasNeighbors = block.hasNeighbors
  }

  /// The code of a row.
  public subscript(row: Int) -> Int {
    switch storage {
    case .bytes(let codes): Int(codes[row])
    case .shorts(let codes): Int(codes[row])
    case .words(let codes): Int(codes[row])
    }
  }

  /// The rows of the given numbers, in their order.
  public func rows(_ indices: [Int]) -> LevelBlock {
    let part: Storage =
      switch storage {
      case .bytes(let codes): .bytes(gathered(codes, indices))
      case .shorts(let codes): .shorts(gathered(codes, indices))
      case .words(let codes): .words(gathered(codes, indices))
      }
    return LevelBlock(part, rowCount: indices.count, like: self)
  }
}

import CKernels
import Parallelism

/// A block of a design matrix as passes over the rows take it, and where its coefficients are.
struct DesignPart: Sendable {
  let block: DesignBlock
  /// The columns of the matrix that are the block's, one range after another.
  let columns: [Range<Int>]

  /// The block's elements of a vector (p).
  func elements(of vector: [Double]) -> ArraySlice<Double> {
    columns.count == 1 ? vector[columns[0]] : columns.flatMap { vector[$0] }[...]
  }
}

extension DesignMatrix {
  /// The blocks as they are.
  static func parts(_ blocks: [DesignBlock], offsets: [Int]) -> [DesignPart] {
    zip(blocks, offsets).map { block, offset in
      DesignPart(block: block, columns: [offset..<offset + block.columnCount])
    }
  }

  /// The blocks of a matrix of many rows, those of few codes joined to some of more: what a row looks up and adds to takes
  /// the time of a pass, and of ten fields there are five or six left (7.8 ns a row, and 4.8).
  ///
  /// Each row's joined code is kept, 2 bytes more. Of few rows there are too few passes to pay for that.
  static func joinedParts(
    _ blocks: [DesignBlock], offsets: [Int], rowCount: Int
  ) -> [DesignPart] {
    let parts = parts(blocks, offsets: offsets)
    guard rowCount >= joinedRows else { return parts }
    let small = blocks.enumerated().compactMap { index, block in
      block.byteCodeCount.map { (index: index, codes: $0) }
    }
    // Each to the first group that has room for it, the largest first.
    var groups: [(members: [Int], codes: Int)] = []
    for (index, codes) in small.sorted(by: { ($0.codes, $1.index) > ($1.codes, $0.index) }) {
      if let group = groups.firstIndex(where: { $0.codes * codes <= joinedCodes }) {
        groups[group].members.append(index)
        groups[group].codes *= codes
      } else {
        groups.append(([index], codes))
      }
    }
    groups.removeAll { $0.members.count < 2 }
    let joined = Set(groups.flatMap(\.members))
    return parts.indices.filter { !joined.contains($0) }.map { parts[$0] }
      + groups.map { group in
        DesignPart(
          block: .sets(SetBlock(joining: group.members.map { blocks[$0] }, rowCount: rowCount)),
          columns: group.members.flatMap { parts[$0].columns })
      }
  }

  /// The rows from which on codes are joined.
  private static let joinedRows = 50_000

  /// The most codes of a joined block: its tables stay in the first-level cache.
  private static let joinedCodes = 2048
}

extension DesignBlock {
  /// How many codes a row may have, where they are kept in bytes; nil for another block.
  fileprivate var byteCodeCount: Int? {
    guard let codes, case .bytes = codes.storage else { return nil }
    return codes.codeCount
  }

  /// The columns that are 1 for each code that a row may have.
  fileprivate var columnsOfCodes: [[Int]] {
    switch self {
    case .levels(let levels): [[]] + (0..<levels.levelCount).map { [$0] }
    case .sets(let sets): sets.columns
    case .intercept, .dense, .hats: []
    }
  }
}

extension SetBlock {
  /// Joins blocks of levels or sets: what a row has of each is one set.
  ///
  /// - Precondition: there are no more combinations of codes than 65,536.
  fileprivate init(joining blocks: [DesignBlock], rowCount: Int) {
    var sets: [[UInt32]] = [[]]
    var columnCount = 0
    for block in blocks {
      let own = block.columnsOfCodes.map { $0.map { UInt32(columnCount + $0) } }
      sets = sets.flatMap { set in own.map { set + $0 } }
      columnCount += block.columnCount
    }
    self.init(sets: sets, codeCount: columnCount, storage: Self.joined(blocks, rowCount))
  }

  /// Codes of a row whose first block's change slowest.
  private static func joined(_ blocks: [DesignBlock], _ rowCount: Int) -> LevelBlock.Storage {
    let codes = blocks.compactMap(\.codes)
    return .shorts(
      unsafe filled(rowCount) { range, target in
        unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * RowChunks.tile) {
          room in
          guard let cells = room.baseAddress else { return }
          let next = unsafe cells + RowChunks.tile
          for tile in RowChunks.tiles(range) {
            for (place, block) in codes.enumerated() {
              unsafe block.widen(tile, to: place == 0 ? cells : next)
              if place > 0 {
                unsafe winnow_join(cells, next, UInt32(block.codeCount), tile.count, cells)
              }
            }
            let out = unsafe target + (tile.lowerBound - range.lowerBound)
            for i in 0..<tile.count { unsafe out[i] = UInt16(truncatingIfNeeded: cells[i]) }
          }
        }
      })
  }
}

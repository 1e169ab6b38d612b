/// The design matrix X (n x p) of a regression: blocks of columns over the same rows.
///
/// A solver knows it by three verbs alone: `times` (X v), `transposedTimes` (X' r) and `gram`
/// (X' diag(w) X). Results do not depend on the number of threads.
public struct DesignMatrix: Sendable {
  /// The blocks, in the order of their columns.
  public let blocks: [DesignBlock]
  /// The number of rows, n.
  public let rowCount: Int
  /// The number of columns, p.
  public let columnCount: Int
  /// The first column of each block.
  public let offsets: [Int]
  /// How its Gram matrices are computed.
  let plan: GramPlan
  /// The blocks as passes over the rows take them.
  let passParts: [DesignPart]

  /// Creates a design matrix.
  ///
  /// - Throws: `rowCountDiffers` for the first block whose rows are not `rowCount`, `notFinite` for
  ///   the first value that is not a finite number.
  public init(blocks: [DesignBlock], rowCount: Int) throws(DesignError) {
    var offsets: [Int] = []
    var offset = 0
    for (index, block) in blocks.enumerated() {
      if let found = block.rowCount, found != rowCount {
        throw .rowCountDiffers(block: index, found: found, expected: rowCount)
      }
      if case .dense(let dense) = block, let place = dense.firstNotFinite {
        throw .notFinite(block: index, row: place.row, column: place.column)
      }
      offsets.append(offset)
      offset += block.columnCount
    }
    self.blocks = blocks
    self.rowCount = rowCount
    self.offsets = offsets
    columnCount = offset
    plan = GramPlan(blocks.map(\.shape))
    passParts = Self.joinedParts(blocks, offsets: offsets, rowCount: rowCount)
  }

  /// The columns of dense blocks, whose Gram matrix grows with the square of their number.
  public var denseColumnCount: Int {
    blocks.reduce(0) { count, block in
      if case .dense(let dense) = block { count + dense.columnCount } else { count }
    }
  }

  /// This matrix with further level blocks behind its columns.
  ///
  /// - Precondition: they have as many rows.
  public func appending(_ levels: [LevelBlock]) -> DesignMatrix {
    precondition(levels.allSatisfy { $0.rowCount == rowCount }, "\(rowCount) rows are needed")
    return DesignMatrix(self, levels)
  }

  private init(_ design: DesignMatrix, _ levels: [LevelBlock]) {
    blocks = design.blocks + levels.map { .levels($0) }
    rowCount = design.rowCount
    var offset = design.columnCount
    offsets =
      design.offsets
      + levels.map { block in
        defer { offset += block.levelCount }
        return offset
      }
    columnCount = offset
    plan = GramPlan(blocks.map(\.shape))
    passParts =
      design.passParts
      + Self.parts(blocks, offsets: offsets).dropFirst(design.blocks.count)
  }

  /// Takes blocks over that are those of another matrix, but for their rows.
  init(_ blocks: [DesignBlock], rowCount: Int, like design: DesignMatrix) {
    self.blocks = blocks
    self.rowCount = rowCount
    offsets = design.offsets
    columnCount = design.columnCount
    plan = design.plan
    passParts = Self.joinedParts(blocks, offsets: offsets, rowCount: rowCount)
  }

  /// The columns of a block.
  public func columns(ofBlock index: Int) -> Range<Int> {
    offsets[index]..<offsets[index] + blocks[index].columnCount
  }

  /// One column as numbers (n).
  public func column(_ column: Int) -> [Double] {
    precondition((0..<columnCount).contains(column), "no column \(column) of \(columnCount)")
    guard let index = blocks.indices.first(where: { columns(ofBlock: $0).contains(column) }) else {
      return []
    }
    return blocks[index].column(column - offsets[index], rowCount: rowCount)
  }

  /// The matrix of the rows with the given numbers, in their order; a number may come repeatedly.
  public func rows(_ indices: [Int]) -> DesignMatrix {
    precondition(indices.allSatisfy { (0..<rowCount).contains($0) }, "no such row")
    return DesignMatrix(
      blocks.map { $0.rows(indices) }, rowCount: indices.count, like: self)
  }

  /// Some rows written out, each a column (p x m): for a few rows at a time.
  public func expanded(_ rows: some Collection<Int>) -> Matrix {
    var result = Matrix(rows: columnCount, columns: rows.count)
    for (place, row) in rows.enumerated() {
      for (block, offset) in zip(blocks, offsets) {
        switch block {
        case .intercept: result[offset, place] = 1
        case .dense(let dense):
          for j in 0..<dense.columnCount { result[offset + j, place] = dense[row, j] }
        case .levels(let levels):
          let code = levels[row]
          if code > 0 { result[offset + code - 1, place] = 1 }
        case .hats(let hats):
          let interval = hats.interval(row)
          guard interval > 0 else { continue }
          result[offset + interval - 1, place] = hats[row, interval - 1]
          result[offset + interval, place] = hats[row, interval]
        case .sets(let sets):
          for code in sets.codes(ofSet: sets.numbers[row]) {
            result[offset + Int(code), place] = 1
          }
        }
      }
    }
    return result
  }
}

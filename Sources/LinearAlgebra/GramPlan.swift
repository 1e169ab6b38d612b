/// A table of sums that a Gram matrix is made of.
enum GramTable: Sendable {
  /// Weights by the cells of one or more level blocks: from it come the blocks' own products and
  /// those of each pair of them.
  case cells([Int])
  /// Weighted values of some columns of a dense block, by the cells of one or more level blocks.
  case denseCells([Int], dense: Int, columns: Range<Int>)
  /// Weighted sums of a dense block: its products with an intercept.
  case denseSums(Int)
  /// Products of all dense columns with each other.
  case denseProducts
  /// The sum of the weights: the product of an intercept with itself.
  case weightSum
}

/// Which tables make up the Gram matrix of a design matrix.
///
/// Few tables are best. Every row costs one addition a table and not one a pair of blocks, so small
/// level blocks are tabulated together (a table of their joint cells), as long as it fits the cache.
struct GramPlan: Sendable {
  /// Cells of a joint table at most: 64 KiB.
  static let jointCells = 8192
  /// Cells of a bundle of small level blocks at most: about the root of `jointCells`.
  static let bundleCells = 90
  /// Sums of a joint table of dense columns at most: 32 KiB.
  static let jointSums = 4096
  /// Dense columns of one table at most.
  static let slab = 64

  /// What a plan knows of a block: not its rows, so that it also holds for a subset of them.
  enum Shape: Sendable {
    case intercept
    case dense(columnCount: Int)
    case levels(codeCount: Int, hasNeighbors: Bool)
    case hats(codeCount: Int)
    case sets(codeCount: Int)
    /// Sets of which there are so few that rows are tabulated by them, as by levels: a block of no rows.
    case fewSets(SetBlock)
  }

  let shapes: [Shape]
  /// The block whose part of the matrix stays diagonal.
  let eliminated: Int?
  /// Tables with the eliminated block, large: each is summed by one job over all rows.
  private(set) var borderTables: [GramTable] = []
  /// Tables of two blocks of many levels each: each is summed by one job over all rows, too.
  private(set) var largeTables: [GramTable] = []
  /// The other tables: all of them are summed by each job, over a chunk of the rows.
  private(set) var coreTables: [GramTable] = []
  /// Tables of hat blocks with themselves and all others: each is summed by one job over all rows.
  private(set) var hatTables: [HatTable] = []
  /// Tables of set blocks with themselves and all others, likewise.
  private(set) var setTables: [SetTable] = []

  /// The levels from which a block is worth eliminating.
  static let eliminationThreshold = 64

  /// The block to be eliminated: the largest level block, the first of equals, if it is large enough.
  static func eliminatedBlock(_ shapes: [Shape]) -> Int? {
    var best: Int?
    var most = eliminationThreshold
    for (index, shape) in shapes.enumerated() {
      guard case .levels(let codeCount, hasNeighbors: false) = shape, codeCount > most else {
        continue
      }
      best = index
      most = codeCount
    }
    return best
  }

  init(_ shapes: [Shape]) {
    self.shapes = shapes
    eliminated = Self.eliminatedBlock(shapes)
    planDense()
    planPairs()
    planBorder()
    hatTables = plannedHats()
    setTables = plannedSets()
  }

  /// The values that the code of a level block, or the number of one of few sets, may have; 0 for another block.
  func codeCount(_ index: Int) -> Int {
    switch shapes[index] {
    case .levels(let codeCount, _): codeCount
    case .fewSets(let sets): sets.setCount
    case .intercept, .dense, .hats, .sets: 0
    }
  }

  /// The columns that each code of such a block has, from 0 on.
  func columns(ofCodesIn index: Int) -> [[Int]] {
    switch shapes[index] {
    case .levels(let codeCount, _): (0..<codeCount).map { $0 > 0 ? [$0 - 1] : [] }
    case .fewSets(let sets): sets.columns
    case .intercept, .dense, .hats, .sets: []
    }
  }

  /// Sums by the codes of such a block as sums by its columns.
  func columnSums(_ sums: [Double], of index: Int) -> [Double] {
    if case .fewSets(let sets) = shapes[index] {
      sets.codeSums(sums)
    } else {
      Array(sums.dropFirst())
    }
  }

  /// The number of columns of such a block.
  func columnCount(ofCodesIn index: Int) -> Int {
    if case .fewSets(let sets) = shapes[index] { sets.codeCount } else { codeCount(index) - 1 }
  }

  /// The number of cells of a group of level blocks.
  func cellCount(_ group: [Int]) -> Int { group.reduce(1) { $0 * codeCount($1) } }

  /// The dense blocks with any columns.
  var denseBlocks: [Int] {
    shapes.indices.filter { denseColumns($0) > 0 }
  }

  /// The columns of a dense block; 0 for another block.
  func denseColumns(_ index: Int) -> Int {
    if case .dense(let columnCount) = shapes[index] { columnCount } else { 0 }
  }

  /// The same with those that fill its last panel up.
  func panelWidth(_ index: Int) -> Int { DenseBlock.panelWidth(denseColumns(index)) }

  /// The columns of ones.
  var intercepts: [Int] {
    shapes.indices.filter { if case .intercept = shapes[$0] { true } else { false } }
  }

  /// The level blocks of the core and those of few sets, from few codes to many.
  var coreLevels: [Int] {
    shapes.indices.filter { codeCount($0) > 1 && $0 != eliminated }
      .sorted { (codeCount($0), $0) < (codeCount($1), $1) }
  }

  /// Columns of a dense block in tables of not too many.
  func slabs(_ index: Int) -> [Range<Int>] {
    stride(from: 0, to: panelWidth(index), by: Self.slab).map {
      $0..<min($0 + Self.slab, panelWidth(index))
    }
  }

  private mutating func planDense() {
    if !intercepts.isEmpty {
      coreTables.append(.weightSum)
      coreTables += denseBlocks.map { .denseSums($0) }
    }
    if !denseBlocks.isEmpty { coreTables.append(.denseProducts) }
    for dense in denseBlocks {
      for slab in slabs(dense) {
        // Small level blocks share a table as long as their cells together stay few.
        var group: [Int] = []
        for level in coreLevels {
          if cellCount(group + [level]) * slab.count > Self.jointSums, !group.isEmpty {
            coreTables.append(.denseCells(group, dense: dense, columns: slab))
            group = []
          }
          group.append(level)
        }
        if !group.isEmpty { coreTables.append(.denseCells(group, dense: dense, columns: slab)) }
      }
    }
  }

  /// The level blocks of the core in bundles of few joint cells each.
  ///
  /// Two bundles fill a joint table, which then covers many pairs of blocks.
  private var bundles: [[Int]] {
    var result: [[Int]] = []
    for level in coreLevels {
      if let last = result.last, cellCount(last + [level]) <= Self.bundleCells {
        result[result.count - 1].append(level)
      } else {
        result.append([level])
      }
    }
    return result
  }

  /// Covers each pair of bundles by a table, the pairs with most cells first, and adds further
  /// bundles to it where they fit and have pairs left to cover.
  private mutating func planPairs() {
    let bundles = bundles
    var covered = Set<Pair>()
    for a in bundles.indices.reversed() {
      for b in bundles[..<a].indices.reversed() where !covered.contains(Pair(a, b)) {
        var members = [a, b]
        var group = bundles[a] + bundles[b]
        for c in bundles.indices where !members.contains(c) {
          guard cellCount(group + bundles[c]) <= Self.jointCells else { break }
          guard members.contains(where: { !covered.contains(Pair($0, c)) }) else { continue }
          members.append(c)
          group += bundles[c]
        }
        for c in members { for d in members { covered.insert(Pair(c, d)) } }
        if cellCount(group) > Self.jointCells {
          largeTables.append(.cells(group))
        } else {
          coreTables.append(.cells(group))
        }
      }
    }
    if let only = bundles.first, bundles.count == 1 { coreTables.append(.cells(only)) }
  }

  private mutating func planBorder() {
    guard let eliminated else { return }
    for dense in denseBlocks {
      borderTables += slabs(dense).map { .denseCells([eliminated], dense: dense, columns: $0) }
    }
    let levels = coreLevels.reversed()
    borderTables += levels.map { .cells([eliminated, $0]) }
    if levels.isEmpty { borderTables.append(.cells([eliminated])) }
  }

  /// Two bundles, in no order.
  private struct Pair: Hashable {
    let first: Int
    let second: Int

    init(_ a: Int, _ b: Int) {
      first = min(a, b)
      second = max(a, b)
    }
  }
}

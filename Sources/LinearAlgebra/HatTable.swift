/// A table of sums that holds the products of a hat block with other blocks.
enum HatTable: Sendable {
  /// Products of a block's own hats: neighbors alone meet in a row.
  case own(Int)
  /// Products of two hat blocks.
  case pair(Int, Int)
  /// Products with some level blocks, by their joint cells.
  case levels(Int, [Int])
  /// Products with some columns of a dense block.
  case dense(Int, dense: Int, columns: Range<Int>)
}

extension GramPlan {
  /// Sums of a joint table of hats and levels at most: 128 KiB.
  static let hatSums = 16_384

  /// The hat blocks.
  var hats: [Int] { shapes.indices.filter { hatCodes($0) > 0 } }

  /// The values that the code of a hat block may have; 0 for another block.
  func hatCodes(_ index: Int) -> Int {
    if case .hats(let codeCount) = shapes[index] { codeCount } else { 0 }
  }

  /// The tables of all hat blocks, those with most cells first.
  ///
  /// Each is summed by one job over all rows: the tables are many, and each alone fits the cache.
  func plannedHats() -> [HatTable] {
    var tables: [HatTable] = []
    for (place, hat) in hats.enumerated() {
      if let eliminated { tables.append(.levels(hat, [eliminated])) }
      for other in hats[..<place] { tables.append(.pair(other, hat)) }
      var group: [Int] = []
      for level in coreLevels {
        if !group.isEmpty, 2 * cellCount(group + [level]) * hatCodes(hat) > Self.hatSums {
          tables.append(.levels(hat, group))
          group = []
        }
        group.append(level)
      }
      if !group.isEmpty { tables.append(.levels(hat, group)) }
      for dense in denseBlocks {
        tables += slabs(dense).map { .dense(hat, dense: dense, columns: $0) }
      }
      tables.append(.own(hat))
    }
    let sized = tables.enumerated().sorted { (-sumCount($0.1), $0.0) < (-sumCount($1.1), $1.0) }
    return sized.map(\.element)
  }

  /// The sums that a table of a hat block takes.
  func sumCount(_ table: HatTable) -> Int {
    switch table {
    case .own(let hat): 4 * hatCodes(hat)
    case .pair(let first, let second): 4 * hatCodes(first) * hatCodes(second)
    case .levels(let hat, let group): 2 * hatCodes(hat) * cellCount(group)
    case .dense(let hat, _, let columns): 2 * hatCodes(hat) * columns.count
    }
  }
}

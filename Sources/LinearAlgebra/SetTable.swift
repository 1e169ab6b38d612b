/// A table of sums that holds the products of a set block with other blocks.
enum SetTable: Sendable {
  /// Weights by the block's sets: its products with itself and with an intercept.
  case own(Int)
  /// Products of two set blocks.
  case pair(Int, Int)
  /// Products with some level blocks, by their joint cells.
  case levels(Int, [Int])
  /// Products with a hat block.
  case hats(Int, Int)
  /// Products with some columns of a dense block.
  case dense(Int, dense: Int, columns: Range<Int>)
}

extension GramPlan {
  /// The set blocks with any codes.
  var sets: [Int] { shapes.indices.filter { setCodes($0) > 0 } }

  /// The codes of a set block; 0 for another block.
  func setCodes(_ index: Int) -> Int {
    if case .sets(let codeCount) = shapes[index] { codeCount } else { 0 }
  }

  /// The tables of all set blocks, those with most sums first.
  ///
  /// Each is summed by one job over all rows, as those of hat blocks are.
  func plannedSets() -> [SetTable] {
    var tables: [SetTable] = []
    for (place, set) in sets.enumerated() {
      if let eliminated { tables.append(.levels(set, [eliminated])) }
      for other in sets[..<place] { tables.append(.pair(other, set)) }
      tables += hats.map { .hats(set, $0) }
      var group: [Int] = []
      for level in coreLevels {
        if !group.isEmpty, cellCount(group + [level]) * setCodes(set) > Self.hatSums {
          tables.append(.levels(set, group))
          group = []
        }
        group.append(level)
      }
      if !group.isEmpty { tables.append(.levels(set, group)) }
      for dense in denseBlocks {
        tables += slabs(dense).map { .dense(set, dense: dense, columns: $0) }
      }
      tables.append(.own(set))
    }
    let sized = tables.enumerated().sorted { (-sumCount($0.1), $0.0) < (-sumCount($1.1), $1.0) }
    return sized.map(\.element)
  }

  /// The sums that a table of a set block takes; those by its own sets are not counted.
  func sumCount(_ table: SetTable) -> Int {
    switch table {
    case .own: 0
    case .pair(let first, let second): setCodes(first) * setCodes(second)
    case .levels(let set, let group): setCodes(set) * cellCount(group)
    case .hats(let set, let hat): 2 * setCodes(set) * hatCodes(hat)
    case .dense(let set, _, let columns): setCodes(set) * columns.count
    }
  }
}

/// A table of a Gram matrix, and where its sums are among those of a job.
struct PlacedTable: Sendable {
  let kind: GramTable
  let sums: SumTable
}

extension GramPlan {
  /// The width of all dense blocks together, filled up.
  var denseWidth: Int {
    denseBlocks.reduce(0) { $0 + panelWidth($1) }
  }

  /// Tables one after another.
  ///
  /// - Precondition: 32 bits can number the cells of each; a table of more would fit no memory.
  func placed(_ tables: [GramTable]) -> (tables: [PlacedTable], size: Int) {
    var size = 0
    let placed = tables.map { kind in
      let sums =
        switch kind {
        case .cells(let group): SumTable(at: size, cells: numbered(cellCount(group)))
        case .denseCells(let group, _, let columns):
          SumTable(at: size, width: cellCount(group) * columns.count)
        case .denseSums(let index): SumTable(at: size, width: panelWidth(index))
        case .denseProducts: SumTable(at: size, width: denseWidth * denseWidth)
        case .weightSum: SumTable(at: size, width: 8)
        }
      size += sums.count
      return PlacedTable(kind: kind, sums: sums)
    }
    return (placed, size)
  }

  private func numbered(_ cells: Int) -> Int {
    precondition(cells <= Int(UInt32.max), "two level blocks have \(cells) joint cells: too many")
    return cells
  }
}

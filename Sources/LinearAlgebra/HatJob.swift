import CKernels

/// The summation of one table of a hat block over all rows, a tile of rows at a time.
@safe struct HatJob: ~Copyable {
  private let plan: GramPlan
  private let blocks: [DesignBlock]
  private let weights: [Double]
  private let codes = TileCodes()
  /// The dense values of a few rows times weights.
  private let panels = AlignedBuffer(uninitialized: DenseBlock.panelRows * GramPlan.slab)

  init(_ plan: GramPlan, _ blocks: [DesignBlock], weights: [Double]) {
    self.plan = plan
    self.blocks = blocks
    self.weights = weights
  }

  /// The sums of a table.
  func sums(of table: HatTable) -> [Double] {
    let sums = AlignedBuffer(count: plan.sumCount(table))
    for tile in RowChunks.tiles(0..<weights.count) { add(tile, of: table, to: sums) }
    return sums.elements
  }

  private func add(_ tile: Range<Int>, of table: HatTable, to sums: AlignedBuffer) {
    let (first, count) = (tile.lowerBound, tile.count)
    switch table {
    case .own(let index):
      guard case .hats(let hat) = blocks[index] else { return }
      unsafe hat.widen(tile, to: codes.first)
      unsafe winnow_hat_squares(codes.first, hat.fractions, weights, first, count, sums.base)
    case .pair(let index, let other):
      guard case .hats(let hat) = blocks[index], case .hats(let second) = blocks[other] else {
        return
      }
      unsafe hat.widen(tile, to: codes.first)
      unsafe second.widen(tile, to: codes.second)
      unsafe winnow_hat_pairs(
        codes.first, hat.fractions, codes.second, second.fractions, UInt32(second.codeCount),
        weights, first,
        count, sums.base)
    case .levels(let index, let group):
      guard case .hats(let hat) = blocks[index] else { return }
      unsafe codes.join(group, of: blocks, tile, to: codes.first)
      unsafe hat.widen(tile, to: codes.second)
      unsafe winnow_join(
        codes.first, codes.second, UInt32(hat.codeCount), count, codes.first)
      unsafe winnow_hat_sums_32(codes.first, hat.fractions, weights, first, count, sums.base)
    case .dense(let index, let other, let columns):
      guard case .hats(let hat) = blocks[index], case .dense(let dense) = blocks[other] else {
        return
      }
      unsafe hat.widen(tile, to: codes.first)
      for rows in RowChunks.tiles(tile, of: DenseBlock.panelRows) {
        unsafe dense.pack(rows, weights, columns: columns, weighted: panels.base)
        unsafe winnow_panel_hat_sums(
          codes.first + (rows.lowerBound - first), hat.fractions, rows.lowerBound, panels.base,
          rows.count, columns.count / 4, sums.base)
      }
    }
  }
}

import CKernels

/// The summation of one table of a hat block over all rows, a tile of rows at a time.
@safe struct HatJob: ~Copyable {
  private let plan: GramPlan
  private let blocks: [DesignBlock]
  private let weights: [Double]
  private let codes = TileCodes()

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
      unsafe winnow_join(codes.first, codes.second, UInt32(hat.codeCount), count)
      unsafe winnow_hat_sums_32(codes.first, hat.fractions, weights, first, count, sums.base)
    case .dense(let index, let other, let columns):
      guard case .hats(let hat) = blocks[index], case .dense(let dense) = blocks[other] else {
        return
      }
      unsafe hat.widen(tile, to: codes.first)
      unsafe dense.addHatSums(
        tile, weights, hat, codes: codes.first, columns: columns, to: sums.base)
    }
  }

}

extension DenseBlock {
  /// Adds the weighted sums of some rows and columns to `target`, by a hat block's intervals.
  @unsafe func addHatSums(
    _ rows: Range<Int>, _ weights: [Double], _ hat: HatBlock, codes: UnsafePointer<UInt32>,
    columns: Range<Int>, to target: UnsafeMutablePointer<Double>
  ) {
    switch storage {
    case .single(let x):
      unsafe winnow_hat_dense_sums_32(
        codes, hat.fractions, weights, x, rows.lowerBound, rows.count, stride, columns.lowerBound,
        columns.count, target)
    case .double(let x):
      unsafe winnow_hat_dense_sums_64(
        codes, hat.fractions, weights, x, rows.lowerBound, rows.count, stride, columns.lowerBound,
        columns.count, target)
    }
  }
}

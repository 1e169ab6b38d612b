import CKernels

/// The summation of one table of a hat block over all rows, a tile of rows at a time.
@safe struct HatJob: ~Copyable {
  private let plan: GramPlan
  private let blocks: [DesignBlock]
  private let weights: [Double]
  private let codes: UnsafeMutablePointer<UInt32>
  private let others: UnsafeMutablePointer<UInt32>
  private let spare: UnsafeMutablePointer<UInt32>

  init(_ plan: GramPlan, _ blocks: [DesignBlock], weights: [Double]) {
    self.plan = plan
    self.blocks = blocks
    self.weights = weights
    unsafe codes = .allocate(capacity: RowChunks.tile)
    unsafe others = .allocate(capacity: RowChunks.tile)
    unsafe spare = .allocate(capacity: RowChunks.tile)
  }

  deinit {
    unsafe codes.deallocate()
    unsafe others.deallocate()
    unsafe spare.deallocate()
  }

  /// The sums of a table.
  func sums(of table: HatTable) -> [Double] {
    let sums = AlignedBuffer(count: plan.sumCount(table))
    for tile in RowChunks.tiles(0..<weights.count) { add(tile, of: table, to: sums) }
    return unsafe Array(UnsafeBufferPointer(start: sums.base, count: sums.count))
  }

  private func add(_ tile: Range<Int>, of table: HatTable, to sums: AlignedBuffer) {
    let (first, count) = (tile.lowerBound, tile.count)
    switch table {
    case .own(let index):
      guard case .hats(let hat) = blocks[index] else { return }
      unsafe hat.widen(tile, to: codes)
      unsafe winnow_hat_squares(codes, hat.fractions, weights, first, count, sums.base)
    case .pair(let index, let other):
      guard case .hats(let hat) = blocks[index], case .hats(let second) = blocks[other] else {
        return
      }
      unsafe hat.widen(tile, to: codes)
      unsafe second.widen(tile, to: others)
      unsafe winnow_hat_pairs(
        codes, hat.fractions, others, second.fractions, UInt32(second.codeCount), weights, first,
        count, sums.base)
    case .levels(let index, let group):
      guard case .hats(let hat) = blocks[index] else { return }
      join(group, tile)
      unsafe hat.widen(tile, to: others)
      unsafe winnow_join(codes, others, UInt32(hat.codeCount), count)
      unsafe winnow_hat_sums(codes, hat.fractions, weights, first, count, sums.base)
    case .dense(let index, let other, let columns):
      guard case .hats(let hat) = blocks[index], case .dense(let dense) = blocks[other] else {
        return
      }
      unsafe hat.widen(tile, to: codes)
      unsafe dense.addHatSums(tile, weights, hat, codes: codes, columns: columns, to: sums.base)
    }
  }

  /// Writes the joint cells of some level blocks to `codes`, the last block fastest.
  private func join(_ group: [Int], _ tile: Range<Int>) {
    for (place, level) in group.enumerated() {
      guard case .levels(let block) = blocks[level] else { continue }
      unsafe block.widen(tile, to: place == 0 ? codes : spare)
      if place > 0 { unsafe winnow_join(codes, spare, UInt32(block.codeCount), tile.count) }
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

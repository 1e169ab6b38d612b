import CKernels

/// The summation of tables over some rows, a tile of rows at a time.
@safe struct GramJob: ~Copyable {
  private let plan: GramPlan
  private let blocks: [DesignBlock]
  private let weights: [Double]
  /// The codes of each level block that some table needs, a tile each.
  private let codes: UnsafeMutablePointer<UInt32>
  private let levels: [Int]
  private let cells: UnsafeMutablePointer<UInt32>
  /// The dense values of a few rows in panels, as they are and times weights.
  private let panels: AlignedBuffer
  private let weighted: AlignedBuffer
  private static let panelRows = 64

  init(_ plan: GramPlan, _ blocks: [DesignBlock], tables: [PlacedTable], weights: [Double]) {
    self.plan = plan
    self.blocks = blocks
    self.weights = weights
    var levels = Set<Int>()
    var width = 0
    for table in tables {
      switch table.kind {
      case .cells(let group), .denseCells(let group, _, _): levels.formUnion(group)
      case .denseProducts: width = plan.denseWidth
      case .denseSums, .weightSum: break
      }
    }
    self.levels = levels.sorted()
    unsafe codes = .allocate(capacity: RowChunks.tile * levels.count)
    unsafe cells = .allocate(capacity: RowChunks.tile)
    panels = AlignedBuffer(count: Self.panelRows * width)
    weighted = AlignedBuffer(count: Self.panelRows * width)
  }

  deinit {
    unsafe codes.deallocate()
    unsafe cells.deallocate()
  }

  /// Adds the sums over some rows to those of the tables.
  func add(_ rows: Range<Int>, of tables: [PlacedTable], to sums: AlignedBuffer) {
    for tile in RowChunks.tiles(rows) {
      for (place, level) in levels.enumerated() {
        guard let block = blocks[level].codes else { continue }
        unsafe block.widen(tile, to: codes + place * RowChunks.tile)
      }
      for table in tables { unsafe add(tile, of: table, to: sums.base + table.sums.offset) }
    }
  }

  private func add(
    _ tile: Range<Int>, of table: PlacedTable, to target: UnsafeMutablePointer<Double>
  ) {
    switch table.kind {
    case .cells(let group):
      unsafe winnow_cell_sums_32(
        joined(group, tile.count), weights, tile.lowerBound, tile.count, table.sums.copies,
        table.sums.width, target)
    case .denseCells(let group, let index, let columns):
      guard case .dense(let dense) = blocks[index] else { return }
      unsafe dense.addSums(
        tile, weights, cells: joined(group, tile.count), columns: columns, to: target)
    case .denseSums(let index):
      guard case .dense(let dense) = blocks[index] else { return }
      unsafe dense.addSums(tile, weights, to: target)
    case .denseProducts: unsafe addProducts(tile, to: target)
    case .weightSum:
      unsafe weights.withUnsafeBufferPointer { weights in
        guard let base = weights.baseAddress else { return }
        unsafe winnow_lane_sums(base + tile.lowerBound, tile.count, target)
      }
    }
  }

  /// The cells of a tile's rows in the joint table of some level blocks, the last block fastest.
  private func joined(_ group: [Int], _ count: Int) -> UnsafePointer<UInt32> {
    let first = unsafe codes(of: group[0])
    guard group.count > 1 else { return unsafe UnsafePointer(first) }
    unsafe cells.update(from: first, count: count)
    for level in group.dropFirst() {
      unsafe winnow_join(cells, codes(of: level), UInt32(plan.codeCount(level)), count)
    }
    return unsafe UnsafePointer(cells)
  }

  private func codes(of level: Int) -> UnsafeMutablePointer<UInt32> {
    unsafe codes + (levels.firstIndex(of: level) ?? 0) * RowChunks.tile
  }

  /// Adds the products of the dense columns with each other.
  private func addProducts(_ tile: Range<Int>, to target: UnsafeMutablePointer<Double>) {
    for first in stride(from: tile.lowerBound, to: tile.upperBound, by: Self.panelRows) {
      let rows = first..<min(first + Self.panelRows, tile.upperBound)
      var column = 0
      for index in plan.denseBlocks {
        guard case .dense(let dense) = blocks[index] else { continue }
        let place = column * rows.count
        unsafe dense.pack(rows, weights, to: panels.base + place, weighted: weighted.base + place)
        column += dense.stride
      }
      unsafe winnow_panel_products(panels.base, weighted.base, rows.count, column / 4, target)
    }
  }
}

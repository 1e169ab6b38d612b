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
  private let dense: [PackedColumns]
  /// The dense values of a few rows in panels, times weights and, for products, as they are.
  private let weighted: AlignedBuffer
  private let plain: AlignedBuffer
  private let hasProducts: Bool

  /// The columns of a dense block that some table needs, and how many columns are packed before them.
  private struct PackedColumns {
    let index: Int
    let columns: Range<Int>
    let offset: Int
  }

  init(_ plan: GramPlan, _ blocks: [DesignBlock], tables: [PlacedTable], weights: [Double]) {
    self.plan = plan
    self.blocks = blocks
    self.weights = weights
    var levels = Set<Int>()
    var ranges: [Int: Range<Int>] = [:]
    var hasProducts = false
    func need(_ index: Int, _ columns: Range<Int>) {
      let known = ranges[index] ?? columns
      ranges[index] =
        min(known.lowerBound, columns.lowerBound)..<max(known.upperBound, columns.upperBound)
    }
    for table in tables {
      switch table.kind {
      case .cells(let group): levels.formUnion(group)
      case .denseCells(let group, let index, let columns):
        levels.formUnion(group)
        need(index, columns)
      case .denseSums(let index): need(index, 0..<plan.panelWidth(index))
      case .denseProducts:
        hasProducts = true
        for index in plan.denseBlocks { need(index, 0..<plan.panelWidth(index)) }
      case .weightSum: break
      }
    }
    var width = 0
    dense = ranges.sorted { $0.key < $1.key }.map { index, columns in
      defer { width += columns.count }
      return PackedColumns(index: index, columns: columns, offset: width)
    }
    self.levels = levels.sorted()
    self.hasProducts = hasProducts
    unsafe codes = .allocate(capacity: RowChunks.tile * levels.count)
    unsafe cells = .allocate(capacity: RowChunks.tile)
    weighted = AlignedBuffer(uninitialized: DenseBlock.panelRows * width)
    plain = AlignedBuffer(uninitialized: hasProducts ? DenseBlock.panelRows * width : 0)
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
      guard !dense.isEmpty else { continue }
      for some in RowChunks.tiles(tile, of: DenseBlock.panelRows) {
        pack(some)
        let place = some.lowerBound - tile.lowerBound
        for table in tables {
          unsafe addDense(place, some.count, of: table, to: sums.base + table.sums.offset)
        }
      }
    }
  }

  /// Adds to a table that needs no dense values.
  private func add(
    _ tile: Range<Int>, of table: PlacedTable, to target: UnsafeMutablePointer<Double>
  ) {
    switch table.kind {
    case .cells(let group):
      unsafe winnow_cell_sums_32(
        joined(group, 0, tile.count), weights, tile.lowerBound, tile.count, table.sums.copies,
        table.sums.width, target)
    case .weightSum:
      unsafe weights.withUnsafeBufferPointer { weights in
        guard let base = weights.baseAddress else { return }
        unsafe winnow_lane_sums(base + tile.lowerBound, tile.count, target)
      }
    case .denseCells, .denseSums, .denseProducts: break
    }
  }

  /// Adds the rows that are packed to a table that needs dense values.
  ///
  /// - Parameter place: Where in the tile the first of them is.
  private func addDense(
    _ place: Int, _ count: Int, of table: PlacedTable, to target: UnsafeMutablePointer<Double>
  ) {
    switch table.kind {
    case .denseCells(let group, let index, let columns):
      unsafe winnow_panel_cell_sums(
        joined(group, place, count), panels(index, from: columns.lowerBound, rows: count), count,
        columns.count / 4, target)
    case .denseSums(let index):
      unsafe winnow_panel_sums(
        panels(index, from: 0, rows: count), count, plan.panelWidth(index) / 4, target)
    case .denseProducts:
      unsafe winnow_panel_products(
        plain.base, weighted.base, count, plan.denseWidth / 4, target)
    case .cells, .weightSum: break
    }
  }

  /// Writes the dense values of some rows in panels.
  private func pack(_ rows: Range<Int>) {
    for packed in dense {
      guard case .dense(let block) = blocks[packed.index] else { continue }
      let start = packed.offset * rows.count
      unsafe block.pack(
        rows, weights, columns: packed.columns, weighted: weighted.base + start,
        plain: hasProducts ? plain.base + start : nil)
    }
  }

  /// Where the weighted panels of a dense block begin, from a column on.
  private func panels(
    _ index: Int, from column: Int, rows: Int
  ) -> UnsafePointer<Double> {
    let packed = dense.first { $0.index == index }
    let before = packed.map { $0.offset + column - $0.columns.lowerBound } ?? 0
    return unsafe UnsafePointer(weighted.base + before * rows)
  }

  /// The cells of some of a tile's rows in the joint table of some level blocks, the last block fastest.
  ///
  /// - Parameter place: Where in the tile the first of them is.
  private func joined(_ group: [Int], _ place: Int, _ count: Int) -> UnsafePointer<UInt32> {
    var joined = unsafe UnsafePointer(codes(of: group[0]) + place)
    for level in group.dropFirst() {
      unsafe winnow_join(
        joined, codes(of: level) + place, UInt32(plan.codeCount(level)), count, cells)
      unsafe joined = UnsafePointer(cells)
    }
    return unsafe joined
  }

  private func codes(of level: Int) -> UnsafeMutablePointer<UInt32> {
    unsafe codes + (levels.firstIndex(of: level) ?? 0) * RowChunks.tile
  }
}

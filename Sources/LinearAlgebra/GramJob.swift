import CKernels

/// The summation of tables over some rows, a tile of rows at a time.
@safe struct GramJob: ~Copyable {
  private let blocks: [DesignBlock]
  private let weights: [Double]
  /// The level blocks that some table needs, and their codes, a tile each.
  private let levels: [LevelBlock]
  private let codes: UnsafeMutablePointer<UInt32>
  private let cells: UnsafeMutablePointer<UInt32>
  private let dense: [PackedColumns]
  /// The dense values of a few rows in panels, times weights and, for products, as they are.
  private let weighted: AlignedBuffer
  private let plain: AlignedBuffer
  private let hasProducts: Bool
  /// What is done with each tile, and with each few rows of it whose dense values are packed.
  private let tileSteps, panelSteps: [Step]
  private let joins: [Join]

  /// The columns of a dense block that some table needs, and how many columns are packed before them.
  private struct PackedColumns {
    let index: Int
    let columns: Range<Int>
    let offset: Int
  }

  /// What a table asks of some rows.
  ///
  /// Tables name blocks in arrays; this names places, as it is read for every few rows.
  private enum Step: BitwiseCopyable {
    case cells(JointCodes, SumTable)
    case weightSum(SumTable)
    /// Sums of so many panels from a packed column on.
    case panelCells(JointCodes, column: Int, panels: Int, SumTable)
    case panelSums(column: Int, panels: Int, SumTable)
    case panelProducts(panels: Int, SumTable)
  }

  /// The first of some level blocks' codes, and which of `joins` are joined to them.
  private struct JointCodes: BitwiseCopyable {
    let first, firstJoin, endOfJoins: Int
  }

  /// Where codes are, and the values that they may have.
  private struct Join: BitwiseCopyable {
    let place: Int
    let width: UInt32
  }

  init(_ plan: GramPlan, _ blocks: [DesignBlock], tables: [PlacedTable], weights: [Double]) {
    self.blocks = blocks
    self.weights = weights
    var needed = Set<Int>()
    var ranges: [Int: Range<Int>] = [:]
    var hasProducts = false
    func need(_ index: Int, _ columns: Range<Int>) {
      let known = ranges[index] ?? columns
      ranges[index] =
        min(known.lowerBound, columns.lowerBound)..<max(known.upperBound, columns.upperBound)
    }
    for table in tables {
      switch table.kind {
      case .cells(let group): needed.formUnion(group)
      case .denseCells(let group, let index, let columns):
        needed.formUnion(group)
        need(index, columns)
      case .denseSums(let index): need(index, 0..<plan.panelWidth(index))
      case .denseProducts:
        hasProducts = true
        for index in plan.denseBlocks { need(index, 0..<plan.panelWidth(index)) }
      case .weightSum: break
      }
    }
    // A block without codes is one of sets that are more than few, which no table names.
    let coded = needed.sorted().compactMap { index in blocks[index].codes.map { (index, $0) } }
    var width = 0
    dense = ranges.sorted { $0.key < $1.key }.map { index, columns in
      defer { width += columns.count }
      return PackedColumns(index: index, columns: columns, offset: width)
    }
    levels = coded.map(\.1)
    self.hasProducts = hasProducts
    unsafe codes = .allocate(capacity: RowChunks.tile * levels.count)
    unsafe cells = .allocate(capacity: RowChunks.tile)
    weighted = AlignedBuffer(uninitialized: DenseBlock.panelRows * width)
    plain = AlignedBuffer(uninitialized: hasProducts ? DenseBlock.panelRows * width : 0)

    let places = Dictionary(
      uniqueKeysWithValues: coded.enumerated().map { ($1.0, $0 * RowChunks.tile) })
    let packed = Dictionary(uniqueKeysWithValues: dense.map { ($0.index, $0) })
    var (tileSteps, panelSteps): ([Step], [Step]) = ([], [])
    var joins: [Join] = []
    func joint(_ group: [Int]) -> JointCodes {
      let first = joins.count
      joins += group.dropFirst().map {
        Join(place: places[$0] ?? 0, width: UInt32(plan.codeCount($0)))
      }
      return JointCodes(
        first: places[group[0]] ?? 0, firstJoin: first, endOfJoins: joins.count)
    }
    func column(_ index: Int, from column: Int) -> Int {
      packed[index].map { $0.offset + column - $0.columns.lowerBound } ?? 0
    }
    for table in tables {
      let sums = table.sums
      switch table.kind {
      case .cells(let group): tileSteps.append(.cells(joint(group), sums))
      case .weightSum: tileSteps.append(.weightSum(sums))
      case .denseCells(let group, let index, let columns):
        panelSteps.append(
          .panelCells(
            joint(group), column: column(index, from: columns.lowerBound),
            panels: columns.count / 4, sums))
      case .denseSums(let index):
        panelSteps.append(
          .panelSums(column: column(index, from: 0), panels: plan.panelWidth(index) / 4, sums))
      case .denseProducts:
        panelSteps.append(.panelProducts(panels: plan.denseWidth / 4, sums))
      }
    }
    (self.tileSteps, self.panelSteps, self.joins) = (tileSteps, panelSteps, joins)
  }

  deinit {
    unsafe codes.deallocate()
    unsafe cells.deallocate()
  }

  /// Adds the sums over some rows to those of the tables.
  func add(_ rows: Range<Int>, to sums: AlignedBuffer) {
    for tile in RowChunks.tiles(rows) {
      for (place, block) in levels.enumerated() {
        unsafe block.widen(tile, to: codes + place * RowChunks.tile)
      }
      for step in tileSteps { add(step, tile.lowerBound, 0, tile.count, to: sums) }
      guard !dense.isEmpty else { continue }
      for some in RowChunks.tiles(tile, of: DenseBlock.panelRows) {
        pack(some)
        let place = some.lowerBound - tile.lowerBound
        for step in panelSteps { add(step, some.lowerBound, place, some.count, to: sums) }
      }
    }
  }

  /// Adds some rows of a tile to a table.
  ///
  /// - Parameters:
  ///   - first: The first of the rows.
  ///   - place: Where in the tile it is.
  private func add(
    _ step: Step, _ first: Int, _ place: Int, _ count: Int, to sums: AlignedBuffer
  ) {
    switch step {
    case .cells(let group, let table):
      unsafe winnow_cell_sums_32(
        joined(group, place, count), weights, first, count, table.copies, table.width,
        sums.base + table.offset)
    case .weightSum(let table):
      unsafe weights.withUnsafeBufferPointer { weights in
        guard let base = weights.baseAddress else { return }
        unsafe winnow_lane_sums(base + first, count, sums.base + table.offset)
      }
    case .panelCells(let group, let column, let panels, let table):
      unsafe winnow_panel_cell_sums(
        joined(group, place, count), weighted.base + column * count, count, panels,
        sums.base + table.offset)
    case .panelSums(let column, let panels, let table):
      unsafe winnow_panel_sums(
        weighted.base + column * count, count, panels, sums.base + table.offset)
    case .panelProducts(let panels, let table):
      unsafe winnow_panel_products(
        plain.base, weighted.base, count, panels, sums.base + table.offset)
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

  /// The cells of some of a tile's rows in the joint table of some level blocks, the last block fastest.
  ///
  /// - Parameter place: Where in the tile the first of them is.
  private func joined(_ group: JointCodes, _ place: Int, _ count: Int) -> UnsafePointer<UInt32> {
    var joined = unsafe UnsafePointer(codes + group.first + place)
    for index in group.firstJoin..<group.endOfJoins {
      let join = joins[index]
      unsafe winnow_join(joined, codes + join.place + place, join.width, count, cells)
      unsafe joined = UnsafePointer(cells)
    }
    return unsafe joined
  }
}

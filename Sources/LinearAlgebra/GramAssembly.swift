/// The core of a Gram matrix, put together from tables of sums.
struct GramAssembly {
  private let plan: GramPlan
  /// The first column of each block in the core.
  private let offsets: [Int]
  private(set) var core: Matrix
  private var done = Set<[Int]>()

  init(_ plan: GramPlan, offsets: [Int], size: Int) {
    self.plan = plan
    self.offsets = offsets
    core = Matrix(rows: size, columns: size)
  }

  /// Puts the sums of a table where they belong.
  mutating func take(_ table: PlacedTable, from sums: [Double]) {
    let values = table.sums.read(sums)
    switch table.kind {
    case .cells(let group): takeCells(group, values)
    case .denseCells(let group, let dense, let columns): takeVectors(group, dense, columns, values)
    case .denseSums(let dense):
      for intercept in plan.intercepts {
        for j in 0..<plan.denseColumns(dense) {
          set(offsets[dense] + j, offsets[intercept], values[j])
        }
      }
    case .denseProducts: takeProducts(values)
    case .weightSum:
      let sum = values.reduce(0, +)
      for a in plan.intercepts { for b in plan.intercepts { set(offsets[a], offsets[b], sum) } }
    }
  }

  /// Puts the products of a hat block where they belong.
  mutating func take(_ products: HatProducts) {
    let row = offsets[products.hat]
    let column = offsets[products.other] + products.column
    for (place, value) in products.values.enumerated() {
      set(row + place / products.width, column + place % products.width, value)
    }
  }

  /// Puts the products of a set block where they belong.
  mutating func take(_ products: SetProducts) {
    let row = offsets[products.set]
    let column = offsets[products.other] + products.column
    for (place, value) in products.values.enumerated() {
      set(row + place / products.width, column + place % products.width, value)
    }
  }

  private mutating func set(_ i: Int, _ j: Int, _ value: Double) {
    core[i, j] = value
    core[j, i] = value
  }

  /// - Precondition: The two columns differ.
  private mutating func add(_ i: Int, _ j: Int, _ value: Double) {
    core[i, j] += value
    core[j, i] += value
  }

  private mutating func takeCells(_ group: [Int], _ values: [Double]) {
    let table = CellTable(sizes: group.map(plan.codeCount), sums: values)
    for (first, a) in group.enumerated() {
      if done.insert([a]).inserted { takeOwn(a, table.sums(at: first)) }
      for (second, b) in group.enumerated().dropFirst(first + 1) {
        guard done.insert([min(a, b), max(a, b)]).inserted else { continue }
        takePair(a, b, table.sums(at: first, and: second))
      }
    }
  }

  /// Takes the sums of one block's codes.
  private mutating func takeOwn(_ block: Int, _ sums: [Double]) {
    for (columns, sum) in zip(plan.columns(ofCodesIn: block), sums) {
      for i in columns {
        for j in columns { core[offsets[block] + i, offsets[block] + j] += sum }
        for intercept in plan.intercepts { add(offsets[block] + i, offsets[intercept], sum) }
      }
    }
  }

  /// Takes the sums of two blocks' joint codes, those of the second changing fastest.
  private mutating func takePair(_ a: Int, _ b: Int, _ sums: [Double]) {
    let width = plan.codeCount(b)
    if case .levels = plan.shapes[a], case .levels = plan.shapes[b] {
      for k in 1..<plan.codeCount(a) {
        for l in 1..<width { set(offsets[a] + k - 1, offsets[b] + l - 1, sums[k * width + l]) }
      }
      return
    }
    // First by the columns of the one block, then by those of the other.
    var byRow = [[Double]](
      repeating: [Double](repeating: 0, count: width), count: plan.columnCount(ofCodesIn: a))
    for (k, columns) in plan.columns(ofCodesIn: a).enumerated() {
      for i in columns { for l in 0..<width { byRow[i][l] += sums[k * width + l] } }
    }
    for (i, row) in byRow.enumerated() {
      for (j, sum) in plan.columnSums(row, of: b).enumerated() {
        set(offsets[a] + i, offsets[b] + j, sum)
      }
    }
  }

  private mutating func takeVectors(
    _ group: [Int], _ dense: Int, _ columns: Range<Int>, _ values: [Double]
  ) {
    let sizes = group.map(plan.codeCount)
    let used = columns.clamped(to: 0..<plan.denseColumns(dense))
    for (place, level) in group.enumerated() {
      let table = CellTable.vectors(values, sizes: sizes, at: place, width: columns.count)
      for (k, own) in plan.columns(ofCodesIn: level).enumerated() {
        for i in own {
          for j in used {
            let value = table[k * columns.count + j - columns.lowerBound]
            add(offsets[dense] + j, offsets[level] + i, value)
          }
        }
      }
    }
  }

  private mutating func takeProducts(_ values: [Double]) {
    let width = plan.denseWidth
    // The columns of the dense blocks in the table and in the core; the table's are filled up.
    var columns: [(table: Int, core: Int)] = []
    var start = 0
    for index in plan.denseBlocks {
      columns += (0..<plan.denseColumns(index)).map { (start + $0, offsets[index] + $0) }
      start += plan.panelWidth(index)
    }
    for (place, column) in columns.enumerated() {
      for row in columns[place...] {
        set(row.core, column.core, values[column.table * width + row.table])
      }
    }
  }
}

extension Matrix {
  /// Copies the products of a hat block with eliminated levels to the border's rows from `row` on.
  mutating func take(_ products: HatProducts, toRow row: Int) {
    for (place, value) in products.values.enumerated() {
      self[row + place / products.width, products.column + place % products.width] = value
    }
  }
}

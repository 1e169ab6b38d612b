/// The core of a Gram matrix, put together from tables of sums.
struct GramAssembly {
  private let plan: GramPlan
  /// The first column of each block in the core.
  private let offsets: [Int]
  /// The core's part on and below the diagonal.
  private var lower: Matrix
  private var done = Set<[Int]>()

  init(_ plan: GramPlan, offsets: [Int], size: Int) {
    self.plan = plan
    self.offsets = offsets
    lower = Matrix(rows: size, columns: size)
  }

  /// The core, both sides of its diagonal.
  consuming func core() -> Matrix {
    lower.mirrorLower()
    return lower
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
    lower[max(i, j), min(i, j)] = value
  }

  private mutating func add(_ i: Int, _ j: Int, _ value: Double) {
    lower[max(i, j), min(i, j)] += value
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
        for j in columns where j <= i { add(offsets[block] + i, offsets[block] + j, sum) }
        for intercept in plan.intercepts { add(offsets[block] + i, offsets[intercept], sum) }
      }
    }
  }

  /// Takes the sums of two blocks' joint codes, those of the second changing fastest.
  private mutating func takePair(_ a: Int, _ b: Int, _ sums: [Double]) {
    let width = plan.codeCount(b)
    if case .levels = plan.shapes[a], case .levels = plan.shapes[b] {
      // Below the diagonal the rows are the columns of the later block.
      let isForward = offsets[a] < offsets[b]
      let (first, other) = (min(offsets[a], offsets[b]), max(offsets[a], offsets[b]))
      let (columns, rows) =
        isForward ? (plan.codeCount(a), width) : (width, plan.codeCount(a))
      let height = lower.rows
      unsafe lower.elements.withUnsafeMutableBufferPointer { elements in
        for k in 1..<columns {
          let target = (first + k - 1) * height + other - 1
          for l in 1..<rows {
            unsafe elements[target + l] = isForward ? sums[k * width + l] : sums[l * width + k]
          }
        }
      }
      return
    }
    // First by the columns of the one block, then by those of the other.
    var byRow = [Double](repeating: 0, count: plan.columnCount(ofCodesIn: a) * width)
    for (k, columns) in plan.columns(ofCodesIn: a).enumerated() {
      for i in columns {
        for l in 0..<width { byRow[i * width + l] += sums[k * width + l] }
      }
    }
    for i in 0..<plan.columnCount(ofCodesIn: a) {
      let row = Array(byRow[i * width..<(i + 1) * width])
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

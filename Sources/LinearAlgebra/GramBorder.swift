/// The border of a Gram matrix while jobs fill it, each the rows of its own blocks.
@safe struct GramBorder: @unchecked Sendable {
  private let plan: GramPlan
  /// The first row of each block.
  private let offsets: [Int]
  /// The number of rows, q.
  private let rows: Int
  /// Column after column, each for a level of the eliminated block.
  private let elements: UnsafeMutableBufferPointer<Double>

  @unsafe init(
    _ plan: GramPlan, offsets: [Int], rows: Int, elements: UnsafeMutableBufferPointer<Double>
  ) {
    self.plan = plan
    self.offsets = offsets
    self.rows = rows
    unsafe self.elements = elements
    unsafe elements.initialize(repeating: 0)
  }

  /// Puts the sums of a table with the eliminated block, which comes first in it, in their rows.
  ///
  /// - Returns: the weights of the levels, if the table tells them.
  func take(_ kind: GramTable, _ sums: AlignedBuffer) -> [Double]? {
    switch kind {
    case .cells(let group):
      let width = group.dropFirst().first.map(plan.codeCount) ?? 1
      if group.count == 2 {
        if case .fewSets(let sets) = plan.shapes[group[1]] {
          add(sums, sets.columns, toRow: offsets[group[1]])
        } else {
          copy(sums, width: width, columns: 1..<width, toRow: offsets[group[1]])
        }
      }
      return (1..<plan.codeCount(group[0])).map { level in
        var sum = 0.0
        for i in level * width..<(level + 1) * width { unsafe sum += sums.base[i] }
        return sum
      }
    case .denseCells(_, let dense, let columns):
      let used = columns.clamped(to: 0..<plan.denseColumns(dense))
      copy(
        sums, width: columns.count, columns: 0..<used.count,
        toRow: offsets[dense] + columns.lowerBound)
      return nil
    case .denseSums, .denseProducts, .weightSum: return nil
    }
  }

  /// Fills the row of an intercept.
  func take(levelSums: [Double], intercept: Int) {
    for (k, sum) in levelSums.enumerated() {
      unsafe elements[k * rows + offsets[intercept]] = sum
    }
  }

  /// Adds sums by sets to the rows of their codes from `start` on.
  private func add(_ sums: AlignedBuffer, _ codes: [[Int]], toRow start: Int) {
    let levelCount = unsafe elements.count / rows
    for level in 0..<levelCount {
      for (set, columns) in codes.enumerated() {
        let sum = unsafe sums.base[(level + 1) * codes.count + set]
        for column in columns { unsafe elements[level * rows + start + column] += sum }
      }
    }
  }

  /// Copies some columns of a table of `width` sums a code, but for code 0, to rows from `start` on.
  private func copy(_ sums: AlignedBuffer, width: Int, columns: Range<Int>, toRow start: Int) {
    guard !columns.isEmpty else { return }
    let levelCount = unsafe elements.count / rows
    for level in 0..<levelCount {
      let target = unsafe elements.baseAddress.map { unsafe $0 + level * rows + start }
      let source = unsafe sums.base + (level + 1) * width + columns.lowerBound
      unsafe target?.update(from: source, count: columns.count)
    }
  }
}

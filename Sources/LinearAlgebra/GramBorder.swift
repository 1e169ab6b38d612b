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
  func take(_ kind: GramTable, _ values: [Double]) {
    switch kind {
    case .cells(let group):
      guard group.count == 2 else { return }
      let width = plan.codeCount(group[1])
      copy(values, width: width, columns: 1..<width, toRow: offsets[group[1]])
    case .denseCells(_, let dense, let columns):
      let used = columns.clamped(to: 0..<plan.denseColumns(dense))
      copy(
        values, width: columns.count, columns: 0..<used.count,
        toRow: offsets[dense] + columns.lowerBound)
    case .denseSums, .denseProducts, .weightSum: break
    }
  }

  /// Fills the row of an intercept.
  func take(levelSums: [Double], intercept: Int) {
    for (k, sum) in levelSums.enumerated() {
      unsafe elements[k * rows + offsets[intercept]] = sum
    }
  }

  /// Copies some columns of a table of `width` values a code, but for code 0, to rows from `start` on.
  private func copy(_ values: [Double], width: Int, columns: Range<Int>, toRow start: Int) {
    for level in 0..<values.count / width - 1 {
      for (place, column) in columns.enumerated() {
        unsafe elements[level * rows + start + place] = values[(level + 1) * width + column]
      }
    }
  }
}

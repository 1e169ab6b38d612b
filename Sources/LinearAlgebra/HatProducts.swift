/// The products of a hat block's columns with some columns of another block.
struct HatProducts: Sendable {
  /// The hat block.
  let hat: Int
  /// The other block, and the first of its columns that is here.
  let other: Int
  let column: Int
  /// How many of its columns are here.
  let width: Int
  /// The product of knot k and column j is at `k * width + j`.
  private(set) var values: [Double]

  private init(hat: Int, other: Int, column: Int, width: Int, knots: Int) {
    self.hat = hat
    self.other = other
    self.column = column
    self.width = width
    values = [Double](repeating: 0, count: knots * width)
  }

  private mutating func add(_ sum: Double, knot: Int, column: Int) {
    values[knot * width + column] += sum
  }

  /// The products that the sums of a table are of; of a block with itself and with an intercept too.
  static func all(in table: HatTable, sums: [Double], plan: GramPlan) -> [HatProducts] {
    switch table {
    case .own(let hat): own(hat, sums, plan)
    case .pair(let first, let second): [pair(first, second, sums, plan)]
    case .levels(let hat, let group): levels(hat, group, sums, plan)
    case .dense(let hat, let dense, let columns): [self.dense(hat, dense, columns, sums, plan)]
    }
  }

  private static func own(_ hat: Int, _ sums: [Double], _ plan: GramPlan) -> [HatProducts] {
    let knots = plan.hatCodes(hat)
    var own = HatProducts(hat: hat, other: hat, column: 0, width: knots, knots: knots)
    var ones = HatProducts(hat: hat, other: hat, column: 0, width: 1, knots: knots)
    for code in 1..<knots {
      let (left, both, right) = (sums[4 * code], sums[4 * code + 1], sums[4 * code + 2])
      own.add(left, knot: code - 1, column: code - 1)
      own.add(both, knot: code - 1, column: code)
      own.add(both, knot: code, column: code - 1)
      own.add(right, knot: code, column: code)
      // A row's hats add up to 1, so that its products with them are its product with a one.
      ones.add(left + both, knot: code - 1, column: 0)
      ones.add(both + right, knot: code, column: 0)
    }
    return [own]
      + plan.intercepts.map { intercept in
        var product = HatProducts(hat: hat, other: intercept, column: 0, width: 1, knots: knots)
        product.values = ones.values
        return product
      }
  }

  private static func pair(
    _ first: Int, _ second: Int, _ sums: [Double], _ plan: GramPlan
  ) -> HatProducts {
    let (rows, columns) = (plan.hatCodes(first), plan.hatCodes(second))
    var result = HatProducts(hat: first, other: second, column: 0, width: columns, knots: rows)
    for row in 1..<rows {
      for column in 1..<columns {
        let cell = 4 * (row * columns + column)
        result.add(sums[cell], knot: row - 1, column: column - 1)
        result.add(sums[cell + 1], knot: row - 1, column: column)
        result.add(sums[cell + 2], knot: row, column: column - 1)
        result.add(sums[cell + 3], knot: row, column: column)
      }
    }
    return result
  }

  private static func levels(
    _ hat: Int, _ group: [Int], _ sums: [Double], _ plan: GramPlan
  ) -> [HatProducts] {
    let knots = plan.hatCodes(hat)
    let sizes = group.map(plan.codeCount)
    return group.enumerated().map { place, level in
      let table = CellTable.vectors(sums, sizes: sizes, at: place, width: 2 * knots)
      var result = HatProducts(
        hat: hat, other: level, column: 0, width: plan.columnCount(ofCodesIn: level), knots: knots)
      for (code, columns) in plan.columns(ofCodesIn: level).enumerated() {
        for column in columns {
          for interval in 1..<knots {
            let cell = 2 * (code * knots + interval)
            result.add(table[cell], knot: interval - 1, column: column)
            result.add(table[cell + 1], knot: interval, column: column)
          }
        }
      }
      return result
    }
  }

  private static func dense(
    _ hat: Int, _ dense: Int, _ columns: Range<Int>, _ sums: [Double], _ plan: GramPlan
  ) -> HatProducts {
    let knots = plan.hatCodes(hat)
    let used = columns.clamped(to: 0..<plan.denseColumns(dense))
    var result = HatProducts(
      hat: hat, other: dense, column: columns.lowerBound, width: used.count, knots: knots)
    for interval in 1..<knots {
      let cell = interval * 2 * columns.count
      for j in 0..<used.count {
        result.add(sums[cell + j], knot: interval - 1, column: j)
        result.add(sums[cell + columns.count + j], knot: interval, column: j)
      }
    }
    return result
  }
}

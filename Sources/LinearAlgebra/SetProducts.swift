import Parallelism

/// The products of a set block's columns with some columns of another block.
struct SetProducts: Sendable {
  /// The set block.
  let set: Int
  /// The other block, and the first of its columns that is here.
  let other: Int
  let column: Int
  /// How many of its columns are here.
  let width: Int
  /// The product of code k and column j is at `k * width + j`.
  let values: [Double]

  init(_ set: Int, with other: Int, column: Int = 0, width: Int, values: [Double]) {
    self.set = set
    self.other = other
    self.column = column
    self.width = width
    self.values = values
  }
}

extension DesignMatrix {
  /// The products of set blocks, each table summed by a job of its own.
  func setProducts(_ weights: [Double]) -> [SetProducts] {
    let tables = plan.setTables
    return Parallel.map(tables.count) { job in
      SetJob(plan, blocks, weights: weights).products(of: tables[job])
    }.flatMap { $0 }
  }
}

extension Matrix {
  /// Copies the products of a set block with eliminated levels to the border's rows from `row` on.
  mutating func take(_ products: SetProducts, toRow row: Int) {
    for (place, value) in products.values.enumerated() {
      self[row + place / products.width, products.column + place % products.width] = value
    }
  }
}

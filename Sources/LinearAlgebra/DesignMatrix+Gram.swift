import Parallelism

extension DesignMatrix {
  /// The weighted Gram matrix X' diag(w) X.
  ///
  /// Level blocks are cross-tabulated, never expanded. The result does not depend on the number of
  /// threads. It holds k (q + 1) + q^2 numbers, where k are the levels of the largest block and q the
  /// other columns: a second block of very many levels costs the square of its size.
  ///
  /// - Parameter weights: one a row, of any sign.
  public func gram(weights: [Double]) -> GramMatrix {
    precondition(weights.count == rowCount, "\(rowCount) weights are needed")
    let eliminated = plan.eliminated.map { columns(ofBlock: $0) } ?? 0..<0
    let offsets = offsets.map { $0 < eliminated.upperBound ? $0 : $0 - eliminated.count }
    let q = columnCount - eliminated.count
    var levels: [Double] = []
    var assembly = GramAssembly(plan, offsets: offsets, size: q)
    let elements = unsafe [Double](unsafeUninitializedCapacity: q * eliminated.count) {
      buffer, count in
      count = q * eliminated.count
      let border = unsafe GramBorder(plan, offsets: offsets, rows: q, elements: buffer)
      let (tables, sums) = fill(border, weights, levels: &levels)
      for table in tables { assembly.take(table, from: sums) }
    }
    for part in largeTables(weights) { assembly.take(part.table, from: part.sums) }
    var border = Matrix(rows: q, columns: eliminated.count, elements: elements)
    for products in hatProducts(weights) {
      if products.other == plan.eliminated {
        border.take(products, toRow: offsets[products.hat])
      } else {
        assembly.take(products)
      }
    }
    for products in setProducts(weights) {
      if products.other == plan.eliminated {
        border.take(products, toRow: offsets[products.set])
      } else {
        assembly.take(products)
      }
    }
    return GramMatrix(
      eliminated: eliminated, levels: levels, border: border, core: assembly.core())
  }

  /// The tables of two large level blocks, each summed by a job of its own.
  private func largeTables(_ weights: [Double]) -> [(table: PlacedTable, sums: [Double])] {
    let tables = plan.largeTables
    return Parallel.map(tables.count) { job in
      let (placed, size) = plan.placed([tables[job]])
      let sums = AlignedBuffer(count: size)
      GramJob(plan, blocks, tables: placed, weights: weights)
        .add(0..<rowCount, to: sums)
      return (placed[0], sums.elements)
    }
  }

  /// The products of hat blocks, each table summed by a job of its own.
  private func hatProducts(_ weights: [Double]) -> [HatProducts] {
    let tables = plan.hatTables
    return Parallel.map(tables.count) { job in
      HatProducts.all(
        in: tables[job], sums: HatJob(plan, blocks, weights: weights).sums(of: tables[job]),
        plan: plan)
    }.flatMap { $0 }
  }

  /// Sums all tables: fills the border and `levels`, and returns the sums of the core's tables.
  private func fill(
    _ border: GramBorder, _ weights: [Double], levels: inout [Double]
  ) -> (tables: [PlacedTable], sums: [Double]) {
    let (tables, size) = plan.placed(plan.coreTables)
    let chunks = RowChunks(rowCount: rowCount, sums: size)
    let large = plan.borderTables.count
    // The longer jobs first, so that no thread is left with one at the end: a chunk goes through a part of the rows for each
    // table, and a large table has a job for all of them.
    let chunksFirst = tables.count > chunks.count
    let results = Parallel.map(large + chunks.count) { job in
      let chunk = chunksFirst ? job : job - large
      guard chunks.indices.contains(chunk) else {
        return fill(border, plan.borderTables[chunksFirst ? job - chunks.count : job], weights)
      }
      let sums = AlignedBuffer(count: size)
      GramJob(plan, blocks, tables: tables, weights: weights)
        .add(chunks.rows(chunk), to: sums)
      return JobResult(levels: [], sums: sums)
    }
    levels = results.first { !$0.levels.isEmpty }?.levels ?? []
    for index in plan.intercepts { border.take(levelSums: levels, intercept: index) }
    return (tables, RowChunks.added(results.compactMap(\.sums), count: size))
  }

  /// Fills the border's rows of one table, and returns the weights of the levels if it tells them.
  private func fill(
    _ border: GramBorder, _ kind: GramTable, _ weights: [Double]
  ) -> JobResult {
    let (tables, size) = plan.placed([kind])
    let sums = AlignedBuffer(count: size)
    GramJob(plan, blocks, tables: tables, weights: weights).add(0..<rowCount, to: sums)
    tables[0].sums.fold(sums)
    return JobResult(levels: border.take(kind, sums) ?? [], sums: nil)
  }

  /// What a job returns: the weights of the eliminated levels, or sums of the core's tables.
  private struct JobResult: Sendable {
    let levels: [Double]
    let sums: AlignedBuffer?
  }
}

import CKernels

/// The summation of one table of a set block over all rows, a tile of rows at a time.
///
/// The sums of a code follow each other; a row adds to those of each of its codes.
@safe struct SetJob: ~Copyable {
  private let plan: GramPlan
  private let blocks: [DesignBlock]
  private let weights: [Double]
  /// The sets' numbers of a tile's rows, and the codes of another block.
  private let codes = TileCodes()

  init(_ plan: GramPlan, _ blocks: [DesignBlock], weights: [Double]) {
    self.plan = plan
    self.blocks = blocks
    self.weights = weights
  }

  /// The products that a table holds.
  func products(of table: SetTable) -> [SetProducts] {
    switch table {
    case .own(let index):
      guard case .sets(let set) = blocks[index] else { return [] }
      let sums = ownSums(set)
      return [SetProducts(index, with: index, width: set.codeCount, values: set.pairSums(sums))]
        + plan.intercepts.map {
          SetProducts(index, with: $0, width: 1, values: set.codeSums(sums))
        }
    case .pair(let index, let other):
      guard case .sets(let set) = blocks[index], case .sets(let second) = blocks[other] else {
        return []
      }
      return [
        SetProducts(index, with: other, width: second.codeCount, values: pairSums(set, second))
      ]
    case .levels(let index, let group):
      guard case .sets(let set) = blocks[index] else { return [] }
      let sums = levelSums(set, group)
      let sizes = group.map(plan.codeCount)
      return group.enumerated().map { place, level in
        SetProducts(
          index, with: level, width: plan.columnCount(ofCodesIn: level),
          values: parts(sums, of: set) {
            plan.columnSums(
              CellTable(sizes: sizes, sums: Array($0)).sums(at: place), of: level)[...]
          })
      }
    case .hats(let index, let other):
      guard case .sets(let set) = blocks[index], case .hats(let hat) = blocks[other] else {
        return []
      }
      let sums = hatSums(set, hat)
      return [
        SetProducts(
          index, with: other, width: hat.knotCount,
          values: parts(sums, of: set) {
            HatBlock.knots(Array($0), knotCount: hat.knotCount)[...]
          })
      ]
    case .dense(let index, let other, let columns):
      guard case .sets(let set) = blocks[index], case .dense(let dense) = blocks[other] else {
        return []
      }
      let sums = denseSums(set, dense, columns)
      let used = columns.clamped(to: 0..<dense.columnCount).count
      return [
        SetProducts(
          index, with: other, column: columns.lowerBound, width: used,
          values: parts(sums, of: set) { $0.prefix(used) })
      ]
    }
  }

  /// The sums of each code, made into products and put together.
  private func parts(
    _ sums: [Double], of set: SetBlock, _ products: (ArraySlice<Double>) -> ArraySlice<Double>
  ) -> [Double] {
    let width = sums.count / set.codeCount
    return (0..<set.codeCount).flatMap { products(sums[$0 * width..<($0 + 1) * width]) }
  }

  private func ownSums(_ set: SetBlock) -> [Double] {
    let sums = AlignedBuffer(count: set.setCount)
    forEachTile { tile in
      unsafe set.numbers.widen(tile, to: codes.first)
      unsafe winnow_cell_sums_32(codes.first, weights, tile.lowerBound, tile.count, 1, 0, sums.base)
    }
    return sums.elements
  }

  private func pairSums(_ set: SetBlock, _ second: SetBlock) -> [Double] {
    let sums = AlignedBuffer(count: set.codeCount * second.codeCount)
    forEachTile { tile in
      unsafe set.numbers.widen(tile, to: codes.first)
      unsafe second.numbers.widen(tile, to: codes.second)
      for i in 0..<tile.count {
        let weight = weights[tile.lowerBound + i]
        let partners = unsafe second.codes(ofSet: Int(codes.second[i]))
        for code in unsafe set.codes(ofSet: Int(codes.first[i])) {
          let target = unsafe sums.base + Int(code) * second.codeCount
          for partner in partners { unsafe target[Int(partner)] += weight }
        }
      }
    }
    return sums.elements
  }

  private func levelSums(_ set: SetBlock, _ group: [Int]) -> [Double] {
    let cells = plan.cellCount(group)
    let sums = AlignedBuffer(count: set.codeCount * cells)
    forEachTile { tile in
      unsafe set.numbers.widen(tile, to: codes.first)
      unsafe codes.join(group, of: blocks, tile, to: codes.second)
      for i in 0..<tile.count {
        let weight = weights[tile.lowerBound + i]
        let cell = unsafe Int(codes.second[i])
        for code in unsafe set.codes(ofSet: Int(codes.first[i])) {
          unsafe sums.base[Int(code) * cells + cell] += weight
        }
      }
    }
    return sums.elements
  }

  private func hatSums(_ set: SetBlock, _ hat: HatBlock) -> [Double] {
    let width = 2 * hat.codeCount
    let sums = AlignedBuffer(count: set.codeCount * width)
    forEachTile { tile in
      unsafe set.numbers.widen(tile, to: codes.first)
      unsafe hat.widen(tile, to: codes.second)
      for i in 0..<tile.count {
        let weight = weights[tile.lowerBound + i]
        let right = weight * Double(hat.fractions[tile.lowerBound + i])
        let left = weight - right
        let cell = unsafe 2 * Int(codes.second[i])
        for code in unsafe set.codes(ofSet: Int(codes.first[i])) {
          let target = unsafe sums.base + Int(code) * width + cell
          unsafe target[0] += left
          unsafe target[1] += right
        }
      }
    }
    return sums.elements
  }

  private func denseSums(_ set: SetBlock, _ dense: DenseBlock, _ columns: Range<Int>) -> [Double] {
    let sums = AlignedBuffer(count: set.codeCount * columns.count)
    let panels = AlignedBuffer(uninitialized: DenseBlock.panelRows * columns.count)
    for rows in RowChunks.tiles(0..<weights.count, of: DenseBlock.panelRows) {
      unsafe set.numbers.widen(rows, to: codes.first)
      unsafe dense.pack(rows, weights, columns: columns, weighted: panels.base)
      for i in 0..<rows.count {
        for code in unsafe set.codes(ofSet: Int(codes.first[i])) {
          let target = unsafe sums.base + Int(code) * columns.count
          for column in 0..<columns.count {
            let place = 4 * (column / 4 * rows.count + i) + column % 4
            unsafe target[column] += panels.base[place]
          }
        }
      }
    }
    return sums.elements
  }

  private func forEachTile(_ body: (Range<Int>) -> Void) {
    for tile in RowChunks.tiles(0..<weights.count) { body(tile) }
  }

}

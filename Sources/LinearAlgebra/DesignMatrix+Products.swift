import CKernels
import Parallelism

extension DesignMatrix {
  /// The product X v of the matrix and a vector (p): the linear predictors, if v holds coefficients.
  public func times(_ vector: [Double]) -> [Double] {
    precondition(vector.count == columnCount, "\(columnCount) coefficients are needed")
    var start = 0.0
    var factors: [(block: DesignBlock, values: [Double])] = []
    for (block, offset) in zip(blocks, offsets) {
      let part = vector[offset..<offset + block.columnCount]
      switch block {
      case .intercept: start += vector[offset]
      case .dense(let dense):
        let padding = [Double](repeating: 0, count: dense.stride - dense.columnCount)
        factors.append((block, part + padding))
      case .levels: factors.append((block, [0] + part))
      case .hats: factors.append((block, HatBlock.table(part)))
      case .sets(let sets): factors.append((block, sets.table(part)))
      }
    }
    return unsafe filled(rowCount, unit: RowChunks.tile, chunk: 16_384) {
      [start, factors] rows, target in
      unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: RowChunks.tile) { codes in
        guard let codes = codes.baseAddress else { return }
        for tile in RowChunks.tiles(rows) {
          let place = unsafe target + (tile.lowerBound - rows.lowerBound)
          unsafe place.update(repeating: start, count: tile.count)
          for (block, values) in factors {
            switch block {
            case .intercept: break
            case .dense(let dense): unsafe dense.addProducts(tile, values, to: place)
            case .levels(let levels):
              unsafe levels.widen(tile, to: codes)
              unsafe winnow_cell_values(codes, tile.count, values, place)
            case .hats(let hats):
              unsafe hats.widen(tile, to: codes)
              unsafe winnow_hat_values(
                codes, hats.fractions, tile.lowerBound, tile.count, values, place)
            case .sets(let sets):
              unsafe sets.numbers.widen(tile, to: codes)
              unsafe winnow_cell_values(codes, tile.count, values, place)
            }
          }
        }
      }
    }
  }

  /// The product X' r of the transposed matrix and a vector (n): a gradient, if r holds residuals.
  public func transposedTimes(_ vector: [Double]) -> [Double] {
    precondition(vector.count == rowCount, "\(rowCount) elements are needed")
    var tables: [(block: DesignBlock, table: SumTable)] = []
    var size = 0
    for block in blocks {
      let table =
        switch block {
        case .intercept: SumTable(at: size, width: 1)
        case .dense(let dense): SumTable(at: size, width: dense.stride)
        case .levels(let levels): SumTable(at: size, cells: levels.codeCount)
        case .hats(let hats): SumTable(at: size, width: 2 * hats.codeCount)
        case .sets(let sets): SumTable(at: size, cells: sets.setCount)
        }
      tables.append((block, table))
      size += table.count
    }
    let chunks = RowChunks(rowCount: rowCount, sums: size)
    let sums = chunks.sum(size) { [tables] rows, sums in
      unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: RowChunks.tile) { codes in
        guard let codes = codes.baseAddress else { return }
        for tile in RowChunks.tiles(rows) {
          for (block, table) in tables {
            let target = unsafe sums.base + table.offset
            switch block {
            case .intercept: for i in tile { unsafe target.pointee += vector[i] }
            case .dense(let dense): unsafe dense.addSums(tile, vector, to: target)
            case .levels(let levels):
              unsafe levels.widen(tile, to: codes)
              unsafe winnow_cell_sums(
                codes, vector, tile.lowerBound, tile.count, table.apart, target)
            case .hats(let hats):
              unsafe hats.widen(tile, to: codes)
              unsafe winnow_hat_sums(
                codes, hats.fractions, vector, tile.lowerBound, tile.count, target)
            case .sets(let sets):
              unsafe sets.numbers.widen(tile, to: codes)
              unsafe winnow_cell_sums(
                codes, vector, tile.lowerBound, tile.count, table.apart, target)
            }
          }
        }
      }
    }
    return tables.flatMap { block, table in
      switch block {
      case .intercept, .dense: Array(table.read(sums).prefix(block.columnCount))
      case .levels: Array(table.read(sums).dropFirst())
      case .hats(let hats): HatBlock.knots(table.read(sums), knotCount: hats.knotCount)
      case .sets(let sets): sets.codeSums(table.read(sums))
      }
    }
  }
}

import LinearAlgebra
import Parallelism
import Regression

/// The passes of a fit over a design like that of a million leads: 23 numbers and 8 categories.
struct SolvingSubject {
  private static let numbers = 23
  private static let levels = [2000, 120, 60, 40, 20, 12, 6, 4]

  private let objective: LogisticObjective
  private let point: LogisticObjective.Point

  init(rows: Int) throws {
    let columns = (0..<Self.numbers).map { column -> DenseBlock.Fill in
      { rows, values in
        for (place, row) in rows.enumerated() {
          values[place] = 2 * Self.unit(row, 100 + column) - 1
        }
      }
    }
    let blocks =
      [.intercept, .dense(DenseBlock(rowCount: rows, columns: columns, precision: .single))]
      + Self.levels.enumerated().map { index, count in
        // The first levels are the common ones, as in a CRM.
        DesignBlock.levels(
          LevelBlock(
            codes: (0..<rows).map { row in
              let share = Self.unit(row, index)
              return 1 + UInt32(Double(count) * share * share)
            }, levelCount: count))
      }
    let design = try DesignMatrix(blocks: blocks, rowCount: rows)
    let outcomes = (0..<rows).map { Self.unit($0, 99) < 0.3 ? 1.0 : 0 }
    let penalties = [0] + [Double](repeating: 1, count: design.columnCount - 1)
    objective = try LogisticObjective(design: design, outcomes: outcomes, penalties: penalties)
    point = objective.point(at: (0..<design.columnCount).map { 0.1 * (Self.unit($0, 98) - 0.5) })
    try check()
  }

  /// A number from 0 to 1 that looks random.
  private static func unit(_ row: Int, _ column: Int) -> Double {
    var z = UInt64(row) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(column) &* 0xD1B5_4A32_D192_ED03
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }

  /// Each pass against the same sums over single columns.
  private func check() throws {
    let design = objective.design
    let gram = design.gram(weights: point.curvature)
    for (i, j) in [(0, 0), (0, 5), (3, 20), (4, 24), (24, 24), (30, 2030), (2030, 2200)] {
      let (first, second) = (design.column(i), design.column(j))
      let plain = (0..<design.rowCount).reduce(0.0) {
        $0 + point.curvature[$1] * first[$1] * second[$1]
      }
      var unit = [Double](repeating: 0, count: design.columnCount)
      unit[j] = 1
      let found = gram.times(unit)[i]
      Benchmarks.expect(abs(found - plain) <= 1e-9 * (1 + abs(plain)), "gram \(i), \(j)")
    }
    let sums = design.transposedTimes(point.residuals)
    for j in [0, 7, 24, 2100] {
      let column = design.column(j)
      let plain = (0..<design.rowCount).reduce(0.0) { $0 + point.residuals[$1] * column[$1] }
      Benchmarks.expect(abs(sums[j] - plain) <= 1e-9 * (1 + abs(plain)), "gradient \(j)")
    }
    let hessian = try Hessian(information: gram, penalty: objective.penalty)
    let solution = hessian.solve(sums)
    let back = gram.adding(objective.penalty).times(solution)
    let worst = zip(back, sums).map { abs($0 - $1) / (1 + abs($1)) }.max() ?? 1
    Benchmarks.expect(worst < 1e-8, "the factor solves to \(worst)")
  }

  func lines(_ bounds: Bounds) throws -> [String] {
    let design = objective.design
    let rows = design.rowCount
    // What a pass must read of a row: floats in a stride of 24, codes of 2 and 7 times 1 byte, a weight.
    let bytes = Double(4 * 24 + 2 + 7 + 8)
    var lines: [String] = []
    let most = Parallel.threads
    defer { Parallel.threads = most }
    for threads in Set([1, most]).sorted() {
      Parallel.threads = threads
      let read = threads == 1 ? bounds.read.one : bounds.read.all
      let bound = "memory read \(fixed(1e9 * bytes / read, 2)) ns a row"
      let gram = Timing { _ = design.gram(weights: point.curvature) }
      let gradient = Timing { _ = design.transposedTimes(point.residuals) }
      let times = Timing { _ = design.times(point.coefficients) }
      let value = Timing { _ = objective.point(at: point.coefficients) }
      for (name, what, timing) in [
        ("gram pass", "X'WX", gram), ("gradient pass", "X'r", gradient),
        ("predictors", "Xb", times), ("value and gradient", "Xb, loss, X'r", value),
      ] {
        lines.append(
          line(
            name, "\(what), p = \(design.columnCount), \(threads) thread\(threads > 1 ? "s" : "")",
            timing,
            per: "row", count: rows, speed: speed(bytes * Double(rows) / timing.median),
            bound: bound))
      }
    }
    Parallel.threads = most
    let gram = design.gram(weights: point.curvature)
    let penalty = objective.penalty
    let factor = try Timing { _ = try Hessian(information: gram, penalty: penalty) }
    let kept = Double(design.columnCount - Self.levels[0])
    let operations = kept * kept * Double(Self.levels[0]) + kept * kept * kept / 3
    lines.append(
      line(
        "factor", "\(Self.levels[0]) levels eliminated, \(Int(kept)) columns", factor,
        per: "column",
        count: design.columnCount, speed: "\(fixed(operations / factor.median / 1e9, 1)) GFLOP/s",
        bound: "dgemm \(fixed(bounds.product / 1e9, 1)) GFLOP/s a thread"))
    lines.append(try choleskyLine(bounds, size: rows < 100_000 ? 200 : 2000))
    return lines
  }

  private func choleskyLine(_ bounds: Bounds, size: Int) throws -> String {
    var matrix = Matrix(rows: size, columns: size)
    for j in 0..<size {
      for i in 0..<size { matrix[i, j] = Self.unit(min(i, j), max(i, j)) }
      matrix[j, j] = Double(size)
    }
    let timing = try Timing { _ = try Cholesky(factoring: matrix) }
    let operations = Double(size * size * size) / 3
    return line(
      "Cholesky", "\(size) x \(size)", timing, per: "column", count: size,
      speed: "\(fixed(operations / timing.median / 1e9, 1)) GFLOP/s",
      bound: "dgemm \(fixed(bounds.product / 1e9, 1)) GFLOP/s a thread")
  }
}

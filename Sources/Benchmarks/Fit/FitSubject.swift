import LinearAlgebra
import Parallelism
import Regression

/// One fit of matrices in a folder: `dense.npy` (n x d, 32 bits), `codes.npy` (n x k, from 0; k may be 0) and
/// `outcomes.npy` (n), with a penalty of 1 on all coefficients but the intercept.
///
/// Prints the seconds of the fit and of building the blocks, and writes `coefficients.npy`: the intercept, the
/// dense columns, then the levels of each column of codes.
struct FitSubject {
  let folder: String
  let threads: Int
  /// How far from the minimum the fit may stop, in nats a row; 0 is as near as fits of models come.
  let gap: Double

  func run() throws {
    Parallel.threads = threads
    let clock = ContinuousClock()
    let dense = try NumpyFile(path: folder + "/dense.npy")
    let codes = try NumpyFile(path: folder + "/codes.npy")
    let outcomes = try NumpyFile(path: folder + "/outcomes.npy").doubles
    guard dense.kind == "<f4", codes.kind == "<u4", dense.shape.count == 2, codes.shape.count == 2,
      dense.shape[0] == outcomes.count, codes.shape[0] == outcomes.count
    else { Benchmarks.fail("the arrays in \(folder) do not fit together") }

    var design: DesignMatrix?
    let building = try clock.measure {
      design = try DesignMatrix(
        blocks: [.intercept, .dense(block(dense))] + levels(codes), rowCount: outcomes.count)
    }
    guard let design else { return }
    let penalties = [0] + [Double](repeating: 1, count: design.columnCount - 1)
    var fit: Fit?
    let fitting = try clock.measure {
      let objective = try LogisticObjective(
        design: design, outcomes: outcomes, penalties: penalties)
      fit = try solver(rows: outcomes.count).minimize(objective)
    }
    guard let fit else { return }
    try NumpyFile.write(fit.coefficients, to: folder + "/coefficients.npy")
    print("fit", fitting / .seconds(1), building / .seconds(1))
  }

  /// Half the squared decrement is what a quadratic model says of the gap; a tenth of the gap is asked of it, as its Hessian may
  /// be that of a sample.
  private func solver(rows: Int) -> NewtonSolver {
    let solver = NewtonSolver()
    guard gap > 0 else { return solver }
    return solver.stopping(at: max(solver.tolerance, (0.2 * gap * Double(rows)).squareRoot()))
  }

  private func block(_ dense: NumpyFile) -> DenseBlock {
    let width = dense.shape[1]
    return DenseBlock(
      rowCount: dense.shape[0],
      columns: (0..<width).map { column in
        { rows, values in
          for (place, row) in rows.enumerated() {
            values[place] = Double(dense.element(row * width + column, as: Float.self))
          }
        }
      }, precision: .single)
  }

  private func levels(_ codes: NumpyFile) -> [DesignBlock] {
    (0..<codes.shape[1]).map { column in
      let values = (0..<codes.shape[0]).map {
        codes.element($0 * codes.shape[1] + column, as: UInt32.self) + 1
      }
      return .levels(LevelBlock(codes: values, levelCount: Int(values.max() ?? 0)))
    }
  }
}

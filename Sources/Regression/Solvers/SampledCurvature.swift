import LinearAlgebra

/// X'WX of a sample of the rows, and what it says of all of them.
struct SampledCurvature {
  /// The columns of groups, as a share of the sample's rows, from which on the sums of all rows' curvatures are worth their
  /// price: with fewer the sample by itself tells the Hessian well.
  private static let leastColumns = 1e-3

  private let information: GramMatrix
  /// The sample's share of the weight.
  private let share: Double
  /// As many rows of one curvature tell as much.
  private let rows: Double
  private let groups: [ColumnGroup]
  /// The intercept's column.
  private let ones: Int?
  /// Whether the sums of all rows' curvatures are wanted.
  let wantsSums: Bool

  /// - Parameters:
  ///   - curvature: The curvatures (n) of the sample's rows.
  ///   - totalWeight: The weight of all rows.
  init(of sample: LogisticObjective, curvature: [Double], totalWeight: Double) {
    let design = sample.design
    information = design.gram(weights: curvature)
    share = sample.totalWeight / totalWeight
    let (sum, squares) = curvature.reduce(into: (0.0, 0.0)) {
      $0.0 += $1
      $0.1 += $1 * $1
    }
    rows = sum * sum / squares
    groups = design.columnGroups
    ones =
      zip(design.blocks, design.offsets).first {
        if case .intercept = $0.0 { true } else { false }
      }?.1
    let grouped = groups.reduce(0) { $1.columns.count > 1 ? $0 + $1.columns.count : $0 }
    wantsSums =
      ones != nil && squares > 0 && Double(grouped) >= Self.leastColumns * Double(design.rowCount)
  }

  /// The Hessian of all rows, as far as it tells.
  ///
  /// - Parameter sums: The sums of all rows' curvatures by column (p), where they are known.
  func hessian(sums: [Double]?, penalty: QuadraticPenalty) throws(FactorizationError) -> Hessian {
    if let sums, let ones, sums[ones] > 0 {
      let whole = information.extrapolated(
        to: sums, groups: groups, ones: ones, share: share, rows: rows)
      if let hessian = try? Hessian(information: whole, penalty: penalty) { return hessian }
    }
    return try Hessian(information: information.extrapolated(share: share), penalty: penalty)
  }
}

/// Columns that separate together, and of which none can be left out for that.
struct SeparatingColumns {
  /// The part of the largest share below which a column is left out first, with all others like it.
  private static let materialShare = 1e-3
  /// The products that one trial may take, rows times squared columns, for trials column by column.
  private static let budget = 5e7

  /// Their places among the data's columns, ascending.
  private(set) var columns: [Int]

  /// Leaves columns out as long as the rest still separates.
  ///
  /// - Parameter shares: What each column has to do with a direction of separation.
  init(of data: PlainData, shares: [Double]) {
    columns = Array(data.columns.indices)
    let largest = shares.max() ?? 0
    let material = columns.filter { shares[$0] >= Self.materialShare * largest }
    if material.count < columns.count, Self.separate(material, of: data) { columns = material }
    let products = Double(data.outcomes.count * columns.count * columns.count)
    guard products <= Self.budget else { return }
    for column in columns.sorted(by: { (shares[$0], $1) < (shares[$1], $0) })
    where columns.count > 1 {
      let fewer = columns.filter { $0 != column }
      if Self.separate(fewer, of: data) { columns = fewer }
    }
  }

  private static func separate(_ columns: [Int], of data: PlainData) -> Bool {
    let part = data.keeping(columns)
    do {
      let basis = try part.orthogonalColumns()
      return PlainSolver(data: part, basis: basis).separatingShares() != nil
    } catch {
      return false
    }
  }
}

extension PlainData {
  /// The columns that separate alone: their values for conversions and for others do not overlap.
  func separatingColumns() -> [Int] {
    columns.indices.filter { index in
      var (low0, high0) = (Double.infinity, -Double.infinity)
      var (low1, high1) = (low0, high0)
      for (value, outcome) in zip(columns[index], outcomes) {
        if outcome < 1 {
          low0 = min(low0, value)
          high0 = max(high0, value)
        }
        if outcome > 0 {
          low1 = min(low1, value)
          high1 = max(high1, value)
        }
      }
      return high0 <= low1 || high1 <= low0
    }
  }
}

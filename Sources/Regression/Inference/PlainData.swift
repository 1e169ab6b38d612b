import LinearAlgebra

/// The data of a fit without penalty, checked, without the rows that have no weight.
struct PlainData {
  let columns: [[Double]]
  let names: [String]
  let outcomes: [Double]
  let weights: [Double]?
  /// Whether rows were left out.
  private let isReduced: Bool

  init(
    _ columns: [[Double]], names: [String], outcomes: [Double], weights: [Double]?
  ) throws(MaximumLikelihoodError) {
    precondition(names.count == columns.count, "a name for each column")
    let mean = try Self.meanOutcome(outcomes, weights)
    for (column, name) in zip(columns, names) {
      guard column.count == outcomes.count else {
        throw .invalid(
          .wrongCount(of: "values in \(name)", found: column.count, expected: outcomes.count))
      }
      if let row = column.firstIndex(where: { !$0.isFinite }) {
        throw .notFinite(column: name, row: row)
      }
    }
    self.names = names
    if let weights, weights.contains(0) {
      let kept = weights.indices.filter { weights[$0] > 0 }
      self.columns = columns.map { column in kept.map { column[$0] } }
      self.outcomes = kept.map { outcomes[$0] }
      self.weights = kept.map { weights[$0] }
      isReduced = true
    } else {
      self.columns = columns
      self.outcomes = outcomes
      self.weights = weights
      isReduced = false
    }
    guard mean > 0, mean < 1 else { throw .oneClass(outcome: mean) }
    guard self.outcomes.count > columns.count else {
      throw .tooFewRows(rows: self.outcomes.count, coefficients: columns.count + 1)
    }
  }

  private static func meanOutcome(
    _ outcomes: [Double], _ weights: [Double]?
  ) throws(MaximumLikelihoodError) -> Double {
    do {
      let design = try DesignMatrix(blocks: [.intercept], rowCount: outcomes.count)
      return try LogisticObjective(
        design: design, outcomes: outcomes, weights: weights, penalties: [0]
      ).meanOutcome
    } catch let error as ObjectiveError {
      throw .invalid(error)
    } catch {
      preconditionFailure("an intercept fits any rows: \(error)")
    }
  }

  /// The columns, orthogonal; and where that fails, which is to blame.
  func orthogonalColumns() throws(MaximumLikelihoodError) -> OrthogonalColumns {
    do throws(OrthogonalColumns.Fault) {
      return try OrthogonalColumns(columns, weights: weights, rows: outcomes.count)
    } catch {
      switch error {
      case .constant(let column): throw .constant(column: names[column])
      case .dependent(let column, let others):
        throw .collinear(column: names[column], dependsOn: others.map { names[$0] })
      }
    }
  }

  /// The predictors of all rows, from those of the rows that were kept.
  func allRows(_ eta: [Double], estimates: [Double], columns: [[Double]]) -> [Double] {
    guard isReduced, let rows = columns.first?.count else { return eta }
    var result = [Double](repeating: estimates[0], count: rows)
    for (column, estimate) in zip(columns, estimates.dropFirst()) {
      add(estimate, column, to: &result)
    }
    return result
  }

  /// The same rows with some of the columns.
  func keeping(_ kept: [Int]) -> PlainData {
    PlainData(
      columns: kept.map { columns[$0] }, names: kept.map { names[$0] }, outcomes: outcomes,
      weights: weights)
  }

  private init(columns: [[Double]], names: [String], outcomes: [Double], weights: [Double]?) {
    self.columns = columns
    self.names = names
    self.outcomes = outcomes
    self.weights = weights
    isReduced = false
  }
}

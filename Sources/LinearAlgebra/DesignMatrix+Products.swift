extension DesignMatrix {
  /// The product X v of the matrix and a vector (p): the linear predictors, if v holds coefficients.
  public func times(_ vector: [Double]) -> [Double] {
    precondition(vector.count == columnCount, "\(columnCount) coefficients are needed")
    var result = [Double](repeating: 0, count: rowCount)
    for (block, offset) in zip(blocks, offsets) {
      for i in 0..<rowCount {
        switch block {
        case .intercept: result[i] += vector[offset]
        case .dense(let dense):
          for j in 0..<dense.columnCount { result[i] += dense[i, j] * vector[offset + j] }
        case .levels(let levels):
          if levels[i] > 0 { result[i] += vector[offset + levels[i] - 1] }
        }
      }
    }
    return result
  }

  /// The product X' r of the transposed matrix and a vector (n): a gradient, if r holds residuals.
  public func transposedTimes(_ vector: [Double]) -> [Double] {
    precondition(vector.count == rowCount, "\(rowCount) elements are needed")
    var result = [Double](repeating: 0, count: columnCount)
    for (block, offset) in zip(blocks, offsets) {
      for i in 0..<rowCount {
        switch block {
        case .intercept: result[offset] += vector[i]
        case .dense(let dense):
          for j in 0..<dense.columnCount { result[offset + j] += dense[i, j] * vector[i] }
        case .levels(let levels):
          if levels[i] > 0 { result[offset + levels[i] - 1] += vector[i] }
        }
      }
    }
    return result
  }
}

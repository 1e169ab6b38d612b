import LinearAlgebra

/// Two fields whose groups together have effects: a table, a coefficient a cell.
///
/// A cell that fewer leads share than may be named has no coefficient of its own, and leads in it no
/// effect of the pair.
public struct PairEncoding: Sendable {
  /// The fields' positions in the encoder.
  public let first: Int
  public let second: Int
  /// Their groups: the rows and the columns of the table.
  public let rows: CoarseEncoding
  public let columns: CoarseEncoding
  /// The leads (sum of weights) of each cell, row after row.
  public let leads: [Double]
  /// The cells that have a coefficient, ascending.
  public let kept: [Int]

  /// Counts the leads of each cell.
  ///
  /// - Parameter codes: The groups of each row of the history in either field.
  public init(
    first: Int, second: Int, rows: CoarseEncoding, columns: CoarseEncoding,
    codes: (first: [UInt8], second: [UInt8]), weights: [Double]
  ) {
    self.first = first
    self.second = second
    self.rows = rows
    self.columns = columns
    let width = columns.groupCount
    var leads = [Double](repeating: 0, count: rows.groupCount * width)
    for (row, weight) in weights.enumerated() {
      leads[Int(codes.first[row]) * width + Int(codes.second[row])] += weight
    }
    self.leads = leads
    kept = leads.indices.filter { leads[$0] >= CategoryEncoding.fewestLeads }
  }

  /// The number of coefficients.
  public var coefficientCount: Int { kept.count }

  /// The coefficient of each cell, from 1 on, or 0.
  private var codeOfCell: [UInt32] {
    var codes = [UInt32](repeating: 0, count: leads.count)
    for (index, cell) in kept.enumerated() { codes[cell] = UInt32(index + 1) }
    return codes
  }

  /// The block of rows of the history.
  public func block(first: [UInt8], second: [UInt8]) -> LevelBlock {
    let codes = codeOfCell
    let width = columns.groupCount
    return LevelBlock(
      codes: zip(first, second).map { codes[Int($0) * width + Int($1)] }, levelCount: kept.count,
      hasNeighbors: true)
  }

  /// The coefficients whose cells are neighbors along a number, counted from `offset`.
  public func edges(from offset: Int) -> [QuadraticPenalty.Edge] {
    let codes = codeOfCell
    let width = columns.groupCount
    var edges: [QuadraticPenalty.Edge] = []
    func join(_ a: Int, _ b: Int) {
      guard codes[a] > 0, codes[b] > 0 else { return }
      edges.append(.init(offset + Int(codes[a]) - 1, offset + Int(codes[b]) - 1))
    }
    for (low, high) in rows.neighbors {
      for column in 0..<width { join(low * width + column, high * width + column) }
    }
    for (low, high) in columns.neighbors {
      for row in 0..<rows.groupCount { join(row * width + low, row * width + high) }
    }
    return edges
  }
}

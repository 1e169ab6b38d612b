import LinearAlgebra

/// Two fields whose groups together have effects: a table, whose cells have coefficients.
///
/// A coefficient that few leads share would tell of them. So cells of fewer leads than may be named are joined along a
/// number with their neighbors until enough leads are in them; where there is no such neighbor, they have no
/// coefficient, and leads in them no effect of the pair.
public struct PairEncoding: Sendable {
  /// The fields' positions in the encoder.
  public let first: Int
  public let second: Int
  /// Their groups: the rows and the columns of the table.
  public let rows: CoarseEncoding
  public let columns: CoarseEncoding
  /// The leads (sum of weights) of each cell, row after row.
  public let leads: [Double]
  /// The coefficient of each cell, from 1 on, or 0; cells that are joined share one.
  public let codes: [Int]
  /// The number of coefficients.
  public let coefficientCount: Int

  /// Counts the leads of each cell, and joins cells.
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
    var joined = JoinedCells(leads)
    // Along the number that is cut more finely.
    let (along, across) = (rows.neighbors.count, columns.neighbors.count)
    if across >= along {
      for row in 0..<rows.groupCount {
        joined.add((0..<width).map { row * width + $0 }, isPath: across > 0)
      }
    } else {
      for column in 0..<width {
        joined.add((0..<rows.groupCount).map { $0 * width + column }, isPath: true)
      }
    }
    self.codes = joined.codes
    coefficientCount = joined.count
  }

  /// The block of rows of the history.
  public func block(first: [UInt8], second: [UInt8]) -> LevelBlock {
    let codes = codes.map { UInt32($0) }
    let width = columns.groupCount
    return LevelBlock(
      codes: zip(first, second).map { codes[Int($0) * width + Int($1)] },
      levelCount: coefficientCount, hasNeighbors: true)
  }

  /// The coefficients whose cells are neighbors along a number, counted from `offset`; each two once.
  public func edges(from offset: Int) -> [QuadraticPenalty.Edge] {
    let width = columns.groupCount
    var edges: [QuadraticPenalty.Edge] = []
    var known = Set<[Int]>()
    func join(_ a: Int, _ b: Int) {
      let (low, high) = (min(codes[a], codes[b]), max(codes[a], codes[b]))
      guard low > 0, low < high, known.insert([low, high]).inserted else { return }
      edges.append(.init(offset + low - 1, offset + high - 1))
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

/// Cells on their way to coefficients.
private struct JoinedCells {
  private let leads: [Double]
  private(set) var codes: [Int]
  private(set) var count = 0
  private static let fewest = CategoryEncoding.fewestLeads

  init(_ leads: [Double]) {
    self.leads = leads
    codes = [Int](repeating: 0, count: leads.count)
  }

  /// Adds the cells of a line of the table, joined along it if all but the last, missing one are a path.
  mutating func add(_ cells: [Int], isPath: Bool) {
    guard isPath else {
      for cell in cells { take([cell]) }
      return
    }
    take(cells.suffix(1))
    var open: [Int] = []
    var last: Int?
    for cell in cells.dropLast() {
      open.append(cell)
      if take(open) {
        last = count
        open = []
      }
    }
    // A short end belongs to the group before it.
    if let last { for cell in open { codes[cell] = last } }
  }

  /// Gives cells a coefficient, if enough leads are in them.
  @discardableResult private mutating func take(_ cells: some Sequence<Int>) -> Bool {
    guard cells.reduce(0, { $0 + leads[$1] }) >= Self.fewest else { return false }
    count += 1
    for cell in cells { codes[cell] = count }
    return true
  }
}

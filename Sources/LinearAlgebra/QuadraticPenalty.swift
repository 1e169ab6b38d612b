/// A quadratic penalty `1/2 b' S b` of coefficients b (p): squares, and squared differences of neighbors.
///
/// `S` is a diagonal plus `strength * L` for some graphs, L being the weighted Laplacian of a graph: knots of a
/// curve, each beside the next, are then drawn to a level line, cells of a table to their neighbors.
public struct QuadraticPenalty: Sendable, Equatable {
  /// Two columns that are neighbors.
  public struct Edge: Sendable, Equatable {
    public let first: Int
    public let second: Int
    /// How much their difference counts.
    public let weight: Double

    /// Joins two columns.
    public init(_ first: Int, _ second: Int, weight: Double = 1) {
      self.first = first
      self.second = second
      self.weight = weight
    }

    /// The difference between them.
    public func difference(in vector: [Double]) -> Double { vector[second] - vector[first] }

    /// Columns each of which is beside the next.
    public static func path(_ columns: Range<Int>) -> [Edge] {
      columns.dropLast().map { Edge($0, $0 + 1) }
    }
  }

  /// Neighbors that are to be alike.
  public struct Differences: Sendable, Equatable {
    /// The neighbors.
    public let edges: [Edge]
    /// What half a squared difference costs.
    public let strength: Double

    /// Creates neighbors.
    public init(edges: [Edge], strength: Double) {
      self.edges = edges
      self.strength = strength
    }

    /// The sum of weighted products of differences, without their strength.
    func product(_ a: [Double], _ b: [Double]) -> Double {
      edges.reduce(0) { $0 + $1.weight * $1.difference(in: a) * $1.difference(in: b) }
    }
  }

  /// Columns whose mean is to be near 0.
  public struct Level: Sendable, Equatable {
    /// The columns.
    public let columns: Range<Int>
    /// What half the square of their mean costs.
    public let strength: Double

    /// Creates a level.
    public init(columns: Range<Int>, strength: Double) {
      self.columns = columns
      self.strength = strength
    }

    /// The mean of a vector's elements there.
    func mean(of vector: [Double]) -> Double {
      vector[columns].reduce(0, +) / Double(max(1, columns.count))
    }

    /// What each element of the penalty's matrix is.
    var element: Double { strength / Double(max(1, columns.count * columns.count)) }
  }

  /// What half a square of each coefficient costs (p).
  public let squares: [Double]
  /// The neighbors whose differences cost.
  public let differences: [Differences]
  /// The columns whose mean costs.
  public let levels: [Level]

  /// Creates a penalty.
  ///
  /// - Precondition: the neighbors are among the columns.
  public init(
    squares: [Double], differences: [Differences] = [], levels: [Level] = []
  ) {
    precondition(
      differences.allSatisfy {
        $0.edges.allSatisfy {
          squares.indices.contains($0.first) && squares.indices.contains($0.second)
        }
      },
      "differences of columns that are not there")
    precondition(
      levels.allSatisfy { squares.indices.contains($0.columns) || $0.columns.isEmpty },
      "a level of columns that are not there")
    self.squares = squares
    self.differences = differences
    self.levels = levels
  }

  /// The number of columns, p.
  public var count: Int { squares.count }

  /// Whether nothing costs anything.
  public var isZero: Bool {
    squares.allSatisfy { $0 == 0 } && differences.allSatisfy { $0.strength == 0 }
      && levels.allSatisfy { $0.strength == 0 }
  }

  /// The product S b (p).
  public func times(_ vector: [Double]) -> [Double] {
    precondition(vector.count == count, "\(count) elements are needed")
    var result = zip(squares, vector).map { $0 * $1 }
    for neighbors in differences {
      for edge in neighbors.edges {
        let pull = neighbors.strength * edge.weight * edge.difference(in: vector)
        result[edge.first] -= pull
        result[edge.second] += pull
      }
    }
    for level in levels {
      let pull = level.strength * level.mean(of: vector) / Double(max(1, level.columns.count))
      for j in level.columns { result[j] += pull }
    }
    return result
  }

  /// The product a' S b.
  public func product(_ first: [Double], _ second: [Double]) -> Double {
    precondition(first.count == count && second.count == count, "\(count) elements are needed")
    var sum = 0.0
    for j in squares.indices { sum += squares[j] * first[j] * second[j] }
    for neighbors in differences {
      sum += neighbors.strength * neighbors.product(first, second)
    }
    for level in levels {
      sum += level.strength * level.mean(of: first) * level.mean(of: second)
    }
    return sum
  }

  /// The penalty times a factor.
  public func scaled(by factor: Double) -> QuadraticPenalty {
    QuadraticPenalty(
      squares: squares.map { $0 * factor },
      differences: differences.map {
        Differences(edges: $0.edges, strength: $0.strength * factor)
      },
      levels: levels.map { Level(columns: $0.columns, strength: $0.strength * factor) })
  }

  /// The trace of `V S` for an inverse V.
  public func trace(with inverse: PartialInverse) -> Double {
    var sum = 0.0
    for (square, variance) in zip(squares, inverse.diagonal) { sum += square * variance }
    for neighbors in differences {
      sum += neighbors.strength * inverse.differences(neighbors.edges)
    }
    for level in levels { sum += level.strength * inverse.variance(ofMean: level.columns) }
    return sum
  }
}

extension GramMatrix {
  /// The sum of this matrix and a penalty's.
  ///
  /// - Precondition: no differences are of eliminated columns, whose part must stay diagonal.
  public consuming func adding(_ penalty: QuadraticPenalty) -> GramMatrix {
    var result = self.addingDiagonal(penalty.squares)
    for neighbors in penalty.differences {
      for edge in neighbors.edges {
        precondition(
          !result.eliminated.contains(edge.first) && !result.eliminated.contains(edge.second),
          "differences of levels that are eliminated")
        let (a, b) = (result.coreIndex(edge.first), result.coreIndex(edge.second))
        let strength = neighbors.strength * edge.weight
        result.core[a, a] += strength
        result.core[b, b] += strength
        result.core[a, b] -= strength
        result.core[b, a] -= strength
      }
    }
    for level in penalty.levels {
      precondition(
        level.columns.isEmpty || !result.eliminated.overlaps(level.columns),
        "a level of columns that are eliminated")
      let places = level.columns.map(result.coreIndex)
      for i in places { for j in places { result.core[i, j] += level.element } }
    }
    return result
  }
}

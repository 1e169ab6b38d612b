/// A quadratic penalty `1/2 b' S b` of coefficients b (p): squares, and squared differences of neighbors.
///
/// `S` is a diagonal plus `strength * D'D` for some runs of columns, where D takes the difference of
/// each two that follow each other: knots of a curve, which is then drawn to a level line.
public struct QuadraticPenalty: Sendable, Equatable {
  /// A run of columns whose neighbors are to be alike.
  public struct Differences: Sendable, Equatable {
    /// The columns, in the order of their neighborhood.
    public let columns: Range<Int>
    /// What half a squared difference costs.
    public let strength: Double

    /// Creates a run.
    public init(columns: Range<Int>, strength: Double) {
      self.columns = columns
      self.strength = strength
    }
  }

  /// What half a square of each coefficient costs (p).
  public let squares: [Double]
  /// The runs of columns whose differences cost.
  public let differences: [Differences]

  /// Creates a penalty.
  ///
  /// - Precondition: the runs lie among the columns.
  public init(squares: [Double], differences: [Differences] = []) {
    precondition(
      differences.allSatisfy {
        $0.columns.lowerBound >= 0 && $0.columns.upperBound <= squares.count
      },
      "differences of columns that are not there")
    self.squares = squares
    self.differences = differences
  }

  /// The number of columns, p.
  public var count: Int { squares.count }

  /// Whether nothing costs anything.
  public var isZero: Bool {
    squares.allSatisfy { $0 == 0 } && differences.allSatisfy { $0.strength == 0 }
  }

  /// The product S b (p).
  public func times(_ vector: [Double]) -> [Double] {
    precondition(vector.count == count, "\(count) elements are needed")
    var result = zip(squares, vector).map { $0 * $1 }
    for run in differences {
      for j in run.columns.dropLast() {
        let pull = run.strength * (vector[j + 1] - vector[j])
        result[j] -= pull
        result[j + 1] += pull
      }
    }
    return result
  }

  /// The product a' S b.
  public func product(_ first: [Double], _ second: [Double]) -> Double {
    precondition(first.count == count && second.count == count, "\(count) elements are needed")
    var sum = 0.0
    for j in squares.indices { sum += squares[j] * first[j] * second[j] }
    for run in differences {
      for j in run.columns.dropLast() {
        sum += run.strength * (first[j + 1] - first[j]) * (second[j + 1] - second[j])
      }
    }
    return sum
  }

  /// The penalty times a factor.
  public func scaled(by factor: Double) -> QuadraticPenalty {
    QuadraticPenalty(
      squares: squares.map { $0 * factor },
      differences: differences.map {
        Differences(columns: $0.columns, strength: $0.strength * factor)
      })
  }

  /// The trace of `V S` for a matrix V that is known on its diagonal and beside it.
  public func trace(with band: InverseBand) -> Double {
    var sum = 0.0
    for (square, variance) in zip(squares, band.diagonal) { sum += square * variance }
    for run in differences { sum += run.strength * band.differences(in: run.columns) }
    return sum
  }
}

extension GramMatrix {
  /// The sum of this matrix and a penalty's.
  ///
  /// - Precondition: no differences are of eliminated columns, whose part must stay diagonal.
  public consuming func adding(_ penalty: QuadraticPenalty) -> GramMatrix {
    var result = self.addingDiagonal(penalty.squares)
    for run in penalty.differences {
      precondition(
        run.columns.isEmpty || !result.eliminated.overlaps(run.columns),
        "differences of levels that are eliminated")
      for j in run.columns.dropLast() {
        let (a, b) = (result.coreIndex(j), result.coreIndex(j + 1))
        result.core[a, a] += run.strength
        result.core[b, b] += run.strength
        result.core[a, b] -= run.strength
        result.core[b, a] -= run.strength
      }
    }
    return result
  }
}

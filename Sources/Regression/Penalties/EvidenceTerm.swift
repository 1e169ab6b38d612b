import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Columns whose coefficients share penalties, the strengths of which the data are to set.
///
/// Its matrix is `sum_j lambda_j S_j + floor I`; a term has one penalty, or two on the same columns.
public struct EvidenceTerm: Sendable, Equatable {
  /// What is penalized.
  public enum Kind: Sendable {
    /// The squares of the coefficients.
    case squares
    /// The squared differences of neighbors: a curve's knots, a table's cells.
    case differences
  }

  /// One of a term's penalties.
  public struct Penalty: Sendable, Equatable {
    /// What is penalized.
    public let kind: Kind
    /// What is thought before of the variance 1/lambda of a coefficient, or of a difference.
    public let guess: Double
  }

  /// The columns.
  public let columns: Range<Int>
  /// The penalties, each with a strength of its own.
  public let penalties: [Penalty]
  /// The neighbors among the columns.
  let edges: [QuadraticPenalty.Edge]
  /// The eigenvalues of the neighbors' Laplacian; as many zeros where there are none.
  private let eigenvalues: [Double]

  /// Creates a term of one penalty; each column is a neighbor of the next.
  ///
  /// - Precondition: the guess is above 0.
  public init(columns: Range<Int>, kind: Kind, guess: Double) {
    precondition(guess > 0 && guess.isFinite, "a variance is above 0")
    self.columns = columns
    penalties = [Penalty(kind: kind, guess: guess)]
    edges = kind == .differences ? QuadraticPenalty.Edge.path(columns) : []
    // The Laplacian of a path has the eigenvalues 4 sin^2(pi k / 2K), k = 0 ... K - 1.
    eigenvalues = columns.indices.map { place in
      guard kind == .differences else { return 0 }
      let sine = sin(Double.pi * Double(place - columns.lowerBound) / Double(2 * columns.count))
      return 4 * sine * sine
    }
  }

  /// Creates a term whose squares are penalized, and whose differences along edges are too, if there are any.
  ///
  /// - Precondition: the guesses are above 0, and the edges are among the columns.
  public init(
    columns: Range<Int>, squares: Double, edges: [QuadraticPenalty.Edge], differences: Double
  ) {
    precondition(
      squares > 0 && squares.isFinite && differences > 0 && differences.isFinite,
      "a variance is above 0")
    self.columns = columns
    self.edges = edges
    let first = Penalty(kind: .squares, guess: squares)
    guard !edges.isEmpty else {
      penalties = [first]
      eigenvalues = [Double](repeating: 0, count: columns.count)
      return
    }
    penalties = [first, Penalty(kind: .differences, guess: differences)]
    var laplacian = Matrix(rows: columns.count, columns: columns.count)
    for edge in edges {
      let (a, b) = (edge.first - columns.lowerBound, edge.second - columns.lowerBound)
      laplacian[a, a] += 1
      laplacian[b, b] += 1
      laplacian[a, b] -= 1
      laplacian[b, a] -= 1
    }
    // Rounding may leave a hair below 0.
    eigenvalues = laplacian.symmetricEigenvalues().map { max(0, $0) }
  }

  /// The strengths that the guesses stand for.
  public var guessedStrengths: [Double] { penalties.map { 1 / $0.guess } }

  /// b' S b, where S is a penalty's matrix for a strength of 1.
  func square(of coefficients: [Double], under penalty: Penalty) -> Double {
    var sum = 0.0
    switch penalty.kind {
    case .squares: for j in columns { sum += coefficients[j] * coefficients[j] }
    case .differences:
      for edge in edges {
        let difference = coefficients[edge.second] - coefficients[edge.first]
        sum += difference * difference
      }
    }
    return sum
  }

  /// tr(V S), where S is a penalty's matrix for a strength of 1.
  func trace(with inverse: PartialInverse, of penalty: Penalty) -> Double {
    switch penalty.kind {
    case .squares: inverse.diagonal[columns].reduce(0, +)
    case .differences: inverse.differences(edges)
    }
  }

  /// tr(T^-1 S), where T is the term's matrix under its strengths and S a penalty's for a strength of 1.
  func priorTrace(of penalty: Penalty, strengths: [Double], floor: Double) -> Double {
    var (squares, differences) = (floor, 0.0)
    for (other, strength) in zip(penalties, strengths) {
      switch other.kind {
      case .squares: squares += strength
      case .differences: differences += strength
      }
    }
    var sum = 0.0
    for value in eigenvalues {
      sum += (penalty.kind == .squares ? 1 : value) / (squares + differences * value)
    }
    return sum
  }

  /// tr(V T), where T is the term's matrix under its strengths.
  func trace(with inverse: PartialInverse, strengths: [Double], floor: Double) -> Double {
    zip(penalties, strengths).reduce(floor * inverse.diagonal[columns].reduce(0, +)) {
      $0 + $1.1 * trace(with: inverse, of: $1.0)
    }
  }
}

extension QuadraticPenalty {
  /// The penalty of terms under their strengths, and a small one on each of their squares.
  init(_ terms: [EvidenceTerm], strengths: [[Double]], floor: Double, columnCount: Int) {
    var squares = [Double](repeating: 0, count: columnCount)
    var differences: [Differences] = []
    for (term, strengths) in zip(terms, strengths) {
      for j in term.columns { squares[j] += floor }
      for (penalty, strength) in zip(term.penalties, strengths) {
        switch penalty.kind {
        case .squares: for j in term.columns { squares[j] += strength }
        case .differences: differences.append(.init(edges: term.edges, strength: strength))
        }
      }
    }
    self.init(squares: squares, differences: differences)
  }
}

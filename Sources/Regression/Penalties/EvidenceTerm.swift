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

  /// Which way a curve may go.
  public enum Direction: String, Codable, Sendable {
    /// It may not fall.
    case up
    /// It may not rise.
    case down
  }

  /// The columns.
  public let columns: Range<Int>
  /// The penalties, each with a strength of its own.
  public let penalties: [Penalty]
  /// Which way the coefficients may go, from column to column; nil for any.
  public let direction: Direction?
  /// The neighbors among the columns.
  let edges: [QuadraticPenalty.Edge]
  /// The neighbors that are held equal, as they would go the wrong way.
  let ties: [QuadraticPenalty.Edge]
  /// The eigenvalues of the neighbors' Laplacian, tied ones being one; zeros where there are no neighbors.
  private let eigenvalues: [Double]

  /// Creates a term of one penalty; each column is a neighbor of the next.
  ///
  /// - Parameter direction: Which way the coefficients may go, from column to column; nil for any.
  /// - Precondition: the guess is above 0, and a direction is of differences.
  public init(columns: Range<Int>, kind: Kind, guess: Double, direction: Direction? = nil) {
    precondition(guess > 0 && guess.isFinite, "a variance is above 0")
    precondition(kind == .differences || direction == nil, "only neighbors go up or down")
    self.init(
      columns: columns, penalty: Penalty(kind: kind, guess: guess), direction: direction, ties: [])
  }

  private init(
    columns: Range<Int>, penalty: Penalty, direction: Direction?, ties: [QuadraticPenalty.Edge]
  ) {
    let edges = penalty.kind == .differences ? QuadraticPenalty.Edge.path(columns) : []
    // The Laplacian of a path has the eigenvalues 4 sin^2(pi k / 2K), k = 0 ... K - 1.
    let count = columns.count - ties.count
    self.init(
      columns: columns, penalties: [penalty], direction: direction, edges: edges, ties: ties,
      eigenvalues: (0..<count).map { place in
        guard penalty.kind == .differences else { return 0 }
        let sine = sin(Double.pi * Double(place) / Double(2 * count))
        return 4 * sine * sine
      })
  }

  private init(
    columns: Range<Int>, penalties: [Penalty], direction: Direction?,
    edges: [QuadraticPenalty.Edge], ties: [QuadraticPenalty.Edge], eigenvalues: [Double]
  ) {
    self.columns = columns
    self.penalties = penalties
    self.direction = direction
    self.edges = edges
    self.ties = ties
    self.eigenvalues = eigenvalues
  }

  /// This term with other neighbors held equal.
  ///
  /// - Precondition: it has a direction, and so one penalty.
  func tying(_ ties: [QuadraticPenalty.Edge]) -> EvidenceTerm {
    EvidenceTerm(columns: columns, penalty: penalties[0], direction: direction, ties: ties)
  }

  /// This term of as many columns that begin elsewhere.
  public func moved(to first: Int) -> EvidenceTerm {
    let shift = first - columns.lowerBound
    func moved(_ edges: [QuadraticPenalty.Edge]) -> [QuadraticPenalty.Edge] {
      edges.map { .init($0.first + shift, $0.second + shift, weight: $0.weight) }
    }
    return EvidenceTerm(
      columns: first..<first + columns.count, penalties: penalties, direction: direction,
      edges: moved(edges), ties: moved(ties), eigenvalues: eigenvalues)
  }

  /// Whether another term's columns are as many, with neighbors in the same places.
  public func isShaped(as other: EvidenceTerm) -> Bool {
    let shift = other.columns.lowerBound - columns.lowerBound
    return columns.count == other.columns.count && direction == other.direction
      && penalties.map(\.kind) == other.penalties.map(\.kind) && edges.count == other.edges.count
      && zip(edges, other.edges).allSatisfy {
        $0.first + shift == $1.first && $0.second + shift == $1.second
      }
  }

  /// This term with differences that count less the larger they are: steps stay sharp, and what is flat is
  /// smoothed more.
  ///
  /// Each difference then has a variance of its own: Student's t with one degree of freedom in place of a normal
  /// distribution. The weight `2 / (1 + lambda E d^2)` is the expectation step of that (Lange, Little and Taylor,
  /// *Robust statistical modeling using the t distribution*, 1989). Terms that may go one way only keep theirs.
  func sharpened(
    _ strengths: [Double], coefficients: [Double], inverse: PartialInverse
  ) -> EvidenceTerm {
    guard let place = penalties.firstIndex(where: { $0.kind == .differences }), direction == nil
    else { return self }
    let weighted = edges.map { edge in
      let difference = edge.difference(in: coefficients)
      let square = difference * difference + max(0, inverse.variance(ofDifference: edge))
      return QuadraticPenalty.Edge(
        edge.first, edge.second, weight: 2 / (1 + strengths[place] * square))
    }
    return EvidenceTerm(
      columns: columns, penalties: penalties, direction: nil, edges: weighted, ties: [],
      eigenvalues: Self.eigenvalues(of: weighted, columns))
  }

  /// The eigenvalues of the Laplacian of neighbors.
  private static func eigenvalues(
    of edges: [QuadraticPenalty.Edge], _ columns: Range<Int>
  ) -> [Double] {
    var laplacian = Matrix(rows: columns.count, columns: columns.count)
    for edge in edges {
      let (a, b) = (edge.first - columns.lowerBound, edge.second - columns.lowerBound)
      laplacian[a, a] += edge.weight
      laplacian[b, b] += edge.weight
      laplacian[a, b] -= edge.weight
      laplacian[b, a] -= edge.weight
    }
    // Rounding may leave a hair below 0.
    return laplacian.symmetricEigenvalues().map { max(0, $0) }
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
    let first = Penalty(kind: .squares, guess: squares)
    self.init(
      columns: columns,
      penalties: edges.isEmpty
        ? [first] : [first, Penalty(kind: .differences, guess: differences)],
      direction: nil, edges: edges, ties: [],
      eigenvalues: edges.isEmpty
        ? [Double](repeating: 0, count: columns.count) : Self.eigenvalues(of: edges, columns))
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
        let difference = edge.difference(in: coefficients)
        sum += edge.weight * difference * difference
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

  /// What the term's only penalty holds at 0: coefficients, or weighted differences.
  func coordinates(of coefficients: [Double]) -> [Double] {
    guard penalties[0].kind == .differences else { return Array(coefficients[columns]) }
    return edges.map { $0.weight.squareRoot() * $0.difference(in: coefficients) }
  }

  /// The covariances of what the term's only penalty holds at 0; nil where they are not known.
  func spread(in inverse: PartialInverse) -> Matrix? {
    guard columns.clamped(to: inverse.eliminated).isEmpty else { return nil }
    let block = inverse.block(Array(columns))
    guard penalties[0].kind == .differences else { return block }
    let first = columns.lowerBound
    var result = Matrix(rows: edges.count, columns: edges.count)
    for (j, b) in edges.enumerated() {
      for (i, a) in edges.enumerated() {
        let (a1, a2, b1, b2) = (
          a.first - first, a.second - first, b.first - first, b.second - first
        )
        result[i, j] =
          (a.weight * b.weight).squareRoot()
          * (block[a1, b1] - block[a1, b2] - block[a2, b1] + block[a2, b2])
      }
    }
    return result
  }

  /// What holds the mean of coefficients that only differences hold otherwise; nil for terms of squares.
  ///
  /// Leads without a value have none of them: that mean is what tells these from others, beside an effect of its own, and data
  /// can part the two no better than the effects of two fields that are missing in the same leads.
  var level: QuadraticPenalty.Level? {
    penalties.contains { $0.kind == .squares }
      ? nil : QuadraticPenalty.Level(columns: columns, strength: 1 / Self.levelGuess)
  }

  /// The variance guessed of a curve's mean, in squared logits: that of a missing value's effect.
  private static let levelGuess = 0.1

  /// tr(V T), where T is the term's matrix under its strengths.
  func trace(
    with inverse: PartialInverse, strengths: [Double], floor: Double, tieStrength: Double
  ) -> Double {
    zip(penalties, strengths).reduce(
      floor * inverse.diagonal[columns].reduce(0, +) + tieStrength * inverse.differences(ties)
        + (level.map { $0.strength * inverse.variance(ofMean: $0.columns) } ?? 0)
    ) { $0 + $1.1 * trace(with: inverse, of: $1.0) }
  }
}

extension QuadraticPenalty {
  /// The penalty of terms under their strengths, and a small one on each of their squares.
  init(
    _ terms: [EvidenceTerm], strengths: [[Double]], floor: Double, tieStrength: Double,
    columnCount: Int
  ) {
    var squares = [Double](repeating: 0, count: columnCount)
    var differences: [Differences] = []
    for (term, strengths) in zip(terms, strengths) {
      for j in term.columns { squares[j] += floor }
      if !term.ties.isEmpty { differences.append(.init(edges: term.ties, strength: tieStrength)) }
      for (penalty, strength) in zip(term.penalties, strengths) {
        switch penalty.kind {
        case .squares: for j in term.columns { squares[j] += strength }
        case .differences: differences.append(.init(edges: term.edges, strength: strength))
        }
      }
    }
    self.init(
      squares: squares, differences: differences, levels: terms.compactMap(\.level))
  }
}

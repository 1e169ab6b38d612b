import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Columns whose coefficients share one penalty, the strength of which the data are to set.
public struct EvidenceTerm: Sendable, Equatable {
  /// What is penalized.
  public enum Kind: Sendable {
    /// The squares of the coefficients.
    case squares
    /// The squared differences of neighbors: a curve's knots.
    case differences
  }

  /// The columns.
  public let columns: Range<Int>
  /// What is penalized.
  public let kind: Kind
  /// What is thought before of the variance 1/lambda of a coefficient, or of a difference.
  public let guess: Double

  /// Creates a term.
  ///
  /// - Precondition: the guess is above 0.
  public init(columns: Range<Int>, kind: Kind, guess: Double) {
    precondition(guess > 0 && guess.isFinite, "a variance is above 0")
    self.columns = columns
    self.kind = kind
    self.guess = guess
  }

  /// b' S b, where S is the term's matrix for a strength of 1.
  func square(of coefficients: [Double]) -> Double {
    var sum = 0.0
    switch kind {
    case .squares: for j in columns { sum += coefficients[j] * coefficients[j] }
    case .differences:
      for j in columns.dropLast() {
        let difference = coefficients[j + 1] - coefficients[j]
        sum += difference * difference
      }
    }
    return sum
  }

  /// tr(V S), where V is known on its diagonal and beside it.
  func trace(with band: InverseBand) -> Double {
    switch kind {
    case .squares: band.diagonal[columns].reduce(0, +)
    case .differences: band.differences(in: columns)
    }
  }

  /// tr((lambda S + floor I)^-1 S).
  ///
  /// The eigenvalues of D'D are `4 sin^2(pi k / 2K)`, k = 0 ... K - 1: those of a path's Laplacian.
  func priorTrace(strength: Double, floor: Double) -> Double {
    let count = columns.count
    switch kind {
    case .squares: return Double(count) / (strength + floor)
    case .differences:
      var sum = 0.0
      for k in 0..<count {
        let sine = sin(Double.pi * Double(k) / Double(2 * count))
        sum += 4 * sine * sine / (strength * 4 * sine * sine + floor)
      }
      return sum
    }
  }
}

extension QuadraticPenalty {
  /// The penalty of terms under their strengths, and a small one on each of their squares.
  init(_ terms: [EvidenceTerm], strengths: [Double], floor: Double, columnCount: Int) {
    var squares = [Double](repeating: 0, count: columnCount)
    var differences: [Differences] = []
    for (term, strength) in zip(terms, strengths) {
      for j in term.columns { squares[j] += floor }
      switch term.kind {
      case .squares: for j in term.columns { squares[j] += strength }
      case .differences: differences.append(.init(columns: term.columns, strength: strength))
      }
    }
    self.init(squares: squares, differences: differences)
  }
}

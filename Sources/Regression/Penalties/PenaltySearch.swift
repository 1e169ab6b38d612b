import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The search for the strength of a ridge penalty that foretells unseen leads best.
///
/// The objective is the sum of losses and `L / 2 |b|^2`, so that L is 1 / C of scikit-learn. Strengths
/// are half powers of ten from 1e-3 to 1e5. The search starts at 1 and walks downhill in
/// cross-validated log loss, by one candidate at a time; of equal ones it prefers the larger.
public struct PenaltySearch: Sendable {
  /// The candidates, ascending; each a half power of ten.
  public static let strengths = (-6...10).map { pow(10, Double($0) / 2) }
  /// The place of 1 among them.
  private static let start = 6

  /// How near to their minimum, in standard errors, the fits of candidates come that are compared.
  ///
  /// What is left moves the loss of all unseen leads together by some thousandths of a nat.
  public var searchTolerance = 1e-3
  /// How near to their minimum, in standard errors, the folds' fits of the chosen candidate come.
  public var foldTolerance = 1e-4
  /// The solver for the chosen candidate's fit to all rows, and for the rest but for its tolerance.
  public var solver = NewtonSolver()

  /// Creates a search with the default tolerances.
  public init() {}

  /// Finds the best strength.
  ///
  /// - Parameters:
  ///   - scales: What the strength is multiplied by for each column (p): 0 for the intercept.
  ///   - folds: The fold of each row (n).
  public func run(
    design: DesignMatrix, outcomes: [Double], weights: [Double]? = nil, scales: [Double],
    folds: Folds
  ) throws(CrossValidationError) -> PenaltyChoice {
    var walk = try PenaltyWalk(
      objective(design, outcomes, weights, scales), scales: scales, folds: folds, search: self)
    let best = try descend(&walk)
    return try walk.choice(best)
  }

  /// Finds the best strength alone, which costs less than the fits under it: for a sample of leads.
  ///
  /// - Parameters: as for `run`.
  public func strength(
    design: DesignMatrix, outcomes: [Double], weights: [Double]? = nil, scales: [Double],
    folds: Folds
  ) throws(CrossValidationError) -> (strength: Double, candidates: [PenaltyChoice.Candidate]) {
    var walk = try PenaltyWalk(
      objective(design, outcomes, weights, scales), scales: scales, folds: folds, search: self)
    let best = try descend(&walk)
    return (Self.strengths[best], walk.candidates)
  }

  /// Walks down to the best candidate; its place among the strengths.
  private func descend(_ walk: inout PenaltyWalk) throws(CrossValidationError) -> Int {
    let start = Self.start
    var best = try walk.candidate(start)
    // Upwards first, where a tie is a step; only if the first step fails, downwards.
    var index = start
    while index + 1 < Self.strengths.count {
      let next = try walk.candidate(index + 1)
      guard next.logLoss <= best.logLoss else { break }
      (index, best) = (index + 1, next)
    }
    while index <= start, index > 0 {
      let next = try walk.candidate(index - 1)
      guard next.logLoss < best.logLoss else { break }
      (index, best) = (index - 1, next)
    }
    return index
  }

  private func objective(
    _ design: DesignMatrix, _ outcomes: [Double], _ weights: [Double]?, _ scales: [Double]
  ) throws(CrossValidationError) -> LogisticObjective {
    do {
      return try LogisticObjective(
        design: design, outcomes: outcomes, weights: weights, penalties: scales)
    } catch {
      throw .invalid(error)
    }
  }
}

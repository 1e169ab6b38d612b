import LinearAlgebra
import Parallelism

/// The Hessian of a sum of losses and penalties, X'WX + S (p x p), with its factor.
///
/// It serves again where the curvature has hardly changed: at a near-by point, in a fold, under another
/// penalty, each time at the price of a factorization at most.
public struct Hessian: Sendable {
  /// X'WX: what the rows tell.
  public let information: GramMatrix
  /// S.
  public let penalty: QuadraticPenalty
  /// The factor of X'WX + S / share.
  private let factor: GramFactor
  /// The share of the rows that it stands for, 0...1.
  private let share: Double

  /// Factors X'WX + S.
  ///
  /// - Throws: `notPositiveDefinite` with a column that depends on others and has no penalty.
  public init(
    information: GramMatrix, penalty: QuadraticPenalty
  ) throws(FactorizationError) {
    try self.init(information: information, penalty: penalty, share: 1)
  }

  private init(
    information: GramMatrix, penalty: QuadraticPenalty, share: Double
  ) throws(FactorizationError) {
    self.information = information
    self.penalty = penalty
    self.share = share
    factor = try information.adding(share == 1 ? penalty : penalty.scaled(by: 1 / share))
      .factored()
  }

  /// The same curvature under other penalties.
  func replacing(penalty: QuadraticPenalty) throws(FactorizationError) -> Hessian {
    try Hessian(information: information, penalty: penalty, share: share)
  }

  /// What it would be for a share of the rows, drawn at random, under other penalties: a fold's.
  func forShare(
    _ share: Double, penalty: QuadraticPenalty
  ) throws(FactorizationError) -> Hessian {
    try Hessian(information: information, penalty: penalty, share: self.share * share)
  }

  /// The solution x (p) of H x = b.
  public func solve(_ right: [Double]) -> [Double] {
    let solution = factor.solve(right)
    return share == 1 ? solution : solution.map { $0 / share }
  }

  /// The diagonal of the inverse (p): the squared standard errors.
  public func inverseDiagonal() -> [Double] { factor.inverseDiagonal().map { $0 / share } }

  /// The inverse, but for what pairs of eliminated columns share.
  public func partialInverse() -> PartialInverse {
    precondition(share == 1, "the inverse is meant for all rows")
    return factor.partialInverse()
  }

  /// The forms x' H^-1 x of some rows x of a design matrix.
  public func inverseForms(ofRows rows: [Int], of design: DesignMatrix) -> [Double] {
    precondition(share == 1, "the inverse is meant for all rows")
    let width = 256
    return Parallel.map((rows.count + width - 1) / width) { job in
      factor.inverseForms(
        design.expanded(rows[job * width..<min(rows.count, (job + 1) * width)]))
    }.flatMap { $0 }
  }

  /// The inverse (p x p), for small p.
  public func inverse() -> Matrix {
    precondition(share == 1, "the inverse is meant for all rows")
    return factor.inverse()
  }
}

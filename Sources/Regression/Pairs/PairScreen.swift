import CKernels
import Parallelism

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Screens pairs of coded columns for what they say together beyond a fit.
///
/// For each pair the residuals and curvatures of the fit are summed by the cells of its table. What row and
/// column effects could still explain is taken out, and the evidence that cells vary is the largest
/// of the log marginal likelihoods, against no variance, over some variances t of cells:
/// `1/2 sum over cells [R^2 t / (1 + W t) - log(1 + W t)]`. It charges by itself for the number of cells.
public struct PairScreen: Sendable {
  /// A pair of columns and its evidence.
  public struct Candidate: Sendable, Equatable {
    /// The columns' numbers.
    public let first: Int
    public let second: Int
    /// The evidence, in nats.
    public let gain: Double
  }

  /// The variances of cells that are tried, in squared logits.
  public static let variances = [0.003, 0.01, 0.03, 0.1, 0.3, 1]
  /// How often row and column effects are taken out in turn.
  private static let sweeps = 6
  /// Rows that a job's loop takes at a time: their codes, residuals and curvatures stay in the cache.
  private static let tile = 8192

  private let codes: [[UInt8]]
  private let groupCounts: [Int]

  /// Takes columns (n codes each), with the number of groups that each has.
  ///
  /// - Precondition: codes are below their number of groups, and columns are equally long.
  public init(codes: [[UInt8]], groupCounts: [Int]) {
    precondition(
      codes.count == groupCounts.count && codes.allSatisfy { $0.count == codes[0].count },
      "columns of equally many codes")
    precondition(
      zip(codes, groupCounts).allSatisfy { codes, count in codes.allSatisfy { $0 < count } },
      "a code is above its column's groups")
    self.codes = codes
    self.groupCounts = groupCounts
  }

  /// All pairs of columns, the earlier one first.
  public var pairs: [(Int, Int)] {
    codes.indices.flatMap { second in (0..<second).map { ($0, second) } }
  }

  /// Pairs with their evidence, the strongest first; of equals the one of earlier columns.
  ///
  /// - Parameters:
  ///   - pairs: The pairs of columns to screen.
  ///   - residuals: Weight times outcome less probability (n).
  ///   - curvature: Weight times p (1 - p) (n).
  public func candidates(
    _ pairs: [(Int, Int)], residuals: [Double], curvature: [Double]
  ) -> [Candidate] {
    let found = Parallel.map(pairs.count) { index in
      let (first, second) = pairs[index]
      let width = groupCounts[second]
      let sums = sums(first, second, residuals: residuals, curvature: curvature)
      return Candidate(
        first: first, second: second,
        gain: Self.gain(
          residuals: stride(from: 0, to: sums.count, by: 2).map { sums[$0] },
          curvature: stride(from: 1, to: sums.count, by: 2).map { sums[$0] }, width: width))
    }
    return found.sorted { ($1.gain, $0.first, $0.second) < ($0.gain, $1.first, $1.second) }
  }

  /// The sums of residuals and curvatures of each cell, one after the other.
  private func sums(
    _ first: Int, _ second: Int, residuals: [Double], curvature: [Double]
  ) -> [Double] {
    let (a, b) = (codes[first], codes[second])
    let width = groupCounts[second]
    var sums = [Double](repeating: 0, count: 2 * groupCounts[first] * width)
    for start in stride(from: 0, to: a.count, by: Self.tile) {
      unsafe winnow_pair_sums(
        a, b, UInt32(width), residuals, curvature, start, min(Self.tile, a.count - start), &sums)
    }
    return sums
  }

  /// The evidence of a table of cells, row after row of `width`.
  static func gain(residuals: [Double], curvature: [Double], width: Int) -> Double {
    let height = residuals.count / width
    var (rowWeights, columnWeights) = (
      [Double](repeating: 0, count: height), [Double](repeating: 0, count: width)
    )
    for (cell, weight) in curvature.enumerated() {
      rowWeights[cell / width] += weight
      columnWeights[cell % width] += weight
    }
    var rest = residuals
    for _ in 0..<sweeps {
      for (weights, group) in [
        (rowWeights, { (cell: Int) in cell / width }), (columnWeights, { $0 % width }),
      ] {
        var sums = [Double](repeating: 0, count: weights.count)
        for (cell, value) in rest.enumerated() { sums[group(cell)] += value }
        for cell in rest.indices {
          let weight = weights[group(cell)]
          if weight > 0 { rest[cell] -= curvature[cell] * sums[group(cell)] / weight }
        }
      }
    }
    var best = -Double.infinity
    // A cell that is nearly its whole row or column says little that a field alone could not.
    let left = curvature.enumerated().map { cell, weight in
      weight > 0
        ? weight * (1 - weight / rowWeights[cell / width])
          * (1 - weight / columnWeights[cell % width]) : -1
    }
    for t in variances {
      var sum = 0.0
      for (cell, weight) in left.enumerated() where curvature[cell] > 0 {
        sum += rest[cell] * rest[cell] * t / (1 + weight * t) - log1p(weight * t)
      }
      best = max(best, 0.5 * sum)
    }
    return best
  }
}

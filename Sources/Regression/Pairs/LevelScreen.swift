#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Screens the groups of a column for what they say beyond a fit, as `PairScreen` does the cells of a table.
public enum LevelScreen {
  /// The sums of residuals and of curvatures (n each) in each of `count` groups.
  ///
  /// Callers see the body, or each row would ask what its code's type is.
  ///
  /// - Parameter codes: The group of each row, from 0 on.
  @inlinable public static func sums(
    _ codes: [some BinaryInteger], count: Int, residuals: [Double], curvature: [Double]
  ) -> (residuals: [Double], curvature: [Double]) {
    var sums = [Double](repeating: 0, count: count)
    var weights = sums
    for (row, code) in codes.enumerated() {
      sums[Int(code)] += residuals[row]
      weights[Int(code)] += curvature[row]
    }
    return (sums, weights)
  }

  /// The evidence that groups vary, in nats: the largest of the log marginal likelihoods, against no variance, over some
  /// variances t of groups, `1/2 sum over groups [R^2 t / (1 + W t) - log(1 + W t)]`.
  ///
  /// - Parameters:
  ///   - residuals: Of each group the sum of weight times outcome less probability.
  ///   - curvature: Of each group the sum of weight times p (1 - p).
  public static func gain(residuals: [Double], curvature: [Double]) -> Double {
    let total = curvature.reduce(0, +)
    guard total > 0 else { return -.infinity }
    let mean = residuals.reduce(0, +) / total
    return PairScreen.variances.reduce(-.infinity) { best, t in
      var evidence = 0.0
      for (sum, weight) in zip(residuals, curvature) where weight > 0 {
        let rest = sum - weight * mean
        evidence += rest * rest * t / (1 + weight * t) - log1p(weight * t)
      }
      return max(best, 0.5 * evidence)
    }
  }

  /// The evidence of groups that follow each other, taken as they are, two together, four together and so on: what is smooth
  /// shows in wide groups and what is not in narrow ones.
  ///
  /// - Parameter fewest: The groups that are not joined any more.
  public static func gain(
    ofOrdered residuals: [Double], curvature: [Double], fewest: Int
  ) -> Double {
    var (sums, weights) = (residuals, curvature)
    var best = gain(residuals: sums, curvature: weights)
    while sums.count >= 2 * fewest {
      (sums, weights) = (inPairs(sums), inPairs(weights))
      best = max(best, gain(residuals: sums, curvature: weights))
    }
    return best
  }

  private static func inPairs(_ sums: [Double]) -> [Double] {
    stride(from: 0, to: sums.count, by: 2).map {
      sums[$0] + ($0 + 1 < sums.count ? sums[$0 + 1] : 0)
    }
  }
}

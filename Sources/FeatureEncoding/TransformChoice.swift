import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Decides whether a long-tailed column foretells outcomes better as it is or as its logarithm.
///
/// Skewness alone misleads: a bonus of 99,999 among zeros says more on its own scale. So both scales are
/// tried alone, by the likelihood of a logistic regression on that one column, on values in equal bins of
/// the logarithm.
struct TransformChoice {
  private var bins: [Bin]

  private struct Bin {
    var weight = 0.0
    var converted = 0.0
    var plain = 0.0
    var logged = 0.0
  }

  private static let binCount = 1024

  /// Sorts values (none below 0; NaN is missing) into bins, by their logarithms.
  ///
  /// - Precondition: each value has a logarithm, an outcome and a weight, where these are not nil and so 1.
  init(
    _ values: [Double], logarithms: [Double], outcomes: [Double], weights: [Double]?,
    highest: Double
  ) {
    let last = Self.binCount - 1
    // One bin more, of missing values.
    var sums = [Double](repeating: 0, count: 8 * (Self.binCount + 1))
    precondition(
      logarithms.count == values.count && outcomes.count == values.count
        && weights.map { $0.count == values.count } ?? true,
      "a logarithm, an outcome and a weight for each value")
    unsafe winnow_bin_sums(
      values, logarithms, outcomes, weights, values.count, Double(last) / logOnePlus(highest),
      UInt32(last), &sums)
    bins = stride(from: 0, to: 8 * Self.binCount, by: 8).map {
      Bin(
        weight: sums[$0] + sums[$0 + 4], converted: sums[$0 + 1] + sums[$0 + 5],
        plain: sums[$0 + 2] + sums[$0 + 6], logged: sums[$0 + 3] + sums[$0 + 7])
    }
    bins.removeAll { $0.weight == 0 }
    for bin in bins.indices {
      bins[bin].plain /= bins[bin].weight
      bins[bin].logged /= bins[bin].weight
    }
  }

  /// The scale on which the column alone foretells better.
  var better: NumericEncoding.Transform {
    loss { $0.logged } < loss { $0.plain } ? .log1p : .identity
  }

  /// The lowest sum of losses of a logistic regression on one scale, by Newton's method.
  private func loss(_ scale: (Bin) -> Double) -> Double {
    let total = bins.reduce(0) { $0 + $1.weight }
    let mean = bins.reduce(0) { $0 + $1.weight * scale($1) } / total
    let variance =
      bins.reduce(0) { $0 + $1.weight * (scale($1) - mean) * (scale($1) - mean) } / total
    guard variance > 0 else { return .infinity }
    let points = bins.map { (x: (scale($0) - mean) / variance.squareRoot(), bin: $0) }
    let rate = bins.reduce(0) { $0 + $1.converted } / total
    guard rate > 0, rate < 1 else { return .infinity }
    var intercept = log(rate / (1 - rate))
    var slope = 0.0
    var best = Self.loss(points, intercept, slope)
    for _ in 0..<25 {
      // A hair of a ridge keeps a separated column from running away.
      var (g0, g1, h00, h01, h11) = (0.0, -1e-6 * slope, 1e-12, 0.0, 1e-6)
      for (x, bin) in points {
        let p = 1 / (1 + exp(-(intercept + slope * x)))
        let curvature = bin.weight * p * (1 - p)
        let residual = bin.converted - bin.weight * p
        g0 += residual
        g1 += residual * x
        h00 += curvature
        h01 += curvature * x
        h11 += curvature * x * x
      }
      let determinant = h00 * h11 - h01 * h01
      guard determinant > 0 else { break }
      var step0 = (h11 * g0 - h01 * g1) / determinant
      var step1 = (h00 * g1 - h01 * g0) / determinant
      var next = Self.loss(points, intercept + step0, slope + step1)
      for _ in 0..<20 where !(next <= best) {
        step0 /= 2
        step1 /= 2
        next = Self.loss(points, intercept + step0, slope + step1)
      }
      guard next < best - 1e-9 * total else { return min(next, best) }
      (intercept, slope, best) = (intercept + step0, slope + step1, next)
    }
    return best
  }

  private static func loss(
    _ points: [(x: Double, bin: Bin)], _ intercept: Double, _ slope: Double
  ) -> Double {
    points.reduce(0) { sum, point in
      let eta = intercept + slope * point.x
      return sum + point.bin.weight * (max(0, eta) + log1p(exp(-abs(eta)))) - point.bin.converted
        * eta
    }
  }
}

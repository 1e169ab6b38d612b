import FeatureEncoding
import LinearAlgebra
import Regression
import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Finds parts of dates, such as the month, that say something which the fit so far does not.
enum DatePartSearch {
  /// The evidence that a part must have, in nats, beyond the logarithm of how many were tried.
  static let bar = 3.0

  /// The parts that earn their place, of the dates that are features and of the date of creation.
  static func fields(
    _ problem: LinearProblem, _ set: TrainingSet, at coefficients: [Double]
  ) -> [FieldEncoding] {
    let (rows, weights) = (problem.rows.rows, problem.rows.weights)
    var tried: [(encoding: DatePartEncoding, codes: [UInt32])] = []
    for column in set.table.columns {
      guard case .date(let days) = column.values,
        column.name == set.roles.created || set.features.contains(column.name)
      else { continue }
      let own = rows.map { days[$0] }
      for part in DatePartEncoding.Part.allCases {
        guard
          let encoding = DatePartEncoding(
            column: column.name, part: part, days: own, weights: weights),
          set.table[encoding.name] == nil
        else { continue }
        tried.append((encoding, encoding.codes(of: own)))
      }
    }
    guard !tried.isEmpty else { return [] }
    let point = problem.objective.point(at: coefficients)
    let bar = Self.bar + log(Double(tried.count))
    return tried.filter { encoding, codes in
      gain(
        codes, count: encoding.category.coefficientCount, residuals: point.residuals,
        curvature: point.curvature) > bar
    }.map { FieldEncoding(name: $0.encoding.name, rule: .datePart($0.encoding)) }
  }

  /// The evidence that levels differ beyond a fit, as `PairScreen` has that of cells.
  ///
  /// - Parameters:
  ///   - codes: levels from 1 on; 0 is none.
  ///   - residuals: weight times outcome less probability (n).
  ///   - curvature: weight times p (1 - p) (n).
  static func gain(
    _ codes: [UInt32], count: Int, residuals: [Double], curvature: [Double]
  ) -> Double {
    var sums = [Double](repeating: 0, count: count + 1)
    var weights = sums
    for (row, code) in codes.enumerated() {
      sums[Int(code)] += residuals[row]
      weights[Int(code)] += curvature[row]
    }
    let total = weights.reduce(0, +)
    guard total > 0 else { return -.infinity }
    let mean = sums.reduce(0, +) / total
    return PairScreen.variances.reduce(-.infinity) { best, t in
      var evidence = 0.0
      for (sum, weight) in zip(sums, weights) where weight > 0 {
        let rest = sum - weight * mean
        evidence += rest * rest * t / (1 + weight * t) - log1p(weight * t)
      }
      return max(best, 0.5 * evidence)
    }
  }
}

extension LinearProblem {
  /// This problem with further fields, all encoded anew.
  func adding(_ fields: [FieldEncoding], _ set: TrainingSet) throws(TrainingError) -> LinearProblem
  {
    try LinearProblem(self, encoder: encoder.adding(fields), set)
  }
}

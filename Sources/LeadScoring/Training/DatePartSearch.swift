import FeatureEncoding
import LinearAlgebra
import Parallelism
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
  ///
  /// - Parameter point: Where the fit so far is.
  static func fields(
    _ problem: LinearProblem, _ set: TrainingSet, at point: LogisticObjective.Point
  ) -> [FieldEncoding] {
    let (rows, weights) = (problem.rows.rows, problem.rows.weights)
    let dates = set.table.columns.compactMap { column -> (name: String, days: Numbers)? in
      guard case .date(let days) = column.values,
        column.name == set.roles.created || set.features.contains(column.name)
      else { return nil }
      return (column.name, days)
    }
    let parts = DatePartEncoding.Part.allCases
    let tried = Parallel.map(dates.count * parts.count) {
      place -> (encoding: DatePartEncoding, gain: Double)? in
      let date = dates[place / parts.count]
      let own = date.days.rows(rows)
      guard
        let encoding = DatePartEncoding(
          column: date.name, part: parts[place % parts.count], days: own, weights: weights),
        set.table[encoding.name] == nil
      else { return nil }
      return (
        encoding,
        gain(
          encoding.codes(of: own), count: encoding.category.coefficientCount,
          residuals: point.residuals, curvature: point.curvature)
      )
    }.compactMap { $0 }
    let bar = Self.bar + log(Double(tried.count))
    return tried.filter { $0.gain > bar }
      .map { FieldEncoding(name: $0.encoding.name, rule: .datePart($0.encoding)) }
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
    let sums = LevelScreen.sums(
      codes, count: count + 1, residuals: residuals, curvature: curvature)
    return LevelScreen.gain(residuals: sums.residuals, curvature: sums.curvature)
  }
}

extension LinearProblem {
  /// This problem with further fields, all encoded anew.
  func adding(_ fields: [FieldEncoding], _ set: TrainingSet) throws(TrainingError) -> LinearProblem
  {
    try LinearProblem(self, encoder: encoder.adding(fields), set)
  }
}

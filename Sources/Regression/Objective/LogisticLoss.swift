import CKernels
import Parallelism

/// The logistic loss of one observation, `log(1 + exp(eta)) - y eta`, and its sums over many.
///
/// Computed from `exp(-|eta|)`, so that neither tail loses digits: at an `eta` of 800 the loss of a wrong
/// outcome is 800 nats and that of the right one 0.
public enum LogisticLoss {
  /// The rows one job takes; fixed, so that sums do not depend on the number of threads.
  private static let chunk = 16_384

  /// The number of jobs for so many rows.
  static func jobs(_ rows: Int) -> Int { (rows + chunk - 1) / chunk }

  /// The rows of a job: the first, and how many.
  static func rows(of job: Int, in rows: Int) -> (first: Int, count: Int) {
    (job * chunk, min(chunk, rows - job * chunk))
  }

  /// The probabilities `1 / (1 + exp(-(eta + shift)))`, each to 3 ulp.
  public static func probabilities(_ eta: [Double], shift: Double = 0) -> [Double] {
    unsafe filled(eta.count, chunk: chunk) { range, target in
      unsafe winnow_logistic_probability(range.lowerBound, range.count, eta, shift, target)
    }
  }

  /// The second derivatives of losses (n), weight times `p (1 - p)`, for predictors `eta` (n).
  static func curvatures(_ eta: [Double], weights: [Double]?) -> [Double] {
    precondition(weights.map { $0.count == eta.count } ?? true, "one weight a row")
    return unsafe filled(eta.count, chunk: chunk) { range, target in
      unsafe winnow_logistic_curvature(range.lowerBound, range.count, eta, weights, target)
    }
  }

  /// The weighted sum of the losses of predictors `eta` (n) for outcomes in 0...1 (n), in nats.
  public static func sum(eta: [Double], outcomes: [Double], weights: [Double]? = nil) -> Double {
    var terms = LossTerms(rows: eta.count)
    terms.evaluate(eta: eta, outcomes: outcomes, weights: weights)
    return terms.loss
  }
}

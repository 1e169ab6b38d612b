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

  /// The probabilities `1 / (1 + exp(-eta))`, each to 3 ulp.
  public static func probabilities(_ eta: [Double]) -> [Double] {
    guard !eta.isEmpty else { return [] }
    return unsafe [Double](unsafeUninitializedCapacity: eta.count) { buffer, count in
      let target = unsafe DisjointRows(buffer)
      Parallel.forEach(jobs(eta.count)) { job in
        let (first, count) = rows(of: job, in: eta.count)
        unsafe winnow_logistic_probability(first, count, eta, target.base)
      }
      count = eta.count
    }
  }

  /// The weighted sum of the losses of predictors `eta` (n) for outcomes in 0...1 (n), in nats.
  public static func sum(eta: [Double], outcomes: [Double], weights: [Double]? = nil) -> Double {
    var terms = LossTerms(rows: eta.count)
    terms.evaluate(eta: eta, outcomes: outcomes, weights: weights)
    return terms.loss
  }
}

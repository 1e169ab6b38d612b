import Evaluation
import Regression

/// A last shrinkage of all effects, where columns are many and most tell nothing: by how much too far logits reach, as
/// leave-one-out predictions show.
struct Shrinkage: Sendable {
  /// What every effect is multiplied with, 0...1.
  let factor: Double
  /// The intercept before and after.
  private let before, after: Double

  /// No shrinkage.
  static let none = Shrinkage(factor: 1, before: 0, after: 0)

  /// The factor at least: even where all is noise a lead keeps its rank.
  static let least = 0.02

  private init(factor: Double, before: Double, after: Double) {
    (self.factor, self.before, self.after) = (factor, before, after)
  }

  /// Finds the factor: the calibration slope of leave-one-out predictions, where there is one and it is below 1.
  ///
  /// - Parameter rows: The rows to take out, one at a time.
  init(_ found: EvidenceFit, rows: [Int]) {
    let objective = found.objective
    let out = LeaveOneOut(found, rows: rows)
    var slope = 1.0
    do throws(EvaluationError) {
      slope = try CalibrationFit(
        try ScoredLeads(
          linearPredictors: out.eta, outcomes: rows.map { objective.outcomes[$0] == 1 },
          weights: objective.weights.map { weights in rows.map { weights[$0] } })
      ).slope.value
    } catch {
      // Predictions that are all equal, or part the outcomes, reach no further than they should.
    }
    guard slope < 1 else {
      self = .none
      return
    }
    let factor = max(Self.least, slope)
    let before = found.fit.coefficients[0]
    // All leads together are to be foretold their rate again, as the fit does.
    let reach = found.fit.eta.map { factor * ($0 - before) }
    var expected = 0.0
    for (row, value) in found.fit.eta.enumerated() {
      expected += (objective.weights?[row] ?? 1) * probability(ofLogit: value)
    }
    var after = before
    for _ in 0..<50 {
      var (mean, bend) = (0.0, 0.0)
      for (row, value) in reach.enumerated() {
        let weight = objective.weights?[row] ?? 1
        let p = probability(ofLogit: value + after)
        mean += weight * p
        bend += weight * p * (1 - p)
      }
      let step = (expected - mean) / bend
      after += min(max(step, -2), 2)
      if abs(step) < 1e-12 { break }
    }
    self.init(factor: factor, before: before, after: after)
  }

  func applied(toLogits eta: [Double]) -> [Double] {
    factor < 1 ? eta.map { after + factor * ($0 - before) } : eta
  }

  func applied(to fit: Fit) -> Fit {
    guard factor < 1 else { return fit }
    return fit.replacing(
      coefficients: [after] + fit.coefficients.dropFirst().map { factor * $0 },
      eta: applied(toLogits: fit.eta))
  }
}

extension TrainingSet {
  /// Positions among some rows from which the shrinkage is found: all, or about 20,000, by what they hold.
  func shrinkageSample(of rows: [Int]) -> [Int] {
    hashes.sample(of: rows, seed: 0, size: 20_000)
      ?? Array(rows.indices)
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How outcomes follow the predicted logits: `logit(rate) = intercept + slope * logit(p)`.
///
/// A slope below 1 says that the scores are too extreme, above 1 too timid. Cox, *Two further
/// applications of a model for binary regression*, Biometrika 45 (1958).
public struct CalibrationFit: Sendable, Equatable {
  /// The slope; 1 is right.
  public let slope: Estimate

  /// The intercept beside that slope; 0 is right.
  public let intercept: Estimate

  /// Fits the line by maximum likelihood.
  ///
  /// - Throws: `EvaluationError` where there is no such line: one outcome only, one score only, a
  ///   probability of 0 or 1, or scores that separate the outcomes.
  public init(_ leads: ScoredLeads) throws(EvaluationError) {
    try leads.requireBothOutcomes()
    let likelihood = try CalibrationLikelihood(leads.groups)
    let fit = try likelihood.maximum()
    slope = Estimate(value: fit.slope, standardError: fit.slopeVariance.squareRoot())
    intercept = Estimate(value: fit.intercept, standardError: fit.interceptVariance.squareRoot())
  }

  /// The intercept where the slope is held at 1: how far the logits are too low on the whole.
  ///
  /// - Throws: `EvaluationError` where there is one outcome only, or a probability of 0 or 1.
  public static func inTheLarge(_ leads: ScoredLeads) throws(EvaluationError) -> Estimate {
    try leads.requireBothOutcomes()
    let fit = try CalibrationLikelihood(leads.groups, separationMatters: false).maximumOfShift()
    return Estimate(value: fit.shift, standardError: fit.variance.squareRoot())
  }
}

/// The likelihood of the line, over distinct scores that are centered and scaled.
private struct CalibrationLikelihood {
  private var x: [Double]
  private let positives: [Double]
  private let counts: [Double]
  private let total: Double
  private let center: Double
  private let scale: Double

  /// - Parameter separationMatters: whether scores that separate the outcomes are refused.
  init(_ groups: ScoreGroups, separationMatters: Bool = true) throws(EvaluationError) {
    x = groups.scale == .linearPredictor ? groups.scores : groups.scores.map(LogisticFunction.logit)
    guard let first = x.first, let last = x.last, first.isFinite, last.isFinite else {
      throw .certainScore
    }
    if separationMatters {
      guard groups.count > 1 else { throw .constantScores }
      guard !Self.isSeparated(groups) else { throw .separated }
    }
    positives = groups.positives
    counts = zip(groups.positives, groups.negatives).map(+)
    total = groups.leadCount
    var mean = CompensatedSum()
    for (value, count) in zip(x, counts) { mean.add(value * count) }
    center = mean.value / total
    var squares = CompensatedSum()
    for (value, count) in zip(x, counts) {
      squares.add(count * (value - center) * (value - center))
    }
    scale = groups.count > 1 ? (squares.value / total).squareRoot() : 1
    for index in x.indices { x[index] = (x[index] - center) / scale }
  }

  /// Whether all leads of one outcome score at or above all of the other.
  private static func isSeparated(_ groups: ScoreGroups) -> Bool {
    let positive = groups.positives.indices.filter { groups.positives[$0] > 0 }
    let negative = groups.negatives.indices.filter { groups.negatives[$0] > 0 }
    guard let lowPositive = positive.first, let highPositive = positive.last,
      let lowNegative = negative.first, let highNegative = negative.last
    else { return true }
    return highNegative <= lowPositive || highPositive <= lowNegative
  }

  /// The gradient and the (negative) second derivatives of the log-likelihood at a line.
  private func derivatives(_ a: Double, _ b: Double) -> (g: (Double, Double), h: Symmetric) {
    var (g0, g1) = (CompensatedSum(), CompensatedSum())
    var (h00, h01, h11) = (0.0, 0.0, 0.0)
    for index in x.indices {
      let value = x[index]
      let eta = a + b * value
      let small = exp(-abs(eta))
      let inverse = 1 / (1 + small)
      let residual = positives[index] - counts[index] * (eta >= 0 ? inverse : small * inverse)
      let weight = counts[index] * small * inverse * inverse
      g0.add(residual)
      g1.add(residual * value)
      h00 += weight
      h01 += weight * value
      h11 += weight * value * value
    }
    return ((g0.value, g1.value), Symmetric(h00: h00, h01: h01, h11: h11))
  }

  /// The best line, on the scale of the scores as they were given.
  func maximum() throws(EvaluationError) -> (
    slope: Double, slopeVariance: Double, intercept: Double, interceptVariance: Double
  ) {
    var (a, b) = (center, scale)
    var point = derivatives(a, b)
    for _ in 0..<100 {
      let step = point.h.solve(point.g)
      let gain = step.0 * point.g.0 + step.1 * point.g.1
      guard gain.isFinite else { break }
      if gain <= 1e-22 * total {
        let v = point.h.inverse
        let shift = center / scale
        return (
          b / scale, v.h11 / scale / scale, a - b * shift,
          v.h00 - 2 * shift * v.h01 + shift * shift * v.h11
        )
      }
      // The likelihood is concave: a step is too long once the ascent along it has turned around.
      var length = 1.0
      while true {
        let next = derivatives(a + length * step.0, b + length * step.1)
        let ascent = step.0 * next.g.0 + step.1 * next.g.1
        if ascent >= -0.5 * gain || length < 1e-12 {
          (a, b) = (a + length * step.0, b + length * step.1)
          point = next
          break
        }
        length /= 2
      }
    }
    throw .notConverged
  }

  /// The best shift of the scores as they are.
  func maximumOfShift() throws(EvaluationError) -> (shift: Double, variance: Double) {
    var shift = 0.0
    var point = derivatives(center + shift, scale)
    for _ in 0..<200 {
      let step = point.g.0 / point.h.h00
      guard step.isFinite else { break }
      if step * point.g.0 <= 1e-22 * total { return (shift, 1 / point.h.h00) }
      var length = min(1, 5 / abs(step))
      while true {
        let next = derivatives(center + shift + length * step, scale)
        if step * next.g.0 >= -0.5 * step * point.g.0 || length < 1e-12 {
          shift += length * step
          point = next
          break
        }
        length /= 2
      }
    }
    throw .notConverged
  }
}

/// A symmetric matrix of two rows.
private struct Symmetric {
  let h00: Double
  let h01: Double
  let h11: Double

  var determinant: Double { h00 * h11 - h01 * h01 }

  var inverse: Symmetric {
    let d = determinant
    return Symmetric(h00: h11 / d, h01: -h01 / d, h11: h00 / d)
  }

  func solve(_ g: (Double, Double)) -> (Double, Double) {
    let v = inverse
    return (v.h00 * g.0 + v.h01 * g.1, v.h01 * g.0 + v.h11 * g.1)
  }
}

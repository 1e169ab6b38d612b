/// The likelihood of `logit(rate) = a + b x` over distinct scores `x`, centered and scaled.
struct CalibrationLikelihood {
  private let x: [Double]
  private let positives: [Double]
  private let counts: [Double]
  private let total: Double
  private let totalPositives: Double

  /// The mean and standard deviation of the logits.
  private let center: Double
  private let scale: Double

  /// Takes the logits of leads.
  ///
  /// - Throws: `EvaluationError` where there is one outcome only, or a probability of 0 or 1.
  init(_ leads: ScoredLeads) throws(EvaluationError) {
    try leads.requireBothOutcomes()
    let groups = leads.groups
    var x =
      groups.scale == .linearPredictor ? groups.scores : groups.scores.map(LogisticFunction.logit)
    guard let first = x.first, let last = x.last, first.isFinite, last.isFinite else {
      throw .certainScore
    }
    positives = groups.positives
    counts = zip(groups.positives, groups.negatives).map(+)
    total = groups.leadCount
    totalPositives = groups.positiveCount
    var mean = CompensatedSum()
    for (value, count) in zip(x, counts) { mean.add(value * count) }
    center = mean.value / total
    var squares = CompensatedSum()
    for (value, count) in zip(x, counts) {
      squares.add(count * (value - center) * (value - center))
    }
    scale = groups.count > 1 ? (squares.value / total).squareRoot() : 1
    for index in x.indices { x[index] = (x[index] - center) / scale }
    self.x = x
  }

  /// Joins neighboring scores of another likelihood, `size` at a time, at their means.
  private init(joining size: Int, of other: CalibrationLikelihood) {
    var x: [Double] = []
    var positives: [Double] = []
    var counts: [Double] = []
    for start in stride(from: 0, to: other.x.count, by: size) {
      var (sum, positive, count) = (0.0, 0.0, 0.0)
      for index in start..<min(start + size, other.x.count) {
        sum += other.x[index] * other.counts[index]
        positive += other.positives[index]
        count += other.counts[index]
      }
      x.append(sum / count)
      positives.append(positive)
      counts.append(count)
    }
    self.x = x
    self.positives = positives
    self.counts = counts
    total = other.total
    totalPositives = other.totalPositives
    center = other.center
    scale = other.scale
  }

  /// Some thousand joined scores, whose maximum is close; none where there are few anyway.
  private var joined: CalibrationLikelihood? {
    x.count > 4000 ? CalibrationLikelihood(joining: x.count / 1000, of: self) : nil
  }

  /// A line on the scale of the logits as they were given.
  struct Line {
    let slope: Double
    let slopeVariance: Double
    let intercept: Double
    let interceptVariance: Double
  }

  /// The most likely line.
  ///
  /// A thousand joined scores come first: from their line it takes two passes over all.
  ///
  /// - Throws: `EvaluationError.notConverged`.
  func maximum() throws(EvaluationError) -> Line {
    var start = (LogisticFunction.logit(totalPositives / total), 0.0)
    if let near = joined?.climb(from: start, steps: 20) { start = near.place }
    guard let (place, h) = climb(from: start, steps: 200) else { throw .notConverged }
    let v = h.inverse
    let shift = center / scale
    return Line(
      slope: place.1 / scale, slopeVariance: v.h11 / scale / scale,
      intercept: place.0 - place.1 * shift,
      interceptVariance: v.h00 - 2 * shift * v.h01 + shift * shift * v.h11)
  }

  /// The most likely shift where the slope is 1, and its variance.
  ///
  /// - Throws: `EvaluationError` where no shift is better than another.
  func maximumOfShift() throws(EvaluationError) -> (shift: Double, variance: Double) {
    let base = LogisticFunction.logit(totalPositives / total)
    guard let last = x.last, let first = x.first else { throw .noLeads }
    // At these, all probabilities are too low, or too high.
    let borders = (base - center - last * scale, base - center - first * scale)
    var start = 0.0
    if let near = joined?.shift(from: 0, between: borders) { start = near.shift }
    guard let found = shift(from: start, between: borders) else { throw .notConverged }
    return found
  }

  /// Newton's method for the shift, or halving where it leaves the borders.
  private func shift(
    from start: Double, between borders: (Double, Double)
  ) -> (shift: Double, variance: Double)? {
    var (low, high) = borders
    var shift = min(max(start, low), high)
    for _ in 0..<2000 {
      let point = derivatives(center + shift, scale)
      let step = point.g.0 / point.h.h00
      if abs(step) <= 1e-11 * max(1, abs(shift)), step * point.g.0 <= 1e-22 * total {
        return (shift + step, 1 / point.h.h00)
      }
      if point.g.0 > 0 { low = max(low, shift) } else { high = min(high, shift) }
      let next = shift + step
      shift = next > low && next < high ? next : low + (high - low) / 2
      if high - low <= 1e-15 * max(1, abs(shift)) {
        let variance = 1 / derivatives(center + shift, scale).h.h00
        return variance.isFinite ? (shift, variance) : nil
      }
    }
    return nil
  }

  /// Newton's method for the line; the place and the second derivatives there.
  private func climb(
    from start: (Double, Double), steps: Int
  ) -> (place: (Double, Double), h: Symmetric)? {
    var (a, b) = start
    var point = derivatives(a, b)
    for _ in 0..<steps {
      let step = point.h.solve(point.g)
      let gain = step.0 * point.g.0 + step.1 * point.g.1
      guard gain.isFinite else { return nil }
      if gain <= 1e-22 * total {
        // What this step leaves is of the order of its square.
        return ((a + step.0, b + step.1), point.h)
      }
      // The likelihood is concave: a step is too long once the ascent along it has turned around.
      var length = 1.0
      var next = derivatives(a + step.0, b + step.1)
      while step.0 * next.g.0 + step.1 * next.g.1 < -0.5 * gain, length > 1e-12 {
        length /= 2
        next = derivatives(a + length * step.0, b + length * step.1)
      }
      (a, b) = (a + length * step.0, b + length * step.1)
      point = next
    }
    return nil
  }

  /// The gradient of the log-likelihood at a line, and its second derivatives with their sign changed.
  private func derivatives(_ a: Double, _ b: Double) -> (g: (Double, Double), h: Symmetric) {
    var (g0, g1) = (CompensatedSum(), CompensatedSum())
    var (h00, h01, h11) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
    for start in stride(from: 0, to: x.count, by: 128) {
      var (s0, s1, s00, s01, s11) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for index in start..<min(start + 128, x.count) {
        let value = x[index]
        let (above, below) = BetaDistribution.shares(a + b * value)
        // Each outcome by itself, so that small probabilities keep their digits.
        let residual = positives[index] * below - (counts[index] - positives[index]) * above
        let weight = counts[index] * above * below
        s0 += residual
        s1 += residual * value
        s00 += weight
        s01 += weight * value
        s11 += weight * value * value
      }
      g0.add(s0)
      g1.add(s1)
      h00.add(s00)
      h01.add(s01)
      h11.add(s11)
    }
    return (
      (g0.value, g1.value), Symmetric(h00: h00.value, h01: h01.value, h11: h11.value)
    )
  }
}

/// The largest distance between the score distributions of converted and other leads.
public struct KolmogorovSmirnov: Sendable, Equatable {
  /// The distance, 0 to 1.
  public let value: Double

  /// The score up to which the shares differ most, on the scale of probabilities.
  public let probability: Double

  /// Takes the distance.
  ///
  /// - Throws: `EvaluationError.oneOutcome`.
  public init(_ leads: ScoredLeads) throws(EvaluationError) {
    try leads.requireBothOutcomes()
    let groups = leads.groups
    var (positives, negatives) = (0.0, 0.0)
    var (largest, place) = (-1.0, 0.0)
    for index in 0..<groups.count {
      positives += groups.positives[index]
      negatives += groups.negatives[index]
      let distance = abs(positives / groups.positiveCount - negatives / groups.negativeCount)
      if distance > largest { (largest, place) = (distance, groups.probabilities[index]) }
    }
    value = min(1, largest)
    probability = place
  }
}

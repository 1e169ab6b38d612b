/// The mean difference of two models' losses on the same leads, and whether it is zero.
public struct LossDifference: Sendable, Equatable {
  /// The first model's mean loss less the second's: below 0, the first is better.
  public let difference: Estimate

  /// The difference in standard errors; none where they are 0 and the difference is not.
  public let statistic: Double?

  /// How often equal losses would differ so much (paired t test, in either direction).
  public let pValue: Double?

  /// The difference of log losses, in nats a lead.
  public static func logLoss(_ leads: PairedLeads) -> LossDifference {
    LossDifference(leads) { $0.logLoss($1) }
  }

  /// The difference of Brier scores.
  public static func brier(_ leads: PairedLeads) -> LossDifference {
    LossDifference(leads) { leads, row in
      let distance = leads.probability(row) - (leads.outcomes[row] ? 1 : 0)
      return distance * distance
    }
  }

  private init(_ leads: PairedLeads, loss: (ScoredLeads, Int) -> Double) {
    let (first, second) = (leads.first, leads.second)
    let terms = (0..<first.rowCount).map { row in
      let (one, other) = (loss(first, row), loss(second, row))
      return one == other ? 0 : one - other
    }
    let mean = SampleMean(count: first.leadCount) { add in
      guard let weights = first.weights else {
        for entry in leads.order.entries { add(terms[entry.row], 1) }
        return
      }
      for entry in leads.order.entries { add(terms[entry.row], weights[entry.row]) }
    }
    guard let standardError = mean.standardError else {
      difference = Estimate(value: mean.mean, standardError: nil, interval: nil)
      (statistic, pValue) = (nil, nil)
      return
    }
    let test = ZeroTest(
      value: mean.mean, standardError: standardError, degreesOfFreedom: mean.count - 1,
      bounds: Interval(low: -.infinity, high: .infinity))
    difference = test.estimate
    (statistic, pValue) = (test.statistic, test.pValue)
  }
}

extension Estimate {
  /// The smallest true difference that as many leads would show with a probability of 80 % at the
  /// level of 5 %: 2.8 standard errors.
  public var detectableDifference: Double? {
    standardError.map {
      (NormalDistribution.quantile(0.975) + NormalDistribution.quantile(0.8)) * $0
    }
  }
}

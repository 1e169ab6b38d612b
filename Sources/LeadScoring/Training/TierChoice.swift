import Evaluation
import Parallelism

/// Leads with a probability that their fit had not seen, by which borders are chosen and judged.
struct ForetoldLeads: Sendable {
  let probabilities: [Double]
  let outcomes: [Double]
  let weights: [Double]
}

/// Leads from the most probable down.
///
/// They are counted in equal steps of probability, and only those of the step in which a share of them ends are
/// sorted: to sort a million took 130 ms.
struct BestLeads {
  private static let steps = 65_536.0
  private let leads: ForetoldLeads
  private var weightOfStep = [Double](repeating: 0, count: Int(Self.steps) + 1)
  private let total: Double

  /// - Precondition: there is a lead.
  init(_ leads: ForetoldLeads) {
    self.leads = leads
    for (probability, weight) in zip(leads.probabilities, leads.weights) {
      weightOfStep[Self.step(probability)] += weight
    }
    total = weightOfStep.reduce(0, +)
  }

  /// The lowest probability among the best leads that are a share of the weight of all.
  func lowestProbability(ofShare share: Double) -> Double {
    let sought = share * total
    var above = 0.0
    for step in weightOfStep.indices.reversed() {
      guard above + weightOfStep[step] >= sought else {
        above += weightOfStep[step]
        continue
      }
      for (probability, weight) in members(ofStep: step) {
        above += weight
        if above >= sought { return probability }
      }
    }
    return leads.probabilities.reduce(1, min)
  }

  /// The leads of a step with their weights, from the most probable down.
  private func members(ofStep step: Int) -> [(Double, Double)] {
    let probabilities = leads.probabilities
    return indices(below: probabilities.count) { Self.step(probabilities[$0]) == step }
      .map { (probabilities[$0], leads.weights[$0]) }
      .sorted { $0.0 > $1.0 }
  }

  private static func step(_ probability: Double) -> Int { Int(probability * steps) }
}

extension TierBoundaries {
  /// The usual tiers: the share of leads that is at or above each border.
  static let usualShares: [(name: String, share: Double)] = [
    ("SQL", 0.10), ("MQL-A", 0.25), ("MQL-B", 0.50),
  ]

  /// Borders at the usual shares of leads.
  ///
  /// A border is rounded, to be read and changed by people. Borders that fall together, as with few
  /// different scores, are one: the better tier stays.
  static func usual(for leads: ForetoldLeads, evidenceName: String) throws(TierError)
    -> TierBoundaries
  {
    let best = BestLeads(leads)
    var tiers: [Tier] = []
    for (name, share) in usualShares {
      let border = readable(best.lowestProbability(ofShare: share))
      guard border < tiers.last?.lowest ?? .infinity else { continue }
      let percent = shortest((share * 100).rounded())
      tiers.append(
        Tier(name: name, lowest: border, chosen: "best \(percent) % of leads by \(evidenceName)"))
    }
    return try TierBoundaries(tiers)
  }

  /// A probability with four decimals, or with more, where it is near 0 or 1, so that two digits tell
  /// it from there: a border of 0 would take in every lead.
  static func readable(_ probability: Double) -> Double {
    var unit = 10_000.0
    let distance = min(probability, 1 - probability)
    while unit < 1e12, distance * unit < 10 { unit *= 10 }
    // Down, so that the lead at the border is in its tier.
    return (probability * unit).rounded(.down) / unit
  }

  /// These borders with what happened to leads in each tier.
  ///
  /// - Parameter isKnown: Whether a lead has a value for a field; fields that tiers require.
  func judged(
    by leads: ForetoldLeads,
    isKnown: @Sendable (_ lead: Int, _ field: String) -> Bool = { _, _ in true }
  ) throws(TierError) -> TierBoundaries {
    // Sums of fixed leads, added up in their order: they do not depend on the number of threads.
    let parts = Parallel.mapParts(of: leads.probabilities.count) { range in
      var sums = TierSums(tiers: tiers.count + 1)
      // As few leads as stay in a core's cache.
      for first in stride(from: range.lowerBound, to: range.upperBound, by: 1024) {
        let some = first..<min(first + 1024, range.upperBound)
        let places = positions(of: leads.probabilities.span.extracting(some)) {
          isKnown(first + $0, $1)
        }
        sums.add(
          places, weight: { leads.weights[first + $0] },
          isConverted: { leads.outcomes[first + $0] == 1 })
      }
      return sums
    }
    return try judged(
      parts.reduce(into: TierSums(tiers: tiers.count + 1)) { $0.add($1) })
  }

  /// These borders with what happened to leads whose tiers are given by position.
  public func judged(
    positions: [Int], outcomes: [Bool], weights: [Double]?
  ) throws(TierError) -> TierBoundaries {
    var sums = TierSums(tiers: tiers.count + 1)
    sums.add(positions, weight: { weights?[$0] ?? 1 }, isConverted: { outcomes[$0] })
    return try judged(sums)
  }

  private func judged(_ sums: TierSums) throws(TierError) -> TierBoundaries {
    let evidence = zip(sums.leads, sums.converted).map { leads, converted -> TierEvidence? in
      guard leads > 0 else { return nil }
      let interval = BinomialInterval.clopperPearson(successes: converted, trials: leads)
      return TierEvidence(
        leads: leads, rate: converted / leads, low: interval.low, high: interval.high)
    }
    return try TierBoundaries(
      zip(tiers, evidence).map { tier, evidence in
        Tier(
          name: tier.name, lowest: tier.lowest, requires: tier.requires, chosen: tier.chosen,
          evidence: evidence)
      }, rest: rest, restEvidence: evidence[tiers.count])
  }
}

/// What happened to leads, by tier.
private struct TierSums: Sendable {
  /// Sums of weights, of all leads and of those that converted.
  private(set) var leads, converted: [Double]

  init(tiers: Int) {
    leads = [Double](repeating: 0, count: tiers)
    converted = leads
  }

  /// Adds leads whose tiers are given by position.
  mutating func add(_ places: [Int], weight: (Int) -> Double, isConverted: (Int) -> Bool) {
    // Arrays of a function's own are not asked at each lead whether they are shared.
    var (all, converted) = (leads, converted)
    for (lead, place) in places.enumerated() {
      let weight = weight(lead)
      all[place] += weight
      // A branch at each lead would be foretold wrongly.
      converted[place] += isConverted(lead) ? weight : 0
    }
    (leads, self.converted) = (all, converted)
  }

  mutating func add(_ other: TierSums) {
    for place in leads.indices {
      leads[place] += other.leads[place]
      converted[place] += other.converted[place]
    }
  }
}

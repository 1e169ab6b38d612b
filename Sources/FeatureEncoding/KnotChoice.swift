#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The knots of a number's curve: where it may bend.
///
/// A column of few values has a knot at each; another has knots at its frequent values and at quantiles
/// of the rest. A knot that too few leads have to name it is moved to a round number near the mean of
/// at least `CategoryEncoding.fewestLeads` leads around it: knots in a model file are nobody's own.
struct KnotChoice {
  /// The knots, rising.
  private(set) var knots: [Double] = []

  /// Up to as many different values have a knot each.
  static let fewValues = 128
  /// The share of leads, and the leads, above which a value is frequent.
  static let frequentShare = 0.03
  static let frequentLeads = 20.0
  private static let fewest = CategoryEncoding.fewestLeads

  /// Chooses knots, `most` of them where values are many.
  init(_ counts: ValueCounts, most: Int) {
    let places =
      counts.values.count <= Self.fewValues
      ? Self.groups(counts) : Self.quantiles(counts, most: most)
    for (index, place) in places.enumerated() {
      let below = index > 0 ? place.value - places[index - 1].value : .infinity
      let above = index + 1 < places.count ? places[index + 1].value - place.value : .infinity
      let gap = min(below, above)
      let knot = place.isShared ? place.value : Self.rounded(place.value, within: gap / 4, counts)
      if knots.last.map({ $0 < knot }) ?? true { knots.append(knot) }
    }
  }

  private struct Place {
    var value: Double
    var leads: Double
    /// Whether enough leads have this very value.
    var isShared: Bool
  }

  /// A place a value, where enough leads have it; other values that follow each other share one.
  private static func groups(_ counts: ValueCounts) -> [Place] {
    var places: [Place] = []
    var open = Place(value: 0, leads: 0, isShared: false)
    func close() {
      defer { open = Place(value: 0, leads: 0, isShared: false) }
      guard open.leads > 0 else { return }
      if open.leads >= fewest {
        places.append(open)
      } else if let last = places.last, !last.isShared {
        let leads = last.leads + open.leads
        let value = last.value + (open.value - last.value) * open.leads / leads
        places[places.count - 1] = Place(value: value, leads: leads, isShared: false)
      }
    }
    for (value, leads) in zip(counts.values, counts.leads) {
      if leads >= fewest {
        close()
        places.append(Place(value: value, leads: leads, isShared: true))
      } else {
        let sum = open.leads + leads
        open = Place(
          value: open.value + (value - open.value) * leads / sum, leads: sum, isShared: false)
        if sum >= fewest { close() }
      }
    }
    close()
    return places
  }

  /// The frequent values, and quantiles of the others at equal steps from the lowest to the highest.
  private static func quantiles(_ counts: ValueCounts, most: Int) -> [Place] {
    let border = max(frequentShare * counts.total, frequentLeads)
    var places = zip(counts.values, counts.leads).filter { $0.1 > border }
      .map { Place(value: $0, leads: $1, isShared: true) }
    let rest = counts.filter { $1 <= border }
    guard !rest.values.isEmpty else { return places }
    let steps = max(4, most - places.count)
    var last = -1
    for step in 0..<steps {
      // The first value that so many leads have or are below of; a hair less, for rounding.
      let share = Double(step) / Double(steps - 1) * (1 - 1e-12)
      let index = rest.place(reaching: share * rest.total)
      guard index != last else { continue }
      last = index
      places.append(neighborhood(of: index, in: rest))
    }
    return places.sorted { $0.value < $1.value }
  }

  /// A value itself, or the mean of the leads nearest in rank to it where few have it.
  private static func neighborhood(of index: Int, in counts: ValueCounts) -> Place {
    var leads = counts.leads[index]
    if leads >= fewest { return Place(value: counts.values[index], leads: leads, isShared: true) }
    var sum = 0.0
    var (low, high) = (index, index)
    while leads < 2 * fewest, low > 0 || high + 1 < counts.values.count {
      if low > 0 {
        low -= 1
        leads += counts.leads[low]
        sum += counts.leads[low] * (counts.values[low] - counts.values[index])
      }
      if high + 1 < counts.values.count {
        high += 1
        leads += counts.leads[high]
        sum += counts.leads[high] * (counts.values[high] - counts.values[index])
      }
    }
    return Place(value: counts.values[index] + sum / leads, leads: leads, isShared: false)
  }

  /// A number of few digits that is no further from another than about `distance`, and is no value that
  /// few leads have.
  private static func rounded(
    _ number: Double, within distance: Double, _ counts: ValueCounts
  ) -> Double {
    guard number != 0, distance > 0 else { return number }
    let reach = distance.isFinite ? distance : abs(number) / 4
    let exponent = max(-300, min(300, Int(log10(2 * reach).rounded(.down))))
    // Powers of ten up to 22 are exact, so that 49,000 and 1.205 are written with these digits.
    let unit = pow(10, Double(abs(exponent)))
    let count = (exponent >= 0 ? number / unit : number * unit).rounded()
    guard (exponent >= 0 ? count * unit : count / unit).isFinite else { return number }
    // Half and quarter steps beside it, where somebody has it.
    let candidates = [0, 0.5, -0.5, 0.25, -0.25, 0.125, -0.125].map {
      exponent >= 0 ? (count + $0) * unit : (count + $0) / unit
    }
    return candidates.first { counts.leads(at: $0) == 0 } ?? number
  }
}

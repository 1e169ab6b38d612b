import FeatureEncoding
import Parallelism
import Tables

/// Finds features that stand for the date: they tell when a lead was created, and so what was then.
struct TimeStandIns: Sendable {
  /// The share of the variance of the order in time from which a feature stands for the date.
  static let suspicious = 0.95

  /// About how many leads are looked at.
  static let sampleSize = 20_000

  /// The features found, each with the share that it tells.
  let found: [(name: String, share: Double)]

  init(_ set: TrainingSet, order: TimeOrder, seed: UInt64) {
    let sample = Self.sample(of: set, seed: seed)
    let places = order.places(sample)
    let positions = zip(sample, places).filter { !$1.isNaN }.map(\.0)
    let weights = positions.map { set.weights[$0] }
    let ranks = Self.ranks(places.filter { !$0.isNaN }, weights: weights)
    let rows = positions.map { set.rows[$0] }
    let created = set.daysOfCreation
    let shares = Parallel.map(set.features.count) { index -> Double in
      let groups: [Int]
      switch set.table[set.features[index]]?.values {
      case .numeric(let numbers)?: groups = Self.groups(numbers.rows(rows), weights: weights)
      // A model sees the days between two dates, not the date.
      case .date(let dates)?:
        let days = zip(rows, dates.rows(rows)).map { row, date in
          (created.map { $0[row] } ?? 0) - date
        }
        groups = Self.groups(days.map { $0.rounded(.down) }, weights: weights)
      case .category(let categories)?: groups = rows.map { Int(categories.codes[$0]) }
      case .flag?, .text?, nil: return 0
      }
      return Self.explainedShare(of: ranks, by: groups, weights: weights)
    }
    found = zip(set.features, shares).filter { $0.1 > Self.suspicious }.map { ($0.0, $0.1) }
  }

  /// Positions among the set's rows of about so many leads, or of all where these are hardly more.
  ///
  /// They are chosen by what they hold in a few columns, which tell most leads apart in a tenth of the time that all columns
  /// take. Where they do not, hardly ever so many are chosen: then all columns decide.
  private static func sample(of set: TrainingSet, seed: UInt64) -> [Int] {
    let numbers = set.features.filter { name in
      switch set.table[name]?.kind {
      case .numeric, .date: true
      case .category, .flag, .text, nil: false
      }
    }
    let few = ([set.roles.created].compactMap { $0 } + numbers).prefix(2)
    let sample = LeadHashes.sample(
      of: set.rows, in: set.table, columns: Array(few), seed: seed, size: sampleSize)
    guard let sample else { return Array(set.rows.indices) }
    guard abs(sample.count - sampleSize) > sampleSize / 4 else { return sample }
    return set.hashes.sample(of: set.rows, seed: seed, size: sampleSize) ?? sample
  }

  /// A sentence a feature.
  var lines: [String] {
    found.map { name, share in
      "\"\(name)\" stands for the date (it tells \(shortest((share * 1000).rounded(.down) / 10)) % of the order of leads in time): "
        + "it tells little of leads to come; leave it out with --exclude \"\(name)\""
    }
  }

  /// The numbers of values that are not missing, from the smallest value to the largest.
  private static func order(of values: [Double]) -> [Int] {
    var rows = values.indices.filter { !values[$0].isNaN }.map { UInt32($0) }
    var keys = rows.map { RadixSort.key(values[Int($0)]) }
    RadixSort.sort(&keys, with: &rows)
    return rows.map { Int($0) }
  }

  /// Middle ranks of places: the leads before each and half of those with the same one.
  static func ranks(_ places: [Double], weights: [Double]) -> [Double] {
    let order = Self.order(of: places)
    var ranks = [Double](repeating: 0, count: places.count)
    var before = 0.0
    var start = 0
    while start < order.count {
      var end = start
      var same = 0.0
      while end < order.count, places[order[end]] == places[order[start]] {
        same += weights[order[end]]
        end += 1
      }
      for index in order[start..<end] { ranks[index] = before + same / 2 }
      before += same
      start = end
    }
    return ranks
  }

  /// Bins of neighboring values, at most 256, each of 5 leads or more; equal values share one, as missing ones do.
  static func groups(_ values: [Double], weights: [Double]) -> [Int] {
    let order = Self.order(of: values)
    let least = max(5, order.reduce(0) { $0 + weights[$1] } / 256)
    var groups = [Int](repeating: 0, count: values.count)
    var group = 1
    var leads = 0.0
    for (place, index) in order.enumerated() {
      if leads >= least, values[index] > values[order[place - 1]] {
        group += 1
        leads = 0
      }
      groups[index] = group
      leads += weights[index]
    }
    return groups
  }

  /// The share of the variance of ranks that groups tell, less what as many groups would tell by chance
  /// (the adjusted coefficient of determination); 0 where ranks do not differ.
  static func explainedShare(of ranks: [Double], by groups: [Int], weights: [Double]) -> Double {
    var leads = [Double](repeating: 0, count: (groups.max() ?? 0) + 1)
    var sums = leads
    for ((rank, group), weight) in zip(zip(ranks, groups), weights) {
      leads[group] += weight
      sums[group] += weight * rank
    }
    let total = weights.reduce(0, +)
    let mean = zip(weights, ranks).reduce(0) { $0 + $1.0 * $1.1 } / total
    var (within, all) = (0.0, 0.0)
    for ((rank, group), weight) in zip(zip(ranks, groups), weights) {
      let center = sums[group] / leads[group]
      within += weight * (rank - center) * (rank - center)
      all += weight * (rank - mean) * (rank - mean)
    }
    let free = total - Double(leads.count { $0 > 0 })
    guard all > 0, free > 0 else { return 0 }
    return 1 - within / all * (total - 1) / free
  }
}

extension TrainingSet {
  /// The day from which the dates of each row count; nil where it is one for all.
  fileprivate var daysOfCreation: Numbers? {
    guard case .column(let name) = dateReference, case .date(let days)? = table[name]?.values else {
      return nil
    }
    return days
  }
}

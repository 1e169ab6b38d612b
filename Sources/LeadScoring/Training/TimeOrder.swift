import Evaluation
import Parallelism
import Tables

/// When leads were created, as far as a history tells: by a date, or by the order of its rows.
struct TimeOrder: Sendable {
  /// The place in time of each of the set's rows: a day, or the number of the row, from 1; NaN where it is unknown.
  let places: [Double]

  private let isOfRows: Bool

  /// Nil where nothing tells.
  init?(_ set: TrainingSet) {
    if set.isOrdered {
      isOfRows = true
      places = set.rows.map { Double($0 + 1) }
    } else if let created = set.roles.created, case .date(let days)? = set.table[created]?.values {
      isOfRows = false
      places = set.rows.map { days[$0].rounded(.down) }
    } else {
      return nil
    }
  }

  /// A place as people read it: 2026-11-23, or row 7201.
  func text(_ place: Double) -> String {
    isOfRows ? "row \(Int(place))" : CalendarDay.text(place)
  }

  /// Why leads cannot be parted into older and newest ones.
  var cannotPart: String {
    isOfRows
      ? "no row is older than the newest 20 % of leads, so there is no test by time"
      : "all leads were created on one day, so there is no test by time"
  }

  /// Leads before or after a border, in words.
  func leads(before border: String, isNewest: Bool) -> String {
    "the leads \(isOfRows ? "" : "created ")\(isNewest ? "from" : "before") \(border)"
  }
}

/// Leads parted by time: the newest, about a share of them, and the older ones.
struct TimeSplit: Sendable {
  /// Where the newest begin, as people read it.
  let from: String

  /// Positions in the set's rows, rising.
  let older, newest: [Int]

  /// Parts leads; nil if none is older than the newest.
  ///
  /// Leads of one day are never parted, so that the order of rows means nothing. Leads whose time is
  /// unknown are in neither part.
  ///
  /// - Parameters:
  ///   - positions: The leads to part, rising.
  ///   - weights: The weights of all rows of the set.
  ///   - share: The share of leads, by weight, that are the newest.
  init?(_ order: TimeOrder, positions: [Int], weights: [Double], share: Double) {
    let places = order.places
    let known = positions.filter { !places[$0].isNaN }
    var keys = known.map { RadixSort.key(places[$0]) }
    var inTime = known.map { UInt32($0) }
    RadixSort.sort(&keys, with: &inTime)
    let total = inTime.reduce(0) { $0 + weights[Int($1)] }
    var before = 0.0
    let found = inTime.first { position in
      before += weights[Int(position)]
      return before > (1 - share) * total
    }
    guard let first = found.map(Int.init), let oldest = inTime.first,
      places[first] > places[Int(oldest)]
    else { return nil }
    let border = places[first]
    from = order.text(border)
    older = known.filter { places[$0] < border }
    newest = known.filter { places[$0] >= border }
  }
}

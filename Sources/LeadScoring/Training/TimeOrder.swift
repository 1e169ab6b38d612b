import Evaluation
import Parallelism
import Tables

/// When leads were created, as far as a history tells: by a date, or by the order of its rows.
struct TimeOrder: Sendable {
  /// The place in time of each of the set's rows, a whole number: a day, or the number of the row, from 1; NaN where it is
  /// unknown.
  let places: [Double]

  private let isOfRows: Bool

  /// Nil where nothing tells.
  ///
  /// - Parameters:
  ///   - rows: The set's rows in the table.
  ///   - created: The column of the date of creation.
  ///   - isOrdered: Whether the rows of the table are in order of time.
  init?(_ table: Table, rows: [Int], created: String?, isOrdered: Bool) {
    if isOrdered {
      isOfRows = true
      places = rows.map { Double($0 + 1) }
    } else if let created, case .date(let days)? = table[created]?.values {
      isOfRows = false
      places = unsafe filled(rows.count) { range, target in
        let (days, rows) = (days.span, rows.span)
        for (offset, position) in range.enumerated() {
          unsafe (target + offset).initialize(to: days[rows[position]].rounded(.down))
        }
      }
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
    guard let border = Self.border(places, positions, weights: weights, share: share) else {
      return nil
    }
    from = order.text(border)
    // What is unknown is neither.
    older = gathered(
      positions, indices(below: positions.count) { places[positions[$0]] < border })
    newest = gathered(
      positions, indices(below: positions.count) { places[positions[$0]] >= border })
  }

  /// The place in which the newest leads begin; nil if none is older.
  private static func border(
    _ places: [Double], _ positions: [Int], weights: [Double], share: Double
  ) -> Double? {
    var (oldest, newest) = (Double.infinity, -Double.infinity)
    for position in positions {
      // Neither holds for what is unknown.
      if places[position] < oldest { oldest = places[position] }
      if places[position] > newest { newest = places[position] }
    }
    guard oldest < newest else { return nil }
    // There are 3,652,059 days from year 1 to 9999.
    var leads = [Double](repeating: 0, count: Int(newest - oldest) + 1)
    for position in positions where !places[position].isNaN {
      leads[Int(places[position] - oldest)] += weights[position]
    }
    let total = leads.reduce(0, +)
    var before = 0.0
    let place = leads.firstIndex { weight in
      before += weight
      return before > (1 - share) * total
    }
    guard let place, place > 0 else { return nil }
    return oldest + Double(place)
  }
}

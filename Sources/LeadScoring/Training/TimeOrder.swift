import Evaluation
import Parallelism
import Tables

/// When leads were created, as far as a history tells: by a date, or by the order of its rows.
struct TimeOrder: Sendable {
  /// The set's rows in the table.
  private let rows: [Int]

  /// The day of creation of each row of the table; nil where its rows are in order of time.
  private let days: Numbers?

  /// Nil where nothing tells.
  ///
  /// - Parameters:
  ///   - rows: The set's rows in the table.
  ///   - created: The column of the date of creation.
  ///   - isOrdered: Whether the rows of the table are in order of time.
  init?(_ table: Table, rows: [Int], created: String?, isOrdered: Bool) {
    self.rows = rows
    if isOrdered {
      days = nil
    } else if let created, case .date(let days)? = table[created]?.values {
      self.days = days
    } else {
      return nil
    }
  }

  /// The places in time of some of the set's rows, whole numbers: days, or the numbers of the rows, from 1; NaN where it is
  /// unknown.
  func places(_ positions: [Int]) -> [Double] {
    guard let days else { return positions.map { Double(rows[$0] + 1) } }
    var places = days.rows(positions.lazy.map { rows[$0] })
    for index in places.indices { places[index].round(.down) }
    return places
  }

  /// A place as people read it: 2026-11-23, or row 7201.
  func text(_ place: Double) -> String {
    days == nil ? "row \(Int(place))" : CalendarDay.text(place)
  }

  /// Why leads cannot be parted into older and newest ones.
  var cannotPart: String {
    days == nil
      ? "no row is older than the newest 20 % of leads, so there is no test by time"
      : "all leads were created on one day, so there is no test by time"
  }

  /// Leads before or after a border, in words.
  func leads(before border: String, isNewest: Bool) -> String {
    "the leads \(days == nil ? "" : "created ")\(isNewest ? "from" : "before") \(border)"
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
    let places = order.places(positions)
    guard let border = Self.border(places, positions, weights: weights, share: share) else {
      return nil
    }
    from = order.text(border)
    // What is unknown is neither.
    older = gathered(positions, indices(below: places.count) { places[$0] < border })
    newest = gathered(positions, indices(below: places.count) { places[$0] >= border })
  }

  /// The place in which the newest leads begin; nil if none is older.
  private static func border(
    _ places: [Double], _ positions: [Int], weights: [Double], share: Double
  ) -> Double? {
    var (oldest, newest) = (Double.infinity, -Double.infinity)
    for place in places {
      // Neither holds for what is unknown.
      if place < oldest { oldest = place }
      if place > newest { newest = place }
    }
    guard oldest < newest else { return nil }
    // There are 3,652,059 days from year 1 to 9999.
    var leads = [Double](repeating: 0, count: Int(newest - oldest) + 1)
    for (place, position) in zip(places, positions) {
      if !place.isNaN { leads[Int(place - oldest)] += weights[position] }
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

import Tables

/// A part of a date as levels of its own: the month of the year, or the day of the week.
public struct DatePartEncoding: Equatable, Sendable {
  /// A part of a date.
  public enum Part: String, CaseIterable, Codable, Sendable {
    case month, weekday

    /// The names of its values, in the order of the calendar.
    public var names: [String] {
      switch self {
      case .month:
        [
          "January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December",
        ]
      case .weekday:
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
      }
    }

    /// The place of a day's value among the names; days count since 1970-01-01, a Thursday.
    public func place(ofDay day: Int) -> Int {
      switch self {
      case .month: CalendarDay.date(day).month - 1
      case .weekday: ((day % 7) + 10) % 7
      }
    }

    /// The shortest stretch of days over which its values come again and again.
    var fewestDays: Double {
      switch self {
      case .month: 730
      case .weekday: 56
      }
    }
  }

  /// The column of the date.
  public let column: String

  /// Which part of it.
  public let part: Part

  /// The values as levels, in the order of the calendar.
  public let category: CategoryEncoding

  /// Creates an encoding.
  public init(column: String, part: Part, category: CategoryEncoding) {
    self.column = column
    self.part = part
    self.category = category
  }

  /// Learns from the days (NaN is missing) and weights of leads.
  ///
  /// - Returns: nil where the dates are of too short a time, or of fewer than two values that ten leads share.
  public init?(column: String, part: Part, days: [Double], weights: [Double]) {
    var leads = [Double](repeating: 0, count: part.names.count)
    var missing = 0.0
    var (first, last) = (Double.infinity, -Double.infinity)
    for (day, weight) in zip(days, weights) {
      guard !day.isNaN else {
        missing += weight
        continue
      }
      leads[part.place(ofDay: Int(day.rounded(.down)))] += weight
      (first, last) = (min(first, day), max(last, day))
    }
    guard last - first >= part.fewestDays else { return nil }
    let levels = zip(part.names, leads).filter { $0.1 >= CategoryEncoding.fewestLeads }
      .map { CategoryEncoding.Level(name: $0.0, leads: $0.1) }
    guard levels.count > 1 else { return nil }
    self.column = column
    self.part = part
    category = CategoryEncoding(
      levels: levels,
      otherLeads: leads.reduce(0) { $1 < CategoryEncoding.fewestLeads ? $0 + $1 : $0 },
      missingLeads: missing)
  }

  /// What the field is called: `created_at (month)`.
  public var name: String { "\(column) (\(part.rawValue))" }

  /// The codes of days (NaN is missing), from 1 on; 0 where a day has no coefficient.
  public func codes(of days: [Double]) -> [UInt32] {
    let table = category.recoding(part.names)
    return days.map { day in
      day.isNaN ? table[0] : table[1 + part.place(ofDay: Int(day.rounded(.down)))]
    }
  }
}

extension FeatureEncoder {
  /// This encoder with further fields, behind those that it has.
  public func adding(_ more: [FieldEncoding]) -> FeatureEncoder {
    FeatureEncoder(fields: fields + more, dateReference: dateReference, duplicates: duplicates)
  }
}

/// The days from which the dates of some leads count.
enum ReferenceDays {
  /// One day for all.
  case one(Double)
  /// A day for each lead, NaN where it has none.
  case each([Double])

  /// The days from dates to the days from which they count; NaN where either is missing.
  func daysSince(_ dates: [Double]) -> [Double] {
    switch self {
    case .one(let day): dates.map { day - $0 }
    case .each(let days): zip(days, dates).map { $0 - $1 }
    }
  }

  /// The day of a lead.
  func day(_ row: Int) -> Double {
    switch self {
    case .one(let day): day
    case .each(let days): days[row]
    }
  }
}

import Tables

/// The reference date of each lead, from a column or one day for all.
struct ReferenceDays: Sendable {
  /// The day of each row of the table; nil where it is one for all.
  let days: Numbers?
  /// The one day.
  let day: Double

  /// - Throws: `EncodingError` where the column is not there or holds no dates.
  init(_ reference: DateReference, in table: Table) throws(EncodingError) {
    switch reference {
    case .day(let day):
      days = nil
      self.day = day
    case .column(let name):
      guard let column = table[name] else { throw .missingColumn(name, found: table.columnNames) }
      guard case .date(let values) = column.values else {
        throw .differentKind(column: name, expected: "date", found: column.kind.rawValue)
      }
      days = values
      day = .nan
    }
  }

  /// The days from a date to the lead's reference date; NaN where either is missing.
  func daysBefore(_ date: Double, row: Int) -> Double { (days?[row] ?? day) - date }
}

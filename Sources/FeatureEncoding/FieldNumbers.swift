/// What a numeric field says of some rows of a table: numbers, or the days from a date to the lead's reference date.
struct FieldNumbers: Sendable {
  private let cells: [Double]
  private let rows: [Int]
  private let reference: ReferenceDays?

  /// - Parameter before: From where the cells, then days, are counted back.
  init(_ cells: [Double], rows: [Int], before reference: ReferenceDays? = nil) {
    self.cells = cells
    self.rows = rows
    self.reference = reference
  }

  /// The numbers of all the rows, in their order.
  var all: [Double] {
    guard let reference else { return rows.map { cells[$0] } }
    return rows.map { reference.daysBefore(cells[$0], row: $0) }
  }

  /// Writes the numbers of the rows at some places to the front of an array.
  func write(_ places: Range<Int>, to target: inout [Double]) {
    let (cells, rows) = (cells.span, rows.span)
    var target = target.mutableSpan
    if let reference {
      for (index, place) in places.enumerated() {
        target[index] = reference.daysBefore(cells[rows[place]], row: rows[place])
      }
    } else {
      for (index, place) in places.enumerated() { target[index] = cells[rows[place]] }
    }
  }
}
